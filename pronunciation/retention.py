"""Deleting how sentences were said, as their speakers chose; what was found in them stays."""

from django.db.models import Q
from django.utils import timezone

from accounts.selectors import recordings_due
from contract.stored_files import delete_file_of
from pronunciation.models import Attempt

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
            deleted += delete_file_of(attempt, "audio")
    return deleted
