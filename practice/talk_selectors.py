"""What is read of a person's talks, and how fast they usually speak."""

from datetime import datetime
from statistics import median

from django.db.models import Prefetch, QuerySet

from accounts.languages import spoken_in
from accounts.models import User
from practice.models import Step, Talk
from speech_sessions.models import SpeechSession

USUAL_PACE = 140  # words a minute, where nothing of one's own was measured


def talks_of(user: User) -> QuerySet[Talk]:
    """The talks of `user`, the one changed last first, each with its sections."""
    steps = Prefetch("sequence__steps", Step.objects.order_by("number"))
    talks = Talk.objects.filter(sequence__owner=user).select_related("sequence")
    return talks.prefetch_related(steps).order_by("-sequence__updated_at", "-pk")


def changed_talks(user: User, moment: datetime) -> QuerySet[Talk]:
    """Those of `user` that changed after `moment`, in the order of their changes."""
    changed = talks_of(user).filter(sequence__updated_at__gt=moment)
    return changed.order_by("sequence__updated_at", "pk")


def usual_pace(user: User, language: str) -> float | None:
    """The median speech rate of the ten newest recordings in `language`, in words a minute.

    None where nothing was measured.
    """
    spoken = SpeechSession.objects.filter(user=user, report__speech_rate__gt=0)
    alike = spoken.filter(spoken_in("language", language.partition("-")[0]))
    rates = alike.order_by("-date", "-pk").values_list("report__speech_rate", flat=True)[:10]
    return median(rates) if rates else None
