"""The front door of the workers: which queue a stage runs on, and what comes after it."""

from celery import shared_task
from django.conf import settings

from contract.broker import hand_over
from speech_sessions import pipeline
from speech_sessions.models import AnalysisRun

QUEUES = {
    AnalysisRun.Stage.DECODE: "transcription",
    AnalysisRun.Stage.TRANSCRIBE: "transcription",
    AnalysisRun.Stage.MEASURE: "feedback",
    AnalysisRun.Stage.FEEDBACK: "feedback",
}


def send(run: AnalysisRun) -> bool:
    """Hand the run's next stage to a worker; False where the broker is down: beat sends again."""
    queue = QUEUES[AnalysisRun.Stage(run.stage)]
    sent = hand_over(lambda: run_stage.apply_async(args=(run.pk,), queue=queue), f"run {run.pk}")
    if sent:
        pipeline.mark_sent(run)
    return sent


@shared_task(
    name="speech_sessions.tasks.run_stage",
    soft_time_limit=settings.ANALYSIS_HARD_TIME_LIMIT - 60,
    time_limit=settings.ANALYSIS_HARD_TIME_LIMIT,
)
def run_stage(run_id: int) -> None:
    """Run the next stage of a run, and send the one after it to its own queue."""
    run = pipeline.run_next_stage(run_id)
    if run is not None:
        send(run)


@shared_task(name="speech_sessions.tasks.resume_analyses", soft_time_limit=20, time_limit=30)
def resume_analyses() -> None:
    """Send runs again that nobody works on: queued for long, or left by a lost worker."""
    for run in pipeline.abandoned_runs():
        if not send(run):
            return


@shared_task(name="speech_sessions.tasks.tend_recordings", soft_time_limit=240, time_limit=300)
def tend_recordings() -> None:
    """Delete recordings whose time is over, and mail those who waited for an analysis."""
    pipeline.send_due_mails()
    pipeline.delete_due_recordings()


@shared_task(name="speech_sessions.tasks.start_planned_analyses", soft_time_limit=20, time_limit=30)
def start_planned_analyses() -> None:
    """Measure old recordings again, a few at a time, while no new one waits."""
    for run in pipeline.start_planned():
        send(run)
