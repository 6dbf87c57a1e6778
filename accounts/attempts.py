"""How often somebody may make an account or have a mail sent: counted in windows of fixed length.

The cache counts; an absent cache counts nothing: it must not keep people out. Guesses of passwords
are counted in the database instead (accounts/lock_out.py).
"""

import hashlib
import time
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True)
class Limit:
    """At most `attempts` in each window of `seconds`."""

    name: str
    attempts: int
    seconds: int


# A class signs up from one address within minutes; a program makes thousands.
SIGN_UPS = Limit("sign-ups", attempts=60, seconds=60 * 60)

# Nobody's mailbox is to be filled, neither by one who asks often nor by one who asks for many.
RESET_MAILS = Limit("reset-mails", attempts=5, seconds=60 * 60)
VERIFICATION_MAILS = Limit("verification-mails", attempts=5, seconds=60 * 60)
EMAIL_CHANGES = Limit("email-changes", attempts=5, seconds=60 * 60)
MAILS_FROM_ADDRESS = Limit("mails-from-address", attempts=30, seconds=60 * 60)


def count(limit: Limit, who: str) -> int:
    """Count one attempt of `who`: 0, or where it was one too many the seconds to wait."""
    now = time.time()
    key = _key(limit, who, now)
    cache.add(key, 0, timeout=limit.seconds)
    try:
        attempts = cache.incr(key) or 0  # None where the cache does not answer
    except ValueError:  # the window ended between the two lines
        return 0
    if attempts <= limit.attempts:
        return 0
    return max(1, limit.seconds - int(now % limit.seconds))


def _key(limit: Limit, who: str, now: float) -> str:
    digest = hashlib.sha256(who.encode()).hexdigest()
    return f"attempts:{limit.name}:{int(now // limit.seconds)}:{digest}"
