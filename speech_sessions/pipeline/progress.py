"""What people who watch a run learn of it: the row first, then an event, once a second at most."""

import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from speech_sessions import events
from speech_sessions.models import AnalysisRun
from speech_sessions.pipeline import claims

# Percent of the whole at which each stage begins; each ends where the next begins.
_BEGINS = {
    AnalysisRun.Stage.DECODE: 0,
    AnalysisRun.Stage.TRANSCRIBE: 8,
    AnalysisRun.Stage.MEASURE: 85,
    AnalysisRun.Stage.FEEDBACK: 98,
}
_ENDS = dict(zip(_BEGINS, [*list(_BEGINS.values())[1:], 100], strict=True))
_SECONDS_APART = 1.0


def percent(stage: str, fraction: float) -> int:
    """How much of a run is done when `fraction` (0-1) of `stage` is."""
    begin, end = _BEGINS[AnalysisRun.Stage(stage)], _ENDS[AnalysisRun.Stage(stage)]
    return round(begin + (end - begin) * min(max(fraction, 0.0), 1.0))


def tell(run: AnalysisRun, **values: Any) -> None:
    """Change the run's row and tell it once that is committed. Raises claims.LeaseLost."""
    with transaction.atomic():
        claims.write(run, seq=run.seq + 1, **values)
        transaction.on_commit(lambda: events.publish(run), robust=True)


def reporter(run: AnalysisRun) -> Callable[[float], None]:
    """A function that takes the fraction (0-1) of the run's present stage that is done.

    It may be called as often as one likes; it raises claims.LeaseLost where the run was lost.
    """
    told_at = time.monotonic()

    def report(fraction: float) -> None:
        nonlocal told_at
        if time.monotonic() - told_at < _SECONDS_APART:
            return
        told_at = time.monotonic()
        done = max(run.progress, percent(run.stage, fraction))
        tell(run, progress=done, lease_until=timezone.now() + claims.LEASE)

    return report
