"""A session from its start to its end, whatever order two devices report in.

Every change locks the session's row first, so that of two devices one comes after the other. What
ended stays as it ended. `at` is when a change happened where that was earlier than it is told:
never before the start or the last break of its session, never later than now.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from practice.models import (
    DeletedPractice,
    Kind,
    PracticePause,
    PracticeSession,
    PracticeStep,
    Question,
    Sequence,
)
from practice.selectors import NotTheirs
from practice.services.announcing import announce
from practice.services.days import count_day, recount_day
from practice.services.drawing import FREELY, Plan, questions_for

# So much more than passed here may a client claim before it is marked.
CLOCK_TOLERANCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Completion:
    """What a client says of a session that ended."""

    duration_seconds: int
    status: str
    steps_completed: int | None = None
    notes: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offline:
    """What a device says of a session that it started by itself, under a name of its own."""

    client_id: str
    at: datetime
    zone: ZoneInfo
    question: Question | None = None


def start(
    user: User, sequence: Sequence | None = None, kind: str = "", plan: Plan = FREELY
) -> PracticeSession:
    """A new session of `user`; older ones that are still open stay so."""
    chosen = sequence.kind if sequence else (kind or Kind.FREE)
    question, further = questions_for(chosen, sequence, plan.wish)
    now = timezone.now()
    with transaction.atomic():
        session = PracticeSession.objects.create(
            user=user,
            sequence=sequence,
            kind=chosen,
            question=question,
            further_prompts=further,
            planned_seconds=None if sequence else plan.seconds,
            started_at=now,
            time_zone=timezone.get_current_timezone_name(),
            local_date=timezone.localtime(now).date(),
        )
        announce(session, "started")
    return session


def start_offline(
    user: User, sequence: Sequence | None, kind: str, began: Offline
) -> PracticeSession:
    """The session that a device started by itself; told again, the one there is."""
    with transaction.atomic():
        session, is_new = PracticeSession.objects.get_or_create(
            user=user,
            client_id=began.client_id,
            defaults={
                "sequence": sequence,
                "kind": sequence.kind if sequence else (kind or Kind.FREE),
                "question": began.question,
                "started_at": min(began.at, timezone.now()),
                "time_zone": began.zone.key,
                "local_date": began.at.astimezone(began.zone).date(),
            },
        )
        if is_new:
            announce(session, "started")
    return session


def complete(user: User, session_id: int, said: Completion) -> PracticeSession:
    """End a session as the client says it ended; one that ended already stays as it is.

    Raises PracticeSession.DoesNotExist, NotTheirs.
    """
    with transaction.atomic():
        session = _locked(user, session_id)
        if session.completed_at is not None:
            return session
        end = _when(session, said.at)
        _end_pause(session, end)
        elapsed = max(timedelta(), end - session.started_at - _paused(session))
        session.completed_at = end
        session.paused_at = None
        session.elapsed_seconds = int(elapsed.total_seconds())
        session.duration_seconds = said.duration_seconds
        session.exceeds_clock = timedelta(seconds=said.duration_seconds) > elapsed + CLOCK_TOLERANCE
        session.completion_status = said.status
        if said.steps_completed is not None:
            session.steps_completed = said.steps_completed
        if said.notes is not None:
            session.notes = said.notes
        session.save()
        count_day(session)
        announce(session, "ended")
        return session


def pause(
    user: User, session_id: int, duration_so_far: int, at: datetime | None = None
) -> PracticeSession:
    """Note a break, and the larger of the durations; after the end nothing changes.

    Raises PracticeSession.DoesNotExist, NotTheirs.
    """
    with transaction.atomic():
        session = _locked(user, session_id)
        if session.completed_at is not None:
            return session
        session.duration_seconds = max(session.duration_seconds, duration_so_far)
        if session.paused_at is None:
            session.paused_at = _when(session, at)
            PracticePause.objects.create(session=session, started_at=session.paused_at)
        session.save(update_fields=["duration_seconds", "paused_at", "updated_at"])
        announce(session, "paused")
        return session


def resume(user: User, session_id: int, at: datetime | None = None) -> PracticeSession:
    """End the break, where there is one.

    Raises PracticeSession.DoesNotExist, NotTheirs.
    """
    with transaction.atomic():
        session = _locked(user, session_id)
        if session.completed_at is None and session.paused_at is not None:
            _end_pause(session, _when(session, at))
            session.paused_at = None
            session.save(update_fields=["paused_at", "updated_at"])
            announce(session, "resumed")
        return session


def mark_step(
    user: User,
    session_id: int,
    number: int,
    *,
    completed: bool,
    seconds: int | None,
    recorded_from: float | None = None,
    recorded_until: float | None = None,
) -> PracticeSession:
    """Note how step `number` (from 1) went; after the end nothing changes.

    What is None stays as it was.

    Raises PracticeSession.DoesNotExist, NotTheirs.
    """
    said = {
        "seconds": seconds,
        "recorded_from": recorded_from,
        "recorded_until": recorded_until,
    }
    with transaction.atomic():
        session = _locked(user, session_id)
        if session.completed_at is not None:
            return session
        PracticeStep.objects.update_or_create(
            session=session,
            number=number,
            defaults={"completed": completed}
            | {name: value for name, value in said.items() if value is not None}
            | _planned(session, number),
        )
        session.steps_completed = session.steps.filter(completed=True).count()
        session.save(update_fields=["steps_completed", "updated_at"])
        announce(session, "step")
        return session


def delete_session(user: User, session_id: int) -> None:
    """Delete a session with its steps and breaks, and its minutes; its recording stays.

    Raises PracticeSession.DoesNotExist, NotTheirs.
    """
    with transaction.atomic():
        session = _locked(user, session_id)
        announce(session, "deleted")
        thing = DeletedPractice.Thing.SESSION
        DeletedPractice.objects.create(user=user, thing=thing, thing_id=session_id)
        session.delete()
        recount_day(session)


def write_notes(session: PracticeSession, **texts: Any) -> PracticeSession:
    """Store what the learner says: `notes`, `reflection`, `checklist`, whichever are given."""
    for name in ("notes", "reflection", "checklist"):
        if name in texts:
            setattr(session, name, texts[name])
    session.save(update_fields=["notes", "reflection", "checklist", "updated_at"])
    return session


def _planned(session: PracticeSession, number: int) -> dict[str, Any]:
    """The step's title and time as they are now: its sequence may change later."""
    planned = session.sequence and session.sequence.steps.filter(number=number).first()
    return {"title": planned.title, "planned_seconds": planned.seconds} if planned else {}


def _locked(user: User, session_id: int) -> PracticeSession:
    session = PracticeSession.objects.select_for_update().get(pk=session_id)
    if session.user_id != user.pk:
        raise NotTheirs
    return session


def _when(session: PracticeSession, at: datetime | None) -> datetime:
    now = timezone.now()
    if at is None:
        return now
    breaks = session.pauses.aggregate(began=Max("started_at"), ended=Max("ended_at"))
    moments = (session.started_at, breaks["began"], breaks["ended"])
    earliest: datetime = max(moment for moment in moments if moment is not None)
    return min(now, max(at, earliest))


def _end_pause(session: PracticeSession, now: datetime) -> None:
    PracticePause.objects.filter(session=session, ended_at=None).update(ended_at=now)


def _paused(session: PracticeSession) -> timedelta:
    breaks = PracticePause.objects.filter(session=session, ended_at__isnull=False)
    return sum((each.ended_at - each.started_at for each in breaks if each.ended_at), timedelta())
