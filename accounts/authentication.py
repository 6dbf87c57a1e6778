"""What proves to the API who is asking: a device's token, or a browser's session."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import credentials, second_factor, services
from accounts.models import DeviceToken, User


class DeviceTokenAuthentication(TokenAuthentication):
    """`Authorization: Token <key>`, one row a device; the row says whether a factor was given.

    One query finds the token by its digest, with its owner and whether they have a second factor;
    knox's own look-up would load and tidy all of the owner's tokens each time.
    """

    def authenticate(self, request: Request) -> tuple[User, DeviceToken] | None:
        """The token's owner and the token, or None where the request brings no token."""
        self.request = request
        found: tuple[User, DeviceToken] | None = super().authenticate(request)
        if found is not None:
            services.note_use(found[1], cast("HttpRequest", request))
        return found

    def authenticate_credentials(self, token: bytes) -> tuple[User, DeviceToken]:
        """Who `token` speaks for; raises AuthenticationFailed."""
        digest = hash_token(token.decode("latin-1"))
        row: DeviceToken | None = credentials.device_tokens.find(digest)
        if row is None:
            raise AuthenticationFailed(_("This token is not valid."))
        if row.ended_at is not None:
            services.record_refused_use(row, cast("HttpRequest", self.request))
            raise AuthenticationFailed(_("This token was ended. Sign in again."))
        if row.expiry is not None and row.expiry <= timezone.now():
            raise AuthenticationFailed(_("This token has expired. Sign in again."))
        if not row.user.is_active:
            raise AuthenticationFailed(_("This account may not sign in."))
        return row.user, row


@dataclass(frozen=True)
class SessionCredential:
    """A browser's session, as the permission of the second factor asks about it."""

    second_factor: bool
    owner_has_factor: bool | None = None


class SecondFactorSessionAuthentication(SessionAuthentication):
    """The session of a browser, with its CSRF token."""

    def authenticate(self, request: Request) -> tuple[User, SessionCredential] | None:
        """The session's user and whether the session has given a factor; None for a visitor."""
        found: tuple[User, None] | None = super().authenticate(request)
        if found is None:
            return None
        user = found[0]
        if second_factor.is_verified(user):
            return user, SessionCredential(second_factor=True)
        # The middleware has asked the database already, where it let the session pass.
        without_factor = getattr(request, "second_factor_is_satisfied", False)
        return user, SessionCredential(False, owner_has_factor=False if without_factor else None)
