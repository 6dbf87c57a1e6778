"""A session from its start to its end, whatever order two devices report in.

Every change locks the session's row first, so that of two devices one comes after the other. What
ended stays as it ended.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from practice import selectors
from practice.models import (
    Kind,
    PracticeDay,
    PracticePause,
    PracticeRun,
    PracticeSession,
    PracticeStep,
    Sequence,
)
from practice.streaks import newest_run
from speech_sessions.models import SpeechSession
from speech_sessions.services import submit_recording

# So much more than passed here may a client claim before it is marked.
CLOCK_TOLERANCE = timedelta(minutes=1)

# What counts for a streak: something was practised to its end, or to half of it.
COUNTED = (PracticeSession.Status.COMPLETED, PracticeSession.Status.PARTIAL)


class NotTheirs(Exception):
    """The session belongs to somebody else."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a client says of a session that ended."""

    duration_seconds: int
    status: str
    steps_completed: int | None = None
    notes: str | None = None


def start(user: User, sequence: Sequence | None = None, kind: str = "") -> PracticeSession:
    """A new session of `user`; older ones that are still open stay so."""
    zone = timezone.get_current_timezone_name()
    now = timezone.now()
    chosen = sequence.kind if sequence else (kind or Kind.FREE)
    return PracticeSession.objects.create(
        user=user,
        sequence=sequence,
        kind=chosen,
        question=selectors.random_question(chosen),
        started_at=now,
        time_zone=zone,
        local_date=timezone.localtime(now).date(),
    )


def complete(user: User, session_id: int, said: Completion) -> PracticeSession:
    """End a session as the client says it ended; one that ended already stays as it is.

    Raises PracticeSession.DoesNotExist, NotTheirs.
    """
    with transaction.atomic():
        session = _locked(user, session_id)
        if session.completed_at is not None:
            return session
        now = timezone.now()
        _end_pause(session, now)
        elapsed = max(timedelta(), now - session.started_at - _paused(session))
        session.completed_at = now
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
        _add_to_day(session)
        return session


def pause(user: User, session_id: int, duration_so_far: int) -> PracticeSession:
    """Note a break, and the larger of the durations; after the end nothing changes.

    Raises PracticeSession.DoesNotExist, NotTheirs.
    """
    with transaction.atomic():
        session = _locked(user, session_id)
        if session.completed_at is not None:
            return session
        session.duration_seconds = max(session.duration_seconds, duration_so_far)
        if session.paused_at is None:
            session.paused_at = timezone.now()
            PracticePause.objects.create(session=session, started_at=session.paused_at)
        session.save(update_fields=["duration_seconds", "paused_at", "updated_at"])
        return session


def resume(user: User, session_id: int) -> PracticeSession:
    """End the break, where there is one.

    Raises PracticeSession.DoesNotExist, NotTheirs.
    """
    with transaction.atomic():
        session = _locked(user, session_id)
        if session.completed_at is None and session.paused_at is not None:
            _end_pause(session, timezone.now())
            session.paused_at = None
            session.save(update_fields=["paused_at", "updated_at"])
        return session


def mark_step(
    user: User, session_id: int, number: int, *, completed: bool, seconds: int | None
) -> PracticeSession:
    """Note how step `number` (from 1) went; after the end nothing changes.

    Raises PracticeSession.DoesNotExist, NotTheirs.
    """
    with transaction.atomic():
        session = _locked(user, session_id)
        if session.completed_at is not None:
            return session
        PracticeStep.objects.update_or_create(
            session=session,
            number=number,
            defaults={"completed": completed} | ({} if seconds is None else {"seconds": seconds}),
        )
        session.steps_completed = session.steps.filter(completed=True).count()
        session.save(update_fields=["steps_completed", "updated_at"])
        return session


def keep_recording(session: PracticeSession, file: "UploadedFile[Any]") -> SpeechSession:
    """Store what was said in `session` as a speech session of its learner, queued for analysis.

    Raises speech_sessions.services.RecordingRefused.
    """
    with transaction.atomic():
        recording = submit_recording(
            session.user,
            file,
            title=str(session.question or session.sequence or "")[:200],
            kind=SpeechSession.Kind.PRACTICE,
            tags=[session.kind],
            date=session.started_at,
        )
        session.recording = recording
        session.save(update_fields=["recording", "updated_at"])
        return recording


def write_notes(session: PracticeSession, **texts: Any) -> PracticeSession:
    """Store the learner's own words: `notes` and `reflection`, whichever are given."""
    for name in ("notes", "reflection"):
        if name in texts:
            setattr(session, name, texts[name])
    session.save(update_fields=["notes", "reflection", "updated_at"])
    return session


def _locked(user: User, session_id: int) -> PracticeSession:
    session = PracticeSession.objects.select_for_update().get(pk=session_id)
    if session.user_id != user.pk:
        raise NotTheirs
    return session


def _end_pause(session: PracticeSession, now: datetime) -> None:
    PracticePause.objects.filter(session=session, ended_at=None).update(ended_at=now)


def _paused(session: PracticeSession) -> timedelta:
    breaks = PracticePause.objects.filter(session=session, ended_at__isnull=False)
    return sum((each.ended_at - each.started_at for each in breaks if each.ended_at), timedelta())


def _add_to_day(session: PracticeSession) -> None:
    """Count an ended session on its day."""
    day, _is_new = PracticeDay.objects.select_for_update().get_or_create(
        user_id=session.user_id,
        date=session.local_date,
        kind=session.kind,
        defaults={"time_zone": session.time_zone},
    )
    changes: dict[str, Any] = {
        "seconds": F("seconds") + session.duration_seconds,
        "sessions": F("sessions") + 1,
    }
    if session.completion_status in COUNTED:
        moments = [session.started_at, *filter(None, (day.first_at, day.last_at))]
        changes |= {"first_at": min(moments), "last_at": max(moments)}
    PracticeDay.objects.filter(pk=day.pk).update(**changes)
    if session.completion_status in COUNTED:
        _renew_run(session.user_id)


def _renew_run(user_id: int) -> None:
    """Count the days in a row anew: a phone may report a day of last week only now."""
    run = newest_run(selectors.moments_of(user_id))
    if run is not None:
        PracticeRun.objects.update_or_create(
            user_id=user_id,
            defaults={
                "last_at": run.last.at,
                "last_zone": run.last.zone,
                "length": run.length,
                "since_freeze": run.since_freeze,
                "frozen": run.frozen,
                "best": run.best,
            },
        )
