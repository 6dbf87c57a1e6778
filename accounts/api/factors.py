"""`auth/2fa/`: the authenticator app and the backup codes, the same devices as on the pages."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail, Throttled, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import confirmation, second_factor, selectors, services
from accounts.api import documentation as told
from accounts.authentication import SessionCredential
from accounts.models import User
from accounts.permissions import MaySetUpFactor
from accounts.serializers.factors import (
    BackupCodesSerializer,
    CodeSerializer,
    ConfirmationSerializer,
    DisableSerializer,
    EnrolmentSerializer,
)
from contract.errors import Conflict
from contract.schema import error_answer

CODES = {"backup_codes": ["a3k7m-9pq2r", "b4n8t-6wxyz"]}
CONFLICT = {409: error_answer("There is an authenticator.", "already_on", "It is on already.")}
NOT_ON = {409: error_answer("There is no second factor.", "not_on", "There is none.")}


class TotpEnrolApi(APIView):
    """An authenticator to be."""

    permission_classes = (IsAuthenticated, MaySetUpFactor)

    @extend_schema(
        operation_id="auth_totp_enrol",
        tags=told.TAGS,
        summary="Begin with an authenticator app",
        description="Gives its secret, the same one until it is confirmed.",
        request=None,
        responses={200: EnrolmentSerializer, **CONFLICT},
        examples=[
            told.answered(
                {
                    "secret": "JBSWY3DPEHPK3PXP",
                    "otpauth_url": "otpauth://totp/Verbal%20Coach:alice%40example.org?secret=…",
                    "qr_svg": "<svg …>",
                }
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """The secret in three forms."""
        user = cast("User", request.user)
        if selectors.has_authenticator(user):
            raise Conflict(_("Your authenticator is on already. Turn it off first."), "already_on")
        device = services.begin_totp(user)
        answer = {
            "secret": selectors.totp_secret(device),
            "otpauth_url": device.config_url,
            "qr_svg": selectors.totp_picture(device).svg_inline(scale=4, border=4, light="white"),
        }
        return Response(answer, headers={"Cache-Control": "no-store"})


class TotpConfirmApi(APIView):
    """Its first code."""

    permission_classes = (IsAuthenticated, MaySetUpFactor)

    @extend_schema(
        operation_id="auth_totp_confirm",
        tags=told.TAGS,
        summary="Switch the authenticator on",
        description=(
            "Its first code. Where it is the first second factor, ten backup codes come back, this "
            "once, and every other token issued for the password alone ends; the one of this call "
            "goes on."
        ),
        request=CodeSerializer,
        responses={200: BackupCodesSerializer, **CONFLICT},
        examples=[told.sent({"otp_token": "123456"}), told.answered(CODES)],
    )
    def post(self, request: Request) -> Response:
        """The backup codes."""
        user, asking = cast("User", request.user), cast("HttpRequest", request)
        if selectors.has_authenticator(user):
            raise Conflict(_("Your authenticator is on already. Turn it off first."), "already_on")
        form = CodeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        result = services.confirm_totp(
            user, form.validated_data["otp_token"], asking, used=request.auth
        )
        if result.wait_seconds:
            raise Throttled(wait=result.wait_seconds)
        if result.device is None:
            detail = ErrorDetail(_("This code is not valid."), "otp_invalid")
            raise ValidationError({"otp_token": [detail]})
        if isinstance(request.auth, SessionCredential):
            confirmation.mark_verified(asking, result.device)
        return _codes(result.backup_codes)


class TotpDisableApi(APIView):
    """The end of it."""

    @extend_schema(
        operation_id="auth_totp_disable",
        tags=told.TAGS,
        summary="Turn the authenticator off",
        description="Password and code. Backup codes end with the last authenticator or passkey.",
        request=DisableSerializer,
        responses={204: None, **NOT_ON},
        examples=[told.sent({"password": "a quiet morning in May", "otp_token": "123456"})],
    )
    def post(self, request: Request) -> Response:
        """Nothing."""
        user = cast("User", request.user)
        form = DisableSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        if not selectors.has_authenticator(user):
            raise Conflict(_("There is no authenticator."), "not_on")
        if user.has_usable_password():
            confirmation.check_password(request, form.validated_data["password"])
        confirmation.check_code(request, form.validated_data["otp_token"])
        services.remove_authenticator(user, cast("HttpRequest", request))
        return Response(status=204)


class BackupCodesApi(APIView):
    """Ten new ones."""

    @extend_schema(
        operation_id="auth_backup_codes_regenerate",
        tags=told.TAGS,
        summary="Make new backup codes",
        description=f"The old ones end. {told.CONFIRM}",
        request=ConfirmationSerializer,
        responses={200: BackupCodesSerializer, **NOT_ON},
        examples=[told.sent({"otp_token": "123456"}), told.answered(CODES)],
    )
    def post(self, request: Request) -> Response:
        """The codes, this once."""
        user = cast("User", request.user)
        confirmation.require(request)
        if not second_factor.has_factor(user):
            raise Conflict(_("There is no second factor that codes could stand in for."), "not_on")
        return _codes(services.renew_backup_codes(user, cast("HttpRequest", request)))


def _codes(codes: tuple[str, ...] | list[str]) -> Response:
    return Response({"backup_codes": list(codes)}, headers={"Cache-Control": "no-store"})
