"""Sign-ins that renew themselves: `auth/register, login, refresh, logout, logout-all`."""

from typing import Any, cast

from django.contrib.auth import logout
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import (
    AuthenticationFailed,
    ErrorDetail,
    NotAuthenticated,
    Throttled,
    ValidationError,
)
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from accounts import services
from accounts.api import documentation as told
from accounts.api.login import LoginAccountThrottle, LoginAddressThrottle, signed_in
from accounts.models import DeviceToken, RefreshFamily, User
from accounts.serializers.login import LoginSerializer
from accounts.serializers.users import (
    LogoutSerializer,
    PairSerializer,
    RefreshSerializer,
    RegisterSerializer,
    UserSerializer,
)
from contract.schema import error_answer


def pair_answer(pair: services.TokenPair, request: Request, status_code: int = 200) -> Response:
    """What a client gets to go on with; no cache keeps it."""
    body = {
        "access": pair.access,
        "refresh": pair.refresh,
        "access_token": pair.access,
        "token_type": "bearer",
        "user": UserSerializer(pair.user, context={"request": request}).data,
    }
    return Response(body, status=status_code, headers={"Cache-Control": "no-store"})


class EntranceApi(APIView):
    """A call for somebody who has no credentials yet."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get_authenticate_header(self, request: Request) -> str:
        """What to come back with: makes a refusal a 401 although nothing is asked for here."""
        return "Bearer"

    def begin(self, user: User, name: str, *, second_factor: bool) -> services.TokenPair:
        """A first pair for `user` on this device."""
        asking = cast("HttpRequest", self.request)
        device = name or self.request.headers.get("User-Agent", "")
        return services.start_family(user, device, asking, second_factor=second_factor)


class RegisterApi(EntranceApi):
    """`auth/register`."""

    throttle_classes = (LoginAddressThrottle,)

    @extend_schema(
        operation_id="auth_register",
        tags=told.TAGS,
        auth=[],
        summary="Make an account",
        description=(
            "Signs in at once; the address is still to be verified by the mail that goes out."
        ),
        request=RegisterSerializer,
        responses={
            201: PairSerializer,
            400: error_answer(
                "Not valid, or the address has an account already.",
                "taken",
                "There is an account with this address. Sign in, or reset its password.",
                "email",
            ),
        },
        examples=[
            told.sent({"email": "alice@example.org", "password": "four unrelated words"}),
            told.answered(told.PAIR),
        ],
    )
    def post(self, request: Request) -> Response:
        """A new account and its first pair."""
        form = RegisterSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = form.validated_data
        asking = cast("HttpRequest", request)
        wait_seconds = services.may_register(asking)
        if wait_seconds:
            raise Throttled(wait=wait_seconds)
        try:
            user = services.register(
                fields["email"], fields["password"], fields["name"], asking, role=fields["role"]
            )
        except IntegrityError as error:
            message = _("There is an account with this address. Sign in, or reset its password.")
            raise ValidationError({"email": [ErrorDetail(message, "taken")]}) from error
        pair = self.begin(user, fields["device_name"], second_factor=False)
        return pair_answer(pair, request, status.HTTP_201_CREATED)


class LoginApi(EntranceApi):
    """`auth/login`."""

    throttle_classes = (LoginAddressThrottle, LoginAccountThrottle)

    @extend_schema(
        operation_id="auth_login",
        tags=told.TAGS,
        auth=[],
        summary="Sign in",
        description=(
            "Name and password, and a code where the account has a second factor: without it the "
            "answer is 401 with the code `otp_required`."
        ),
        request=LoginSerializer,
        responses={
            200: PairSerializer,
            401: error_answer(
                "Refused: also `invalid_credentials` and `otp_invalid`.",
                "otp_required",
                "Send the code of your authenticator, or a backup code, as otp_token.",
            ),
            403: error_answer(
                "The account must have a second factor and has none: set one up on the website.",
                "second_factor_required",
                "Set up a second factor on the website first.",
            ),
        },
        examples=[
            told.sent({"email": "alice@example.org", "password": "…", "otp_token": "123456"}),
            told.answered(told.PAIR),
        ],
    )
    def post(self, request: Request) -> Response:
        """A first pair."""
        form = LoginSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = form.validated_data
        user, given = signed_in(request, fields)
        return pair_answer(self.begin(user, fields["device_name"], second_factor=given), request)


class RefreshApi(EntranceApi):
    """`auth/refresh`."""

    throttle_classes = (AnonRateThrottle,)

    @extend_schema(
        operation_id="auth_refresh",
        tags=told.TAGS,
        auth=[],
        summary="Renew the pair",
        description=(
            "A refresh token is good once. One that comes back ends the whole sign-in: keep the "
            "new pair before anything else is done with it."
        ),
        request=RefreshSerializer,
        responses={
            200: PairSerializer,
            401: error_answer(
                "Used before, ended, expired, or never ours. Sign in again.",
                "token_not_valid",
                "This token is not valid, or no longer. Sign in again.",
            ),
        },
        examples=[told.sent({"refresh": told.PAIR["refresh"]}), told.answered(told.PAIR)],
    )
    def post(self, request: Request) -> Response:
        """The next pair."""
        form = RefreshSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        pair = services.renew(form.validated_data["refresh"], cast("HttpRequest", request))
        if pair is None:
            raise AuthenticationFailed(
                _("This token is not valid, or no longer. Sign in again."), "token_not_valid"
            )
        return pair_answer(pair, request)


class LogoutApi(APIView):
    """`auth/logout`: of one sign-in."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="auth_logout",
        tags=told.TAGS,
        summary="Sign out",
        description=(
            "Ends the token, sign-in or session that the call came with. Who has only the refresh "
            "token left sends that."
        ),
        request=LogoutSerializer,
        responses={
            204: None,
            401: error_answer(
                "Neither credentials nor a refresh token that is good.",
                "not_authenticated",
                "Authentication credentials were not provided.",
            ),
        },
        examples=[told.sent({"refresh": told.PAIR["refresh"]})],
    )
    def post(self, request: Request) -> Response:
        """Nothing is answered, and nothing is left to sign out of."""
        form = LogoutSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        refresh = form.validated_data.get("refresh", "")
        ended = bool(refresh) and services.end_by_refresh_token(refresh)
        if request.user.is_authenticated:
            self._end_credential(request)
        elif not ended:
            raise NotAuthenticated
        return Response(status=status.HTTP_204_NO_CONTENT)

    @staticmethod
    def _end_credential(request: Request) -> None:
        credential: Any = request.auth
        asking = cast("HttpRequest", request)
        if isinstance(credential, DeviceToken):
            services.revoke_tokens(credential.user, credential.digest, asking)
        elif isinstance(credential, RefreshFamily):
            services.end_families(credential.user, credential.pk, asking)
        else:
            logout(asking)


class LogoutAllApi(APIView):
    """`auth/logout-all`: of everything."""

    @extend_schema(
        operation_id="auth_logout_all",
        tags=told.TAGS,
        summary="Sign out everywhere",
        description="Ends every browser session, token and sign-in at once, that of this call too.",
        request=None,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Everything ends."""
        services.sign_out_everywhere(cast("User", request.user), cast("HttpRequest", request))
        return Response(status=status.HTTP_204_NO_CONTENT)
