"""The WebSocket on which one talks with the tutor."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from django.utils.translation import gettext as _

from accounts.live import NOT_THERE, LiveConsumer, Message
from contract.ids import whole_number
from conversations import events, services, spool
from conversations.limits import DailyLimit
from conversations.models import TutorSession
from conversations.tutor_selectors import messages_of, session_of
from conversations.tutor_serializers import TurnNameSerializer, TutorTextSerializer
from engines.transcribers.deepgram_live import LiveHearing
from speech.services import hear_live
from speech_sessions.services.recordings import RecordingRefused

LONGEST_FRAME = 256 * 1024


class _Refused(Exception):
    """What came is not taken: `code` for programs, and a sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code)
        self.code, self.sentence = code, sentence


class ConversationConsumer(LiveConsumer):
    """Takes text and sound, tells what becomes of it; 4404 where the talk is not there.

    Up: `text`, `audio.start`, `audio.end`, `audio.cancel`, each with its `client_id`, and binary
    frames (mono PCM, 16 bit little-endian, 16 kHz) between start and end. What came of a turn
    survives the connection: `audio.start` with the same `client_id` says how much there is.
    """

    in_order = False
    speaking = ""
    hearing: LiveHearing | None = None

    def group_of(self) -> str:
        """Everybody who follows the talk listens there."""
        return events.group_name(self._session_id)

    def refusal(self) -> int | None:
        """The code to close with where the talk may not be followed."""
        refused = super().refusal()
        if refused is not None:
            return refused
        return None if self._session() else NOT_THERE

    def is_news(self, message: Message) -> bool:
        """Passing events are told whenever they come."""
        return message["type"] in events.PASSING or super().is_news(message)

    def snapshot(self) -> events.Snapshot | int:
        """The talk with its turns: all, or those that changed after `?last_seq=`."""
        session = self._session()
        if session is None:
            return NOT_THERE
        turns = list(messages_of(session, self._last_seq()))
        kept: list[events.KeptAudio] = [
            {"client_id": each.client_id, "samples": each.size // spool.BYTES_A_SAMPLE}
            for each in spool.of_session(session.pk)
        ]
        return events.snapshot(session, turns, kept)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any
    ) -> None:
        """Take what the client sends; what is wrong is answered by an `error`."""
        name = None
        try:
            if bytes_data is not None:
                await self._take_frames(bytes_data)
                return
            sent = _object_in(text_data or "")
            name = sent.get("client_id") if isinstance(sent.get("client_id"), str) else None
            await self._take(sent)
        except _Refused as refused:
            await self._say_error(refused.code, refused.sentence, name)

    async def _take(self, sent: dict[str, Any]) -> None:
        acts: dict[str, Callable[[TutorSession, dict[str, Any]], Any]] = {
            "text": _text,
            "audio.start": _start,
            "audio.end": _end,
            "audio.cancel": _cancel,
        }
        act = acts.get(str(sent.get("type")))
        if act is None:
            raise _Refused("unknown_type", _("There is no message of this type."))
        refused = await database_sync_to_async(self.refusal)()
        if refused is not None:
            await self.close(refused)
            return
        samples = await database_sync_to_async(self._act)(act, sent)
        if sent["type"] == "audio.start":
            self.speaking = sent["client_id"]
            await self._hear_live(self.speaking, samples)
        elif sent.get("client_id") == self.speaking:
            self.speaking = ""
            await self._stop_hearing()
        if sent["type"] in {"audio.start", "audio.cancel"}:
            await self._say_kept(sent["client_id"], samples)

    def _act(self, act: Callable[..., Any], sent: dict[str, Any]) -> Any:
        session = self._session()
        if session is None:
            raise _Refused("not_found", _("This talk is no more."))
        try:
            return act(session, sent)
        except services.SessionEnded as ended:
            message = _("This talk has ended. Start another one.")
            raise _Refused("session_ended", message) from ended
        except DailyLimit as limit:
            message = _("That was a lot of talking for one day. Come back tomorrow.")
            raise _Refused("daily_limit", message) from limit
        except services.TooManyVoices as many:
            message = _("This talk is being spoken in on too many devices.")
            raise _Refused("too_many", message) from many
        except RecordingRefused as refused:
            raise _Refused(refused.code, refused.message) from refused

    async def _take_frames(self, frames: bytes) -> None:
        if not self.speaking:
            raise _Refused("no_turn", _("Send audio.start before the sound."))
        if len(frames) > LONGEST_FRAME or len(frames) % spool.BYTES_A_SAMPLE:
            raise _Refused("bad_frame", _("Send whole 16-bit samples, 256 kB at most at once."))
        is_live = self.hearing is not None and self.hearing.is_open
        if self.hearing is not None:
            self.hearing.hear(frames)
        add = database_sync_to_async(services.add_frames)
        if not await add(self._session_id, self.speaking, frames, is_heard_live=is_live):
            await self._take({"type": "audio.end", "client_id": self.speaking})

    async def _hear_live(self, client_id: str, samples: int) -> None:
        """Captions as the sound comes; a turn that goes on after a break is heard as a whole."""
        await self._stop_hearing()
        session = await database_sync_to_async(self._session)()
        if session is None or samples:
            return

        async def tell(text: str) -> None:
            await sync_to_async(events.publish_partial)(session, client_id, text)

        self.hearing = hear_live(session.target_language_code, tell)

    async def _stop_hearing(self) -> None:
        """The turn is over: what was said in it is heard as a whole."""
        if self.hearing is not None:
            await self.hearing.close()
            self.hearing = None

    async def disconnect(self, code: int) -> None:
        """Nobody speaks here any more."""
        await self._stop_hearing()
        await super().disconnect(code)

    async def _say_kept(self, client_id: str, samples: int | None) -> None:
        event: events.AudioEvent = {
            "type": "audio.kept",
            "id": self._session_id,
            "seq": self.seq,
            "client_id": client_id,
            "samples": samples,
        }
        await self.send_json(event)

    async def _say_error(self, code: str, detail: str, client_id: str | None) -> None:
        event: events.ErrorEvent = {
            "type": "error",
            "id": self._session_id,
            "seq": self.seq,
            "code": code,
            "detail": detail,
            "client_id": client_id,
        }
        await self.send_json(event)

    @property
    def _session_id(self) -> int:
        session_id: int = self.scope["url_route"]["kwargs"]["session_id"]
        return session_id

    def _session(self) -> TutorSession | None:
        try:
            return session_of(self.scope["user"], self._session_id)
        except TutorSession.DoesNotExist:
            return None

    def _last_seq(self) -> int:
        sent = parse_qs(self.scope.get("query_string", b"").decode("latin-1")).get("last_seq", [""])
        number = whole_number(sent[0])
        return -1 if number is None else number


def _text(session: TutorSession, sent: dict[str, Any]) -> None:
    said = TutorTextSerializer(data=sent)
    if not said.is_valid():
        raise _Refused("invalid", _first_error(said.errors))
    services.take_text(session, said.validated_data["text"], said.validated_data.get("client_id"))


def _start(session: TutorSession, sent: dict[str, Any]) -> int:
    return services.begin_turn(session, _named(sent))


def _end(session: TutorSession, sent: dict[str, Any]) -> None:
    services.end_turn(session, _named(sent))


def _cancel(session: TutorSession, sent: dict[str, Any]) -> None:
    services.cancel_turn(session.pk, _named(sent))


def _named(sent: dict[str, Any]) -> str:
    named = TurnNameSerializer(data=sent)
    if not named.is_valid():
        raise _Refused("invalid", _first_error(named.errors))
    name: str = named.validated_data["client_id"]
    sent["client_id"] = name
    return name


def _first_error(errors: Any) -> str:
    return str(next(iter(errors.values()))[0])


def _object_in(text: str) -> dict[str, Any]:
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise _Refused("invalid", _("Send a JSON object."))
    return sent
