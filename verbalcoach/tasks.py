"""The front door of the workers for what reaches across all apps, or begins in a service."""

import logging

from celery import shared_task
from django.conf import settings

from accounts.services.exports import send
from conversations.services import take_in_left_turns
from verbalcoach import erasure, exports

logger = logging.getLogger(__name__)


@shared_task(
    name="verbalcoach.tasks.make_export",
    soft_time_limit=settings.ANALYSIS_HARD_TIME_LIMIT - 60,
    time_limit=settings.ANALYSIS_HARD_TIME_LIMIT,
)
def make_export(export_id: int) -> None:
    """Make the copy of somebody's data that they asked for."""
    exports.make_export(export_id)


@shared_task(name="verbalcoach.tasks.tend_exports", soft_time_limit=60, time_limit=90)
def tend_exports() -> None:
    """Send copies again that nobody makes, and delete those whose time is over."""
    exports.delete_expired()
    for export in exports.abandoned():
        if not send(export):
            return


@shared_task(
    name="verbalcoach.tasks.erase_due_accounts",
    soft_time_limit=settings.ANALYSIS_HARD_TIME_LIMIT - 60,
    time_limit=settings.ANALYSIS_HARD_TIME_LIMIT,
)
def erase_due_accounts() -> None:
    """Erase the accounts whose days of grace are over."""
    erasure.erase_due()


@shared_task(name="verbalcoach.tasks.tend_spoken_turns", soft_time_limit=60, time_limit=90)
def tend_spoken_turns() -> None:
    """Store turns of talks whose speaker went away in the middle."""
    take_in_left_turns()
