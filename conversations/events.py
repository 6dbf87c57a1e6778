"""What is told of a talk: over `/ws/conversations/{id}/`, and in the same form over HTTP.

Every event has `type`, `id` (of the talk) and `seq`. Those in PASSING tell of a moment and are not
repeated; all others stand in the database, and a snapshot with `last_seq` brings what was missed.
"""

import base64
from datetime import UTC, datetime
from typing import Any, Literal, TypedDict

from django.urls import reverse

from accounts import live
from conversations import notices
from conversations.models import TutorMessage, TutorSession

PASSING = frozenset({"transcript.partial", "reply.audio"})


class CorrectionState(TypedDict):
    """What was said, a better way, and why, in the learner's own language where known."""

    said: str
    better: str
    why: str


class MessageState(TypedDict):
    """One turn; the answer of the turn at `position` stands at the next position."""

    id: int
    position: int
    side: str
    text: str
    audio_url: str | None
    corrections: list[CorrectionState]
    hints: list[str]
    new_words: list[dict[str, str]]
    state: str
    notice: str
    client_id: str | None
    seconds: float
    created_at: str


class MessageEvent(TypedDict):
    """A turn that is new, or changed."""

    type: Literal["message", "turn.failed"]
    id: int
    seq: int
    message: MessageState


class CorrectionsEvent(TypedDict):
    """What could be said better in the learner's turn `message`."""

    type: Literal["corrections"]
    id: int
    seq: int
    message: int
    corrections: list[CorrectionState]


class ReplyTextEvent(TypedDict):
    """The answer `message`, before it is spoken."""

    type: Literal["reply.text"]
    id: int
    seq: int
    message: MessageState
    speaks: bool
    checks_met: list[str]
    finished: bool


class ReplyAudioEvent(TypedDict):
    """A piece of the spoken answer `message`: base64 of a whole file in `format`."""

    type: Literal["reply.audio"]
    id: int
    seq: int
    message: int
    index: int
    last: bool
    data: str
    format: str


class PartialEvent(TypedDict):
    """What was heard of a turn so far; the whole may read otherwise."""

    type: Literal["transcript.partial"]
    id: int
    seq: int
    client_id: str
    text: str


class KeptAudio(TypedDict):
    """What of a turn that is being spoken has arrived: continue from there."""

    client_id: str
    samples: int


class AudioEvent(TypedDict):
    """How much of a turn has arrived: sent after `audio.start`; null once it is cancelled."""

    type: Literal["audio.kept"]
    id: int
    seq: int
    client_id: str
    samples: int | None


class ErrorEvent(TypedDict):
    """What a client sent was not taken; `client_id` of the turn it was about, where it had one."""

    type: Literal["error"]
    id: int
    seq: int
    code: str
    detail: str
    client_id: str | None


class Snapshot(TypedDict):
    """The talk, and its turns: all, or those that changed after `last_seq`."""

    type: Literal["snapshot"]
    id: int
    seq: int
    state: str
    checks_met: list[str]
    messages: list[MessageState]
    audio: list[KeptAudio]


class EndedEvent(TypedDict):
    """The talk is over; `conversation` is what was stored of it, None where nothing was said."""

    type: Literal["ended"]
    id: int
    seq: int
    conversation: int | None


def group_name(session_id: int) -> str:
    """The channel group of a talk."""
    return f"conversation.{session_id}"


def message_state(message: TutorMessage) -> MessageState:
    """A turn as everybody is told of it."""
    named = {"pk": message.session_id, "number": message.position}
    address = reverse("tutor-session-message-audio", kwargs=named)
    return {
        "id": message.pk,
        "position": message.position,
        "side": message.side,
        "text": message.text,
        "audio_url": address if message.audio else None,
        "corrections": [
            {"said": each["said"], "better": each["better"], "why": each["why"]}
            for each in message.corrections
        ],
        "hints": list(message.hints),
        "new_words": list(message.new_words),
        "state": message.state,
        "notice": notices.sentence(message.notice),
        "client_id": message.client_id,
        "seconds": round(message.seconds, 2),
        "created_at": _utc(message.created_at),
    }


def snapshot(
    session: TutorSession, messages: list[TutorMessage], audio: list[KeptAudio]
) -> Snapshot:
    """Everything up to `session.seq`."""
    return {
        "type": "snapshot",
        "id": session.pk,
        "seq": session.seq,
        "state": session.state,
        "checks_met": list(session.checks_met),
        "messages": [message_state(each) for each in messages],
        "audio": audio,
    }


def publish_message(message: TutorMessage) -> None:
    """Tell of a turn that is new, heard or failed. Call after the commit."""
    failed = message.state == TutorMessage.State.FAILED
    event: MessageEvent = {
        "type": "turn.failed" if failed else "message",
        "id": message.session_id,
        "seq": message.seq,
        "message": message_state(message),
    }
    _tell(message.session_id, event)


def publish_answer(
    learner: TutorMessage, reply: TutorMessage, checks_met: list[str], *, finished: bool
) -> None:
    """Tell of an answer: the turn it answers, what could be said better, its text."""
    publish_message(learner)
    state = message_state(reply)
    if reply.corrections:
        corrected: CorrectionsEvent = {
            "type": "corrections",
            "id": reply.session_id,
            "seq": reply.seq,
            "message": learner.pk,
            "corrections": state["corrections"],
        }
        _tell(reply.session_id, corrected)
    event: ReplyTextEvent = {
        "type": "reply.text",
        "id": reply.session_id,
        "seq": reply.seq,
        "message": state,
        "speaks": reply.to_speak,
        "checks_met": checks_met,
        "finished": finished,
    }
    _tell(reply.session_id, event)


def publish_audio(reply: TutorMessage, index: int, content: bytes, *, last: bool) -> None:
    """Tell one spoken sentence of an answer; nothing but `last` where the voice broke off."""
    event: ReplyAudioEvent = {
        "type": "reply.audio",
        "id": reply.session_id,
        "seq": reply.seq,
        "message": reply.pk,
        "index": index,
        "last": last,
        "data": base64.b64encode(content).decode("ascii"),
        "format": "wav",
    }
    _tell(reply.session_id, event)


def publish_partial(session: TutorSession, client_id: str, text: str) -> None:
    """Tell what was heard so far of a turn that is being spoken."""
    event: PartialEvent = {
        "type": "transcript.partial",
        "id": session.pk,
        "seq": session.seq,
        "client_id": client_id,
        "text": text,
    }
    _tell(session.pk, event)


def publish_ended(session: TutorSession) -> None:
    """Tell that the talk is over. Call after the commit."""
    event: EndedEvent = {
        "type": "ended",
        "id": session.pk,
        "seq": session.seq,
        "conversation": session.conversation_id,
    }
    _tell(session.pk, event)


def _tell(session_id: int, event: Any) -> None:
    live.tell(group_name(session_id), event)


def _utc(at: datetime) -> str:
    """In UTC whatever the zone that is active, with milliseconds."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
