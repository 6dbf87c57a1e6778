"""Deleting what learners said in talks, as they chose for recordings; the words stay."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from conversations.models import TutorMessage, TutorSession

logger = logging.getLogger(__name__)

AT_ONCE = 200


def delete_due() -> int:
    """Delete the sound of turns whose time is over; how many there were.

    A turn that still waits to be heard keeps its sound; where sound goes with the end of a talk, so
    does one that is still to be measured. A deletion that breaks off after the file is finished by
    the next turn.
    """
    deleted = 0
    for condition in _conditions(timezone.now()):
        heard = TutorMessage.objects.filter(condition, side=TutorMessage.Side.LEARNER)
        due = heard.exclude(audio="").exclude(state=TutorMessage.State.WAITING)
        for message in due.order_by("pk")[:AT_ONCE]:
            deleted += _delete(message)
    return deleted


def _conditions(now: datetime) -> Iterator[Q]:
    """What makes a sound due: one condition for each choice that somebody made."""
    yield Q(
        session__user__keep_audio=User.KeepAudio.UNTIL_ANALYZED,
        session__state=TutorSession.State.ENDED,
        session__review__due_at=None,
    )
    choosing = User.objects.filter(keep_audio=User.KeepAudio.DAYS).order_by()
    for days in choosing.values_list("keep_audio_days", flat=True).distinct():
        yield Q(
            session__user__keep_audio=User.KeepAudio.DAYS,
            session__user__keep_audio_days=days,
            created_at__lte=now - timedelta(days=days),
        )


def _delete(message: TutorMessage) -> bool:
    try:
        message.audio.storage.delete(str(message.audio.name))
    except OSError:
        logger.exception("the sound of turn %s was not deleted; tried again", message.pk)
        return False
    return bool(TutorMessage.objects.filter(pk=message.pk).update(audio=""))
