"""`Authorization: Bearer <jwt>`: our own access tokens, and those of configured outside issuers."""

import uuid
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import credentials, issuers, services
from accounts.models import RefreshFamily, User

KEYWORD = "Bearer"


class BearerAuthentication(BaseAuthentication):
    """A short-lived token in the header; `request.auth` is its family, or the outside credential.

    One query finds the family with its owner and whether they have a second factor.
    """

    def authenticate(self, request: Request) -> tuple[User, Any] | None:
        """Who the token speaks for, or None where no bearer token was sent."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != KEYWORD.lower().encode():
            return None
        if len(words) != 2:
            raise _refused()
        try:
            token = words[1].decode("ascii")
        except UnicodeDecodeError as error:
            raise _refused() from error
        issuer = issuers.issuer_of(token)
        if issuer is not None:
            return _outside(issuer, token, request)
        return _own(token, request)

    def authenticate_header(self, request: Request) -> str:
        """What to come back with."""
        return KEYWORD


def _refused() -> AuthenticationFailed:
    return AuthenticationFailed(_("This token is not valid, or no longer. Sign in again."))


def _own(token: str, request: Request) -> tuple[User, RefreshFamily]:
    claims = services.claims_of(services.AccessToken, token)
    family = claims and family_of(claims)
    if not claims or not family:
        raise _refused()
    user = family.user
    if family.ended_at is not None or claims.get("epoch") != user.credentials_epoch:
        services.record_refused_use(family, request)
        raise _refused()
    if family.expires_at <= timezone.now() or not user.is_active:
        raise _refused()
    services.note_use(family, request)
    return user, family


def family_of(claims: dict[str, Any]) -> RefreshFamily | None:
    """The family that an access token names, with its owner and `owner_has_factor`."""
    try:
        key = uuid.UUID(str(claims.get("family")))
    except ValueError:
        return None
    found: RefreshFamily | None = credentials.refresh_families.find(key)
    return found


def _outside(issuer: issuers.Issuer, token: str, request: Request) -> tuple[User, Any]:
    try:
        claims = issuer.claims_of(token)
        return services.user_of_claims(issuer, claims, request)
    except (issuers.NotTheirs, services.NotLinked) as error:
        raise _refused() from error
