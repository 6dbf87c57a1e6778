"""Who works on a run: taken, kept and given back by conditional updates of its row.

Every write of a worker names the worker: one that lost its run (it slept too long, the run was
given up, the session was deleted) writes nothing more and learns it by LeaseLost.
"""

import logging
import os
import socket
import threading
import uuid
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from django.db import DatabaseError, connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from speech_sessions.models import AnalysisRun

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
RENEW_SECONDS = 8.0
MAX_ATTEMPTS = 5
RESEND_AFTER = timedelta(seconds=30)
RESEND_AT_ONCE = 50


class LeaseLost(Exception):
    """The run belongs to somebody else now, or is gone."""


def worker_name() -> str:
    """A name that no other worker, and no earlier task of this one, has."""
    return f"{socket.gethostname()[:20]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"


def claim(run_id: int) -> AnalysisRun | None:
    """Take the run for LEASE, or None where there is nothing to do or somebody else does it."""
    now = timezone.now()
    worker = worker_name()
    free = Q(state=AnalysisRun.State.QUEUED, not_before__lte=now)
    left = Q(state=AnalysisRun.State.RUNNING, lease_until__lte=now)
    taken = AnalysisRun.objects.filter(free | left, pk=run_id).update(
        state=AnalysisRun.State.RUNNING,
        worker=worker,
        lease_until=now + LEASE,
        attempt=F("attempt") + 1,
        started_at=Coalesce("started_at", now),
    )
    if not taken:
        return None
    return AnalysisRun.objects.select_related("session").get(pk=run_id, worker=worker)


def write(run: AnalysisRun, **values: Any) -> None:
    """Change the run's row, as its worker. Raises LeaseLost."""
    owned = AnalysisRun.objects.filter(
        pk=run.pk, worker=run.worker, state=AnalysisRun.State.RUNNING
    )
    if not owned.update(**values):
        raise LeaseLost(run.pk)
    for name, value in values.items():
        setattr(run, name, value)


def renew(run: AnalysisRun) -> None:
    """Keep the run for another LEASE. Raises LeaseLost."""
    write(run, lease_until=timezone.now() + LEASE)


def abandoned_runs() -> QuerySet[AnalysisRun]:
    """Unfinished runs that nobody works on and no worker was told of lately, oldest first."""
    now = timezone.now()
    waiting = Q(state=AnalysisRun.State.QUEUED, not_before__lte=now)
    left = Q(state=AnalysisRun.State.RUNNING, lease_until__lte=now)
    untold = Q(sent_at__isnull=True) | Q(sent_at__lte=now - RESEND_AFTER)
    return AnalysisRun.objects.filter(waiting | left, untold).order_by("pk")[:RESEND_AT_ONCE]


def mark_sent(run: AnalysisRun) -> None:
    """Remember that a worker was told of the run."""
    AnalysisRun.objects.filter(pk=run.pk).update(sent_at=timezone.now())


class Heartbeat:
    """Renews a run's lease in the background while the worker computes.

    Once the run belongs to somebody else it stops; the worker notices at its next write.
    """

    def __init__(self, run: AnalysisRun) -> None:
        self._run = AnalysisRun(pk=run.pk, worker=run.worker)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease-{run.pk}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._over.wait(RENEW_SECONDS):
            try:
                renew(self._run)
            except LeaseLost:
                return
            except DatabaseError as error:
                logger.warning("the lease of run %s was not renewed: %s", self._run.pk, error)
            finally:
                connection.close()
