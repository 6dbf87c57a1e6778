"""How much one person may have heard and said in a day: each may cost whoever runs the product."""

from datetime import UTC, timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from accounts.models import User

HEARD, SAID = "heard", "said"
DAY = 24 * 60 * 60


class DailyLimit(Exception):
    """No more today; `wait` seconds until the next day in UTC."""

    def __init__(self) -> None:
        now = timezone.now().astimezone(UTC)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        self.wait = int((midnight - now).total_seconds()) + 1
        super().__init__(self.wait)


def check(user: User, what: str) -> None:
    """Raises DailyLimit where the seconds that are HEARD or the characters SAID are used up.

    An absent cache counts nothing: it must not stop the product.
    """
    allowed = {
        HEARD: settings.SPEECH_DAILY_SECONDS,
        SAID: settings.SPEECH_DAILY_CHARACTERS,
    }[what]
    if (cache.get(_key(user, what)) or 0) >= allowed:
        raise DailyLimit


def spend(user: User, what: str, amount: float) -> None:
    """Count it to the day of `user`."""
    key = _key(user, what)
    if not cache.add(key, round(amount), DAY):
        try:
            cache.incr(key, round(amount))
        except ValueError:  # it expired in between, or there is no cache
            cache.add(key, round(amount), DAY)


def _key(user: User, what: str) -> str:
    # Named as throttles are: erasing a person takes both away by one pattern.
    return f"throttle_speech_{what}_{timezone.now().astimezone(UTC):%Y%m%d}_{user.pk}"
