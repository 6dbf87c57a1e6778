"""Asking for an analysis: a run is made in the caller's transaction and sent when that commits."""

from django.db import transaction
from django.utils import timezone

from speech_sessions import events, messages, pipeline, tasks
from speech_sessions.models import AnalysisRun, SpeechSession


class AlreadyRunning(Exception):
    """An analysis of this session is under way; `str()` says so in the user's language."""

    def __init__(self) -> None:
        super().__init__(messages.already_running())


class NothingToAnalyse(Exception):
    """The session has neither recording nor transcript; `str()` says so to the user."""

    def __init__(self, session: SpeechSession) -> None:
        was_deleted = session.audio_deleted_at is not None
        super().__init__(messages.recording_deleted() if was_deleted else messages.not_analysable())


def request_analysis(session: SpeechSession) -> AnalysisRun:
    """A new run of the session, queued. Raises AlreadyRunning or NothingToAnalyse."""
    with transaction.atomic():
        locked = SpeechSession.objects.select_for_update().get(pk=session.pk)
        if locked.runs.filter(state__in=AnalysisRun.UNFINISHED).exists():
            raise AlreadyRunning
        run = queue_run(locked)
    session.current_run = run
    return run


def queue_run(session: SpeechSession) -> AnalysisRun:
    """A queued run as the newest of the saved `session`; call it inside a transaction.

    A run still under way is given up: its worker finds out at its next step. Raises
    NothingToAnalyse.
    """
    # A report of a recording that is gone must not be replaced by one of its bare words.
    is_there = session.audio_file or session.transcription.strip()
    if session.audio_deleted_at is not None or not is_there:
        raise NothingToAnalyse(session)
    give_up(session)
    run = pipeline.new_run(session, mail_due=session.user.mail_when_analysed)
    transaction.on_commit(lambda: _start(run), robust=True)
    return run


def give_up(session: SpeechSession) -> None:
    """End the session's unfinished run, if there is one, for a newer one."""
    session.runs.filter(state__in=AnalysisRun.UNFINISHED).update(
        state=AnalysisRun.State.FAILED, error="superseded", finished_at=timezone.now()
    )


def _start(run: AnalysisRun) -> None:
    tasks.send(run)
    events.publish(run)
