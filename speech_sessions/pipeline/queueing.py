"""New runs: made by who asks for an analysis, and by plans whose turn has come."""

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from speech_sessions import events
from speech_sessions.models import AnalysisRun, PlannedAnalysis, SpeechSession


def new_run(session: SpeechSession, *, mail_due: bool = False) -> AnalysisRun:
    """A queued run as the newest of the saved `session`; call it inside a transaction.

    `mail_due`: its owner wants to hear by mail when it is over.
    """
    newest = session.runs.aggregate(seq=Max("seq"))["seq"] or 0
    run = AnalysisRun.objects.create(
        session=session,
        stage=AnalysisRun.Stage.DECODE if session.audio_file else AnalysisRun.Stage.MEASURE,
        seq=newest + 1,
        mail_due=mail_due,
    )
    session.current_run = run
    SpeechSession.objects.filter(pk=session.pk).update(current_run=run, updated_at=timezone.now())
    return run


def start_planned() -> list[AnalysisRun]:
    """Queued runs for the oldest plans, as many as may run at once; none while anybody waits.

    A recording that somebody has just sent so waits for one older one at most.
    """
    unfinished = AnalysisRun.objects.filter(state__in=AnalysisRun.UNFINISHED).count()
    free = settings.REANALYSIS_AT_ONCE - unfinished
    if free <= 0:
        return []
    plans = PlannedAnalysis.objects.order_by("pk").values_list("pk", flat=True)[:free]
    return [run for plan in list(plans) if (run := _started(plan)) is not None]


def _started(plan_id: int) -> AnalysisRun | None:
    """The run of a plan, which is gone then; None where another worker took it, or it is moot."""
    with transaction.atomic():
        plan = PlannedAnalysis.objects.filter(pk=plan_id).first()
        if plan is None:
            return None
        session = SpeechSession.objects.select_for_update().get(pk=plan.session_id)
        taken, _ = PlannedAnalysis.objects.filter(pk=plan_id).delete()
        running = session.runs.filter(state__in=AnalysisRun.UNFINISHED).exists()
        if not taken or running or not _is_there(session):
            return None
        run = new_run(session)
        transaction.on_commit(lambda: events.publish(run), robust=True)
        return run


def _is_there(session: SpeechSession) -> bool:
    """Whether what was analysed is still there: the file, or else the text."""
    if session.audio_deleted_at is not None:
        return False
    name = session.audio_file.name
    if name:
        return session.audio_file.storage.exists(name)
    return bool(session.transcription.strip())
