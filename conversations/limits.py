"""How much a person may talk to the tutor in a day: each turn may cost whoever runs the product."""

from datetime import UTC

from django.conf import settings
from django.db.models import Count, Sum
from django.utils import timezone

from accounts.models import User
from conversations.models import TutorMessage
from speech.services import DailyLimit

__all__ = ["DailyLimit", "check"]


def check(user: User) -> None:
    """Raises DailyLimit where the turns or the seconds of the day (UTC) are used up."""
    now = timezone.now().astimezone(UTC)
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    spent = TutorMessage.objects.filter(
        session__user=user, side=TutorMessage.Side.LEARNER, created_at__gte=day
    ).aggregate(turns=Count("pk"), seconds=Sum("seconds"))
    if (
        spent["turns"] >= settings.TUTOR_DAILY_TURNS
        or (spent["seconds"] or 0) >= settings.TUTOR_DAILY_SECONDS
    ):
        raise DailyLimit
