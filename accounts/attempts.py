"""How often somebody may try: counted in the cache, in windows of fixed length.

An attempt is counted before the password is looked at, so that guesses sent at once are counted
too. An absent cache counts nothing: it must not keep people out.
"""

import hashlib
import time
from dataclasses import dataclass

from django.core.cache import cache

from accounts.models import normal_email


@dataclass(frozen=True)
class Limit:
    """At most `attempts` in each window of `seconds`."""

    name: str
    attempts: int
    seconds: int


# Somebody who guesses one person's password, and somebody who tries one password on many people.
ACCOUNT_AND_ADDRESS = Limit("account-address", attempts=10, seconds=10 * 60)
ADDRESS = Limit("address", attempts=100, seconds=60 * 60)

# A class signs up from one address within minutes; a program makes thousands.
SIGN_UPS = Limit("sign-ups", attempts=60, seconds=60 * 60)
RESET_MAILS = Limit("reset-mails", attempts=5, seconds=60 * 60)


def count_attempt(email: str, address: str | None) -> int:
    """Count one attempt to sign in as `email` from `address`; seconds to wait, 0 for go ahead."""
    who = normal_email(email)
    return max(
        count(ACCOUNT_AND_ADDRESS, f"{who}|{address}"),
        count(ADDRESS, address) if address else 0,
    )


def forget_attempts(email: str, address: str | None) -> None:
    """The right password was given: what went before were typing errors."""
    cache.delete(_key(ACCOUNT_AND_ADDRESS, f"{normal_email(email)}|{address}", time.time()))


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
