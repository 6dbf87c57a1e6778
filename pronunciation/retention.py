"""Deleting how sentences were said, as their speakers chose; what was found in them stays."""

import logging

from django.db.models import Q
from django.utils import timezone

from accounts.selectors import recordings_due
from pronunciation.models import Attempt

logger = logging.getLogger(__name__)

AT_ONCE = 200


def delete_due() -> int:
    """Delete the recordings whose time is over; how many there were.

    One that waits to be judged stays. A deletion that breaks off after the file is finished by the
    next turn.
    """
    judged = ~Q(state=Attempt.State.WAITING)
    deleted = 0
    for condition in recordings_due("user", "created_at", judged, timezone.now()):
        due = Attempt.objects.filter(condition & judged).exclude(audio="")
        for attempt in due.order_by("pk")[:AT_ONCE]:
            deleted += _delete(attempt)
    return deleted


def _delete(attempt: Attempt) -> bool:
    try:
        attempt.audio.storage.delete(str(attempt.audio.name))
    except OSError:
        logger.exception("the recording of attempt %s was not deleted; tried again", attempt.pk)
        return False
    return bool(Attempt.objects.filter(pk=attempt.pk).update(audio=""))
