"""`auth/password/reset`, `auth/password/reset/confirm`, `auth/password/change`."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, Throttled, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import confirmation, services
from accounts.api import documentation as told
from accounts.models import User
from accounts.serializers.entrance import (
    ChangePasswordSerializer,
    EmailSerializer,
    ResetPasswordSerializer,
    check_strength,
)
from contract.schema import error_answer

LINK_INVALID = error_answer(
    "Not valid; also a link that was used, is too old, or was never ours.",
    "link_invalid",
    "This link no longer works. Ask for a new one.",
    "token",
)


def link_invalid() -> ValidationError:
    """A link that was used, is too old, or was never ours."""
    message = _("This link no longer works. Ask for a new one.")
    return ValidationError({"token": [ErrorDetail(message, "link_invalid")]})


class ResetApi(APIView):
    """`auth/password/reset`: have a link sent."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="auth_password_reset",
        tags=told.TAGS,
        auth=[],
        summary="Have a link for a new password sent",
        description="The answer, and the time it takes, are the same whether or not the address "
        "has an account.",
        request=EmailSerializer,
        responses={202: OpenApiResponse(description="A link is on its way, if there is one.")},
        examples=[told.sent({"email": "alice@example.org"})],
    )
    def post(self, request: Request) -> Response:
        """Nothing is told."""
        form = EmailSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asking = cast("HttpRequest", request)
        wait_seconds = services.ask_reset(form.validated_data["email"], asking)
        if wait_seconds:
            raise Throttled(wait=wait_seconds)
        return Response(status=status.HTTP_202_ACCEPTED)


class ResetConfirmApi(APIView):
    """`auth/password/reset/confirm`: use the link."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="auth_password_reset_confirm",
        tags=told.TAGS,
        auth=[],
        summary="Choose a new password by the link",
        description="The link works once, for four hours. Every session, token and sign-in ends; "
        "a second factor is still asked for when signing in.",
        request=ResetPasswordSerializer,
        responses={204: None, 400: LINK_INVALID},
        examples=[
            told.sent({"uid": "Nw", "token": "cx3k-5f0a…", "new_password": "an old oak by a river"})
        ],
    )
    def post(self, request: Request) -> Response:
        """The new password is set."""
        form = ResetPasswordSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields, asking = form.validated_data, cast("HttpRequest", request)
        user = services.user_of_reset_link(fields["uid"], fields["token"], asking)
        if user is None:
            raise link_invalid()
        check_strength(fields["new_password"], user)
        if not services.reset_password(user, fields["new_password"], asking):
            raise link_invalid()
        return Response(status=status.HTTP_204_NO_CONTENT)


class ChangeApi(APIView):
    """`auth/password/change`: for who knows the present one."""

    @extend_schema(
        operation_id="auth_password_change",
        tags=told.TAGS,
        summary="Change the password",
        description="Every session, token and sign-in ends, that of this call too: sign in again. "
        "Only a browser's own session goes on.",
        request=ChangePasswordSerializer,
        responses={
            204: None,
            400: error_answer(
                "Not valid; also `weak`, for `new_password`.",
                "wrong_password",
                "This is not your password.",
                "password",
            ),
        },
        examples=[told.sent({"password": "…", "new_password": "an old oak by a river"})],
    )
    def post(self, request: Request) -> Response:
        """The new password is set."""
        form = ChangePasswordSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields, user = form.validated_data, cast("User", request.user)
        confirmation.check_password(request, fields["password"])
        check_strength(fields["new_password"], user)
        services.set_password(user, fields["new_password"], cast("HttpRequest", request))
        return Response(status=status.HTTP_204_NO_CONTENT)
