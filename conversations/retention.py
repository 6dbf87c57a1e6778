"""Deleting what learners said in talks, as they chose for recordings; the words stay."""

from django.db.models import Q
from django.utils import timezone

from accounts.selectors import recordings_due
from contract.stored_files import delete_file_of
from conversations.models import TutorMessage, TutorSession

AT_ONCE = 200


def delete_due() -> int:
    """Delete the sound of turns whose time is over; how many there were.

    A turn that still waits to be heard keeps its sound; where sound goes with the end of a talk, so
    does one that is still to be measured. A deletion that breaks off after the file is finished by
    the next turn.
    """
    over = Q(session__state=TutorSession.State.ENDED, session__review__due_at=None)
    deleted = 0
    for condition in recordings_due("session__user", "created_at", over, timezone.now()):
        heard = TutorMessage.objects.filter(condition, side=TutorMessage.Side.LEARNER)
        due = heard.exclude(audio="").exclude(state=TutorMessage.State.WAITING)
        for message in due.order_by("pk")[:AT_ONCE]:
            deleted += delete_file_of(message, "audio")
    return deleted
