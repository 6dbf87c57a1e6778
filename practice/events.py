"""What is told over `/ws/practice/`: the state of a person's practice, on all of their devices."""

from datetime import UTC, datetime
from typing import Literal, TypedDict

from django.utils import timezone

from accounts import live
from practice.models import PracticeSession

Kind = Literal["started", "paused", "resumed", "step", "ended", "recorded", "deleted"]


class BreakState(TypedDict):
    """A break; it lasts while `ended_at` is null."""

    started_at: str
    ended_at: str | None


class StepState(TypedDict):
    """How a step went."""

    number: int
    completed: bool
    seconds: int | None


class PracticeState(TypedDict):
    """A session as it is; the names are those of the API, times are ISO 8601 in UTC."""

    session_id: int
    client_id: str | None
    sequence_id: int | None
    kind: str
    started_at: str
    paused_at: str | None
    completed_at: str | None
    duration_seconds: int
    completion_status: str
    steps_completed: int
    steps: list[StepState]
    pauses: list[BreakState]
    recording_id: int | None


class PracticeEvent(TypedDict):
    """One change of the session `id`; `session` is null once it is deleted."""

    type: Kind
    id: int
    seq: int
    now: str
    session: PracticeState | None


class PracticeSnapshot(TypedDict):
    """What a device learns first: the current session, and whichever changed since `last_seq`."""

    type: Literal["snapshot"]
    id: int | None
    seq: int
    now: str
    session: PracticeState | None
    changed: list[PracticeState]


def group_name(user_id: int) -> str:
    """The channel group in which all devices of the person listen."""
    return f"practice.{user_id}"


def state_of(session: PracticeSession) -> PracticeState:
    """The session with its steps and breaks, which are asked for unless fetched before."""
    return {
        "session_id": session.pk,
        "client_id": session.client_id,
        "sequence_id": session.sequence_id,
        "kind": session.kind,
        "started_at": _utc(session.started_at),
        "paused_at": _moment(session.paused_at),
        "completed_at": _moment(session.completed_at),
        "duration_seconds": session.duration_seconds,
        "completion_status": session.completion_status,
        "steps_completed": session.steps_completed,
        "steps": [
            {"number": step.number, "completed": step.completed, "seconds": step.seconds}
            for step in session.steps.all()
        ],
        "pauses": [
            {"started_at": _utc(each.started_at), "ended_at": _moment(each.ended_at)}
            for each in session.pauses.all()
        ],
        "recording_id": session.recording_id,
    }


def snapshot(
    seq: int, current: PracticeSession | None, changed: list[PracticeSession]
) -> PracticeSnapshot:
    """Everything up to the change `seq`."""
    return {
        "type": "snapshot",
        "id": current.pk if current else None,
        "seq": seq,
        "now": _utc(timezone.now()),
        "session": state_of(current) if current else None,
        "changed": [state_of(session) for session in changed],
    }


def publish(user_id: int, session_id: int, seq: int, kind: Kind) -> None:
    """Tell the person's devices of the change `seq`, with the session as it is by now.

    Call after the commit.
    """
    session = PracticeSession.objects.filter(pk=session_id).first()
    message: PracticeEvent = {
        "type": kind,
        "id": session_id,
        "seq": seq,
        "now": _utc(timezone.now()),
        "session": state_of(session) if session else None,
    }
    live.tell(group_name(user_id), message)


def _moment(at: datetime | None) -> str | None:
    return None if at is None else _utc(at)


def _utc(at: datetime) -> str:
    """In UTC whatever the zone that is active, with milliseconds."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
