"""One stage of one run: claimed, worked on, and passed on, tried again later, or ended."""

import logging
import traceback
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from analysis.errors import AnalysisError
from speech_sessions.models import AnalysisRun
from speech_sessions.pipeline import claims, progress, stages, working_files

logger = logging.getLogger(__name__)

# Seconds before a second, third, … attempt.
BACK_OFF = (5, 20, 80, 320)


def run_next_stage(run_id: int) -> AnalysisRun | None:
    """Work on the stage the run stands at; the run if another stage is to be sent, else None.

    Nothing happens where the run is finished, not due, or in another worker's hands. An error that
    can heal is tried again after a pause (beat sends the run then); five attempts without anything
    achieved end it, so that a recording which kills its workers is not handed round for ever.
    """
    run = claims.claim(run_id)
    if run is None:
        return None
    try:
        if run.attempt > claims.MAX_ATTEMPTS:
            _fail(run, "worker_lost", "The worker was lost at every attempt.")
        else:
            _work(run)
    except claims.LeaseLost:
        logger.info("run %s went to another worker or was given up", run_id)
        working_files.remove_if_over(run)
        return None
    return run if run.state == AnalysisRun.State.RUNNING else None


def _work(run: AnalysisRun) -> None:
    """Raises claims.LeaseLost."""
    try:
        with claims.Heartbeat(run):
            progress.tell(run, progress=max(run.progress, progress.percent(run.stage, 0)))
            stages.work(run)
    except AnalysisError as error:
        if error.permanent:
            _fail(run, error.code, error.detail)
        else:
            _try_again(run, error.code, error.detail)
    except SoftTimeLimitExceeded:
        _try_again(run, "timed_out", f"{run.stage} took longer than a task may.")
    except claims.LeaseLost:
        raise
    except Exception as error:
        logger.exception("run %s: %s broke off", run.pk, run.stage)
        _try_again(run, "internal", "".join(traceback.format_exception(error, limit=-5)))


def _try_again(run: AnalysisRun, code: str, detail: str) -> None:
    if run.attempt >= claims.MAX_ATTEMPTS:
        _fail(run, code, detail)
        return
    logger.warning("run %s: attempt %s at %s: %s", run.pk, run.attempt, run.stage, code)
    pause = timedelta(seconds=BACK_OFF[run.attempt - 1])
    progress.tell(
        run,
        state=AnalysisRun.State.QUEUED,
        worker="",
        lease_until=None,
        not_before=timezone.now() + pause,
        sent_at=None,
        error=code,
        error_detail=detail,
    )


def _fail(run: AnalysisRun, code: str, detail: str) -> None:
    progress.tell(
        run,
        state=AnalysisRun.State.FAILED,
        lease_until=None,
        error=code,
        error_detail=detail,
        finished_at=timezone.now(),
    )
    working_files.remove(run)
