"""The sign-in of programs: a name and a password (and a code) for a device token."""

import hashlib
from typing import Any, cast

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException, AuthenticationFailed, Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from accounts import credentials, second_factor, services
from accounts.addresses import client_address
from accounts.api.documentation import TAGS
from accounts.erasure_gate import refuse_erased
from accounts.models import User, normal_email
from accounts.permissions import SecondFactorRequired
from accounts.second_factor import Owed
from accounts.serializers.login import LoginSerializer, TokenSerializer


class LoginAddressThrottle(SimpleRateThrottle):
    """So many sign-ins from one address."""

    scope = "login"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """One count an address."""
        address = client_address(request)
        return f"throttle-login-address-{address}" if address else None


class LoginAccountThrottle(SimpleRateThrottle):
    """So many sign-ins to one account, wherever they come from."""

    scope = "login"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """One count an account, named by a digest: addresses of people stay out of the cache."""
        data = request.data if isinstance(request.data, dict) else {}
        name = data.get("username") or data.get("email")
        if not isinstance(name, str):
            return None
        digest = hashlib.sha256(normal_email(name).encode()).hexdigest()
        return f"throttle-login-account-{digest}"


class LoginView(APIView):
    """`POST` a name and a password, get a token; `GET` leads a browser to the sign-in page."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (LoginAddressThrottle, LoginAccountThrottle)

    def get_throttles(self) -> list[SimpleRateThrottle]:
        """Only attempts are counted, not visits."""
        return super().get_throttles() if self.request.method == "POST" else []

    def get_authenticate_header(self, request: Request) -> str:
        """What to come back with: makes a refusal a 401 although nothing is asked for here."""
        return "Token"

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponseRedirect:
        """The sign-in page."""
        return HttpResponseRedirect(reverse("accounts:login"))

    @extend_schema(
        request=LoginSerializer,
        responses={
            200: TokenSerializer,
            400: OpenApiResponse(description="A field is missing."),
            401: OpenApiResponse(
                description="Wrong name or password; `otp_required`; `otp_invalid`."
            ),
            403: OpenApiResponse(
                description="`second_factor_required`: set one up first; `erasure_pending`."
            ),
            429: OpenApiResponse(description="Too many attempts; see `Retry-After`."),
        },
        tags=TAGS,
        auth=[],
        summary="Sign in for a token",
    )
    def post(self, request: Request) -> Response:
        """A token for this device, good for a year, shown only here."""
        form = LoginSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = form.validated_data
        user, given = signed_in(request, fields)
        device_name = fields["device_name"] or request.headers.get("User-Agent", "")
        _token, key = services.issue_token(
            user, device_name, second_factor=given, request=cast("HttpRequest", request)
        )
        return Response({"token": key}, headers={"Cache-Control": "no-store"})


def signed_in(request: Request, fields: dict[str, Any]) -> tuple[User, bool]:
    """Who signs in with the checked `fields`, and whether they gave a second factor.

    Raises Throttled, AuthenticationFailed (`invalid_credentials`, `otp_required`, `otp_invalid`) or
    SecondFactorRequired, ErasurePending. The sign-in is written into the audit log.
    """
    asking = cast("HttpRequest", request)  # it passes on what it is asked
    if fields.get("passkey"):
        return signed_in_with_passkey(asking, fields["passkey"]), True
    result = services.sign_in(asking, fields["username"], fields["password"])
    if result.wait_seconds:
        raise Throttled(wait=result.wait_seconds)
    # With what is asked of them next, in one query.
    user = credentials.people.find(result.user.pk) if result.user else None
    if user is None:
        raise AuthenticationFailed(
            _("The e-mail address and the password do not belong together."),
            "invalid_credentials",
        )
    given = check_second_factor(user, fields["otp_token"], asking)
    refuse_erased(user)
    services.record_sign_in(user, asking)
    return user, given


def signed_in_with_passkey(request: HttpRequest, answer: dict[str, Any]) -> User:
    """Who signs in with a passkey: both steps at once. Raises AuthenticationFailed."""
    try:
        user, _device = services.sign_in_with_passkey(request, answer)
    except services.PasskeyRefused as refused:
        raise AuthenticationFailed(refused.message, refused.code) from None
    refuse_erased(user)
    services.record_sign_in(user, request)
    user.owner_has_factor = True  # type: ignore[attr-defined]  # saves a query
    return user


def check_second_factor(user: User, code: str, request: HttpRequest) -> bool:
    """Whether `user` has given a second factor; raises where they must and have not."""
    has_factor: bool | None = getattr(user, "owner_has_factor", None)
    owed = second_factor.owed(user, given=False, has_device=has_factor)
    if owed is Owed.NOTHING:
        return False
    if owed is Owed.SET_UP:
        raise SecondFactorRequired(_("Set up a second factor on the website first."))
    if not code:
        raise AuthenticationFailed(
            _("Send the code of your authenticator, or a backup code, as otp_token."),
            "otp_required",
        )
    outcome = services.take_code(user, code, request)
    if outcome.device is not None:
        return True
    refusal: APIException = AuthenticationFailed(_("This code is not valid."), "otp_invalid")
    if outcome.wait_seconds:
        refusal = Throttled(wait=outcome.wait_seconds)
    raise refusal
