"""How often somebody may try a password, kept in the table of django-axes.

A row counts the failures of one account from one network. From the fifth on each shuts the door
for a time that doubles; a hundred an hour from one network shut it for every account, and a hundred
an hour of one account, wherever they come from, shut it for all but the browsers that its owner has
signed in with before. An attempt is counted before the password is looked at, so guesses sent at
once are counted too; the right password takes the row away. Nothing of what was sent is kept, and
nothing is asked of the cache.
"""

import ipaddress
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from axes.handlers.base import AxesHandler
from axes.models import AccessAttempt
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.addresses import client_address
from accounts.known_browsers import is_known
from accounts.models import User, normal_email

FREE_FAILURES = 5
LONGEST_WAIT = timedelta(hours=1)
FAILURES_AN_HOUR = 100
HOUR = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)

# What stands in the table where the address is not known: a Unix socket, or no request.
_NOWHERE = "::"


def count_attempt(email: str, address: str | None, request: HttpRequest | None = None) -> int:
    """Count one attempt as `email` from `address`: 0 for go ahead, else the seconds to wait.

    A refused attempt is not counted: who waits is let in when the time is over. `request` is what
    the browser of a sign-in is known by.
    """
    now, key = timezone.now(), _key(email, network_of(address))
    rows = _rows_about(key, now, network=address is not None, account=request is not None)
    wait = timedelta()
    if address is not None:
        wait = _hourly_wait([row for row in rows if row.ip_address == key["ip_address"]], now)
    if wait <= timedelta() and request is not None:
        wait = _hourly_wait([row for row in rows if row.username == key["username"]], now)
        if wait > timedelta() and _comes_back(email, request):
            wait = timedelta()
    if wait <= timedelta():
        is_first = not any(_belongs_to(key, row) for row in rows) and _count_first(key)
        wait = timedelta() if is_first else _count_failure(key, now)
    return max(0, ceil(wait.total_seconds()))


def forget_attempts(email: str, address: str | None) -> None:
    """The right password was given: what went before were typing errors."""
    # Nothing refers to these rows, so the DELETE alone does: Django would read them first.
    mine = AccessAttempt.objects.filter(**_key(email, network_of(address)))
    mine._raw_delete(mine.db)  # noqa: SLF001 - there is no public name for it


def forget_attempts_on(email: str) -> None:
    """The account has a new password: what was guessed about the old one counts no more."""
    AccessAttempt.objects.filter(username=normal_email(email)).delete()


def old_attempts() -> QuerySet[AccessAttempt]:
    """Rows that count no more."""
    return AccessAttempt.objects.filter(attempt_time__lte=timezone.now() - FORGOTTEN_AFTER)


def wait_after(failures: int, last: datetime, now: datetime) -> timedelta:
    """How long the door stays shut: 1 minute after the fifth failure, then 2, 4 … 60."""
    if failures < FREE_FAILURES:
        return timedelta()
    minutes = 2 ** min(failures - FREE_FAILURES, 10)
    return last + min(timedelta(minutes=minutes), LONGEST_WAIT) - now


def network_of(address: str | None) -> str:
    """The address, or its /64 where it is IPv6: one connection has all of those.

    An IPv4 address in an IPv6 coat is that IPv4 address.
    """
    if address is None:
        return _NOWHERE
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)


def _key(email: str, network: str) -> dict[str, str]:
    return {"username": normal_email(email)[:255], "ip_address": network, "user_agent": ""}


def _rows_about(
    key: dict[str, str], now: datetime, *, network: bool, account: bool
) -> list[AccessAttempt]:
    """The row of `key`, and those of its network and of its account within an hour, newest first.

    They are few: from a hundred failures on no more are counted.
    """
    whose = Q(**key)
    if network:
        whose |= Q(ip_address=key["ip_address"], attempt_time__gt=now - HOUR)
    if account:
        whose |= Q(username=key["username"], attempt_time__gt=now - HOUR)
    rows = AccessAttempt.objects.filter(whose).order_by("-attempt_time")
    return list(rows.only("username", "ip_address", "failures_since_start", "attempt_time"))


def _belongs_to(key: dict[str, str], row: AccessAttempt) -> bool:
    return (row.username, row.ip_address) == (key["username"], key["ip_address"])


def _count_first(key: dict[str, str]) -> bool:
    """Whether this attempt is the first one that counts; another may come before it just now."""
    try:
        with transaction.atomic():
            AccessAttempt.objects.create(**key, failures_since_start=1)
    except IntegrityError:
        return False
    return True


def _count_failure(key: dict[str, str], now: datetime) -> timedelta:
    """Count one failure more, in advance; or how long to wait, where the door is shut."""
    with transaction.atomic():
        row = AccessAttempt.objects.select_for_update().filter(**key).first()
        if row is None:  # the right password was given in this moment
            return timedelta()
        failures = row.failures_since_start
        if row.attempt_time <= now - FORGOTTEN_AFTER:
            failures = 0
        wait = wait_after(failures, row.attempt_time, now)
        if wait <= timedelta():
            AccessAttempt.objects.filter(pk=row.pk).update(
                failures_since_start=failures + 1, attempt_time=now
            )
        return wait


def _hourly_wait(rows: list[AccessAttempt], now: datetime) -> timedelta:
    """How long those wait who failed too often within an hour; the newest failures count."""
    failures = 0
    for row in rows:
        failures += row.failures_since_start if row.attempt_time > now - HOUR else 0
        if failures >= FAILURES_AN_HOUR:
            return row.attempt_time + HOUR - now
    return timedelta()


def _comes_back(email: str, request: HttpRequest) -> bool:
    """Whether the owner of the account has signed in with this browser before."""
    owner = User.objects.filter(email=normal_email(email)).first()
    return owner is not None and is_known(owner, request)


class LockOut(AxesHandler):
    """What axes' backend asks before any other backend looks at a password."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether the password may be looked at; `request.lock_out_seconds` says how long not."""
        if not credentials or credentials.get("password") is None:
            return True  # another way in, such as another site's word
        username = credentials.get("username") or credentials.get("email") or ""
        seconds = count_attempt(username, client_address(request), request)
        request.lock_out_seconds = seconds  # type: ignore[attr-defined]
        return seconds == 0

    def post_save_access_attempt(self, instance: AccessAttempt, **kwargs: Any) -> None:
        """Axes asks every handler; a row that was just counted needs nothing more."""

    def post_delete_access_attempt(self, instance: AccessAttempt, **kwargs: Any) -> None:
        """Axes asks every handler; a row that was forgotten needs nothing more."""
