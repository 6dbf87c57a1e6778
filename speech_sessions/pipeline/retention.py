"""Deleting recordings whose owner wants them kept for a time only; everything measured stays.

A recording that is being analysed, or is to be measured again, stays until that is over. File and
row change under the session's lock, which whoever begins an analysis takes too; a deletion that
breaks off between the two is done again by the next turn.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.selectors import recordings_due
from speech_sessions.models import AnalysisRun, SpeechSession

logger = logging.getLogger(__name__)

AT_ONCE = 200


def delete_due() -> int:
    """Delete the recordings whose time is over; how many there were."""
    now = timezone.now()
    found = [
        (pk, condition)
        for condition in recordings_due("user", "audio_stored_at", Q(report__isnull=False), now)
        for pk in _free(condition).values_list("pk", flat=True)[:AT_ONCE]
    ]
    return sum(_delete(pk, condition, now) for pk, condition in found)


def _free(condition: Q) -> QuerySet[SpeechSession]:
    """Sessions with a recording that fit, and that no analysis needs now."""
    unfinished = AnalysisRun.objects.filter(state__in=AnalysisRun.UNFINISHED).values("session_id")
    return (
        SpeechSession.objects.filter(condition, planned_analysis=None)
        .exclude(audio_file="")
        .exclude(pk__in=unfinished)
        .order_by("pk")
    )


def _delete(pk: int, condition: Q, now: datetime) -> bool:
    """Delete the recording of one session, if it is still due; whether it was."""
    with transaction.atomic():
        session = SpeechSession.objects.select_for_update().filter(pk=pk).first()
        if session is None or not _free(condition).filter(pk=pk).exists():
            return False
        try:
            session.audio_file.storage.delete(str(session.audio_file.name))
        except OSError:
            logger.exception("the recording of session %s was not deleted; tried again", pk)
            return False
        session.audio_file = ""
        session.audio_deleted_at = now
        session.save(update_fields=["audio_file", "audio_deleted_at", "updated_at"])
        return True
