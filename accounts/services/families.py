"""Sign-ins that renew themselves: short-lived access tokens and rotating refresh tokens.

A refresh token is good once. One that comes back was copied: its family ends, and with it every
access token of the family. There is no grace for a client that lost the answer of a renewal, since
a thief cannot be told from it: such a client signs in again.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import Token

from accounts import security_log
from accounts.addresses import client_address
from accounts.models import RefreshFamily, SecurityEvent, User
from accounts.services.tokens import record_ended, record_refused_use

FAMILY_LIFETIME = timedelta(days=30)


class AccessToken(Token):
    """What a client shows with every call: whose it is, of which family, and at what epoch."""

    token_type = "access"  # noqa: S105 - the kind of token
    lifetime = timedelta(minutes=settings.ACCESS_TOKEN_EXPIRE_MINUTES)


class RefreshToken(Token):
    """What a client exchanges, once, for the next pair; it lasts as long as its family."""

    token_type = "refresh"  # noqa: S105 - the kind of token
    lifetime = FAMILY_LIFETIME


@dataclass(frozen=True)
class TokenPair:
    """The present tokens of a family; neither is kept."""

    user: User
    family: RefreshFamily
    access: str
    refresh: str


def start_family(user: User, name: str, request: HttpRequest, *, second_factor: bool) -> TokenPair:
    """A new sign-in of `user` on the device called `name`, with its first pair of tokens.

    `second_factor` says whether one was given; it holds for every token of the family.
    """
    now = timezone.now()
    family = RefreshFamily.objects.create(
        user=user,
        name=name.strip()[:100],
        second_factor=second_factor,
        last_used_at=now,
        last_address=client_address(request),
        expires_at=now + FAMILY_LIFETIME,
    )
    return _pair(user, family, 0)


def renew(refresh: str, request: HttpRequest) -> TokenPair | None:
    """The next pair for the refresh token `refresh`, which is used up; None where it is refused.

    One conditional UPDATE on the generation decides: of two requests with one token, one changes a
    row, and the other is a re-use, which ends the family.
    """
    claims = claims_of(RefreshToken, refresh)
    family = claims and _family(claims)
    if not claims or not family:
        return None
    user = family.user
    if family.ended_at is not None or claims.get("epoch") != user.credentials_epoch:
        record_refused_use(family, request)
        return None
    if family.expires_at <= timezone.now() or not user.is_active:
        return None
    generation = int(claims["generation"])
    if (
        _lasting()
        .filter(pk=family.pk, generation=generation)
        .update(
            generation=generation + 1,
            last_used_at=timezone.now(),
            last_address=client_address(request),
        )
    ):
        return _pair(user, family, generation + 1)
    if _lasting().filter(pk=family.pk).update(ended_at=timezone.now()):
        kind = SecurityEvent.Kind.REFRESH_REUSED
        security_log.record(user, kind, request, name=family.name)
    return None


def end_families(
    user: User, family: uuid.UUID | None = None, request: HttpRequest | None = None
) -> int:
    """End the sign-in `family` of `user`, or all of them; how many had not ended yet."""
    families = _lasting().filter(user=user)
    if family is not None:
        families = families.filter(pk=family)
    with transaction.atomic():
        names = list(families.values_list("name", flat=True))
        ended = families.update(ended_at=timezone.now())
        if ended:
            record_ended(user, names, request)
    return ended


def end_by_refresh_token(refresh: str) -> bool:
    """End the family of the present refresh token `refresh`; whether there was such a one."""
    claims = claims_of(RefreshToken, refresh)
    family = claims and _family(claims)
    if not claims or not family or family.generation != claims.get("generation"):
        return False
    return end_families(family.user, family.pk) > 0


def claims_of(kind: type[Token], text: str) -> dict[str, Any] | None:
    """What the token `text` says, where it is one of ours, of this kind, and has not expired."""
    try:
        token = kind(text)  # type: ignore[arg-type]  # the library's own hint is narrower
    except (TokenError, ValueError, OverflowError):
        return None
    return dict(token.payload)


def _family(claims: dict[str, Any]) -> RefreshFamily | None:
    try:
        key = uuid.UUID(str(claims.get("family")))
    except ValueError:
        return None
    return RefreshFamily.objects.select_related("user").filter(pk=key).first()


def _lasting() -> QuerySet[RefreshFamily]:
    return RefreshFamily.objects.filter(ended_at=None)


def _pair(user: User, family: RefreshFamily, generation: int) -> TokenPair:
    access, refresh = AccessToken(), RefreshToken()
    for token in (access, refresh):
        token["sub"] = str(user.pk)
        token["family"] = family.pk.hex
        token["epoch"] = user.credentials_epoch
    access["factor"] = family.second_factor
    refresh["generation"] = generation
    refresh["exp"] = _seconds(family.expires_at)
    access["exp"] = min(access["exp"], _seconds(family.expires_at))
    return TokenPair(user, family, str(access), str(refresh))


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
