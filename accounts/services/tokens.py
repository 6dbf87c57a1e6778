"""Tokens of devices: issued, used and ended."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from accounts import security_log
from accounts.addresses import client_address
from accounts.models import DeviceToken, RefreshFamily, SecurityEvent, User

# When and where a credential was used is kept to the minute: no write with every request.
LAST_USE_PRECISION = timedelta(minutes=1)

REFUSED_USES_TOLD_EVERY = timedelta(hours=1)
NEW_ADDRESSES_TOLD_EVERY = timedelta(days=1)


def issue_token(
    user: User, name: str, *, second_factor: bool, request: HttpRequest | None = None
) -> tuple[DeviceToken, str]:
    """A new device token, and its key, which is not kept.

    `second_factor` says whether whoever asks has given one; it stands on the token. `request` is
    that of the device itself: its address is then known. A token made for another device gets to
    know its address with its first use.
    """
    token, key = DeviceToken.objects.create(
        user=user,
        name=name.strip()[:100],
        second_factor=second_factor,
        last_address=client_address(request) if request else None,
    )
    return token, key


def make_token(
    user: User, name: str, request: HttpRequest, *, second_factor: bool
) -> tuple[DeviceToken, str]:
    """The same for a program that `user` names on a page; it is written into the audit log."""
    with transaction.atomic():
        token, key = issue_token(user, name, second_factor=second_factor)
        security_log.record(user, SecurityEvent.Kind.TOKEN_MADE, request, name=token.name)
    return token, key


def revoke_tokens(user: User, digest: str | None = None, request: HttpRequest | None = None) -> int:
    """End the token of `user` with this `digest`, or all of them; how many there were.

    An ended token stays until it would have expired: its further use is refused and noticed.
    """
    tokens = DeviceToken.objects.filter(user=user, ended_at=None)
    if digest is not None:
        tokens = tokens.filter(digest=digest)
    with transaction.atomic():
        names = list(tokens.values_list("name", flat=True))
        ended: int = tokens.update(ended_at=timezone.now())
        if ended:
            record_ended(user, names, request)
    return ended


def record_ended(user: User, names: list[str], request: HttpRequest | None) -> None:
    """Write down that the devices called `names` were signed out."""
    kind = SecurityEvent.Kind.TOKEN_ENDED
    security_log.record(user, kind, request, name=", ".join(names)[:300], count=len(names))


def note_use(credential: DeviceToken | RefreshFamily, request: HttpRequest) -> None:
    """Keep when and where `credential` was used; a use from elsewhere is recorded.

    Elsewhere is an address that nothing in the owner's security log came from.
    """
    now, address = timezone.now(), client_address(request)
    moved = address is not None and credential.last_address != address
    recent = credential.last_used_at and credential.last_used_at > now - LAST_USE_PRECISION
    if recent and not moved:
        return
    stale = Q(last_used_at=None) | Q(last_used_at__lte=now - LAST_USE_PRECISION)
    if moved:
        stale |= ~Q(last_address=address) | Q(last_address=None)
    rows = type(credential).objects.filter(stale, pk=credential.pk)
    noted = rows.update(last_used_at=now, last_address=address)
    if noted and moved and credential.last_address:
        _record_new_address(credential, address, request)


def record_refused_use(credential: DeviceToken | RefreshFamily, request: HttpRequest) -> None:
    """Write down that an ended credential was used, once an hour for each."""
    kind = SecurityEvent.Kind.TOKEN_REFUSED
    _record_bounded(credential, kind, request, REFUSED_USES_TOLD_EVERY)


def _record_new_address(
    credential: DeviceToken | RefreshFamily, address: str | None, request: HttpRequest
) -> None:
    known = SecurityEvent.objects.filter(user=credential.user_id, address=address)
    if not known.exists():
        kind = SecurityEvent.Kind.TOKEN_NEW_ADDRESS
        _record_bounded(credential, kind, request, NEW_ADDRESSES_TOLD_EVERY)


def _record_bounded(
    credential: DeviceToken | RefreshFamily,
    kind: SecurityEvent.Kind,
    request: HttpRequest,
    every: timedelta,
) -> None:
    # The beginning of a digest, or the number of a family: names the credential, opens nothing.
    token = str(credential.pk)[:12]
    told = SecurityEvent.objects.filter(
        user=credential.user_id, kind=kind, at__gt=timezone.now() - every, detail__token=token
    )
    if not told.exists():
        security_log.record(credential.user, kind, request, token=token, name=credential.name)
