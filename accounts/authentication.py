"""What proves to the API who is asking: a device's token, or a browser's session."""

from datetime import timedelta

from django.db.models import Case, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from accounts import second_factor
from accounts.addresses import client_address
from accounts.models import DeviceToken, User

LAST_USE_PRECISION = timedelta(minutes=1)


class SecondFactorRequired(PermissionDenied):
    """Who asks is known, but has not given the second factor that their account needs."""

    default_code = "second_factor_required"
    default_detail = _("This account needs a second factor. Sign in again with a code.")


class DeviceTokenAuthentication(TokenAuthentication):
    """`Authorization: Token <key>`, one row a device.

    One query finds the token by its digest, with its owner and whether they have a second factor;
    knox's own look-up would load and tidy all of the owner's tokens each time.
    """

    def authenticate(self, request: Request) -> tuple[User, DeviceToken] | None:
        """The token's owner and the token, or None where the request brings no token."""
        found: tuple[User, DeviceToken] | None = super().authenticate(request)
        if found is not None:
            self._note_use(found[1], client_address(request))
        return found

    def authenticate_credentials(self, token: bytes) -> tuple[User, DeviceToken]:
        """Who `token` speaks for; raises AuthenticationFailed or SecondFactorRequired."""
        row = (
            DeviceToken.objects.select_related("user")
            .annotate(
                owner_has_factor=Case(
                    When(second_factor.has_factor_where(OuterRef("user_id")), then=Value(True)),
                    default=Value(False),
                )
            )
            .filter(digest=hash_token(token.decode("latin-1")))
            .first()
        )
        if row is None:
            raise AuthenticationFailed(_("This token is not valid."))
        if row.expiry is not None and row.expiry <= timezone.now():
            raise AuthenticationFailed(_("This token has expired. Sign in again."))
        if not row.user.is_active:
            raise AuthenticationFailed(_("This account may not sign in."))
        if not row.second_factor and (row.owner_has_factor or row.user.must_use_second_factor):
            raise SecondFactorRequired
        return row.user, row

    @staticmethod
    def _note_use(token: DeviceToken, address: str | None) -> None:
        """Keep when and where the token was used, to the minute: no write with every request."""
        now = timezone.now()
        if token.last_used_at and token.last_used_at > now - LAST_USE_PRECISION:
            return
        stale = Q(last_used_at=None) | Q(last_used_at__lte=now - LAST_USE_PRECISION)
        DeviceToken.objects.filter(stale, pk=token.pk).update(
            last_used_at=now, last_address=address
        )


class SecondFactorSessionAuthentication(SessionAuthentication):
    """The session of a browser, with its CSRF token, once the second factor was given."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """The session's user, or None for a visitor; raises SecondFactorRequired."""
        found: tuple[User, None] | None = super().authenticate(request)
        # The middleware has asked the database already.
        known = getattr(request, "second_factor_is_satisfied", False)
        if found and not known and not second_factor.is_satisfied(found[0]):
            raise SecondFactorRequired
        return found
