"""`auth/email/verify` and `auth/email/change`."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotAuthenticated, Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import confirmation, services
from accounts.api import documentation as told
from accounts.api.passwords import LINK_INVALID, link_invalid
from accounts.models import User
from accounts.permissions import SecondFactorGiven
from accounts.serializers.entrance import (
    AddressSerializer,
    ChangeEmailSerializer,
    VerifyEmailSerializer,
)
from contract.errors import Conflict
from contract.schema import error_answer

SENT = OpenApiResponse(description="A link is on its way.")
NOT_SIGNED_IN = error_answer(
    "Without a link: not signed in.",
    "not_authenticated",
    "Authentication credentials were not provided.",
)
FACTOR_MISSING = error_answer(
    "Without a link: the second factor is missing.",
    "second_factor_required",
    "This account needs a second factor. Sign in again with a code.",
)
ADDRESS = {"email": "alice@example.org", "email_verified": True}


class EmailApi(APIView):
    """A call that uses a link, for whoever holds it, or has one sent, for who is signed in."""

    permission_classes = (AllowAny,)

    def signed_in(self, request: Request) -> User:
        """Who asks; raises NotAuthenticated or SecondFactorRequired."""
        if not request.user.is_authenticated:
            raise NotAuthenticated
        SecondFactorGiven().has_permission(request, self)
        return cast("User", request.user)

    @staticmethod
    def used(result: services.LinkUse) -> Response:
        """What became of a link; raises ValidationError or Conflict."""
        if result.address_is_taken:
            raise Conflict(_("This address has an account already."), "taken")
        if result.user is None:
            raise link_invalid()
        body = {"email": result.user.email, "email_verified": True}
        return Response(AddressSerializer(body).data)

    @staticmethod
    def on_its_way(wait_seconds: int) -> Response:
        """A link was ordered; raises Throttled where that was too often."""
        if wait_seconds:
            raise Throttled(wait=wait_seconds)
        return Response(status=status.HTTP_202_ACCEPTED)


class VerifyApi(EmailApi):
    """`auth/email/verify`."""

    @extend_schema(
        operation_id="auth_email_verify",
        tags=told.TAGS,
        summary="Confirm the address, or have the link sent again",
        description="With `token`, the last part of the link, no sign-in is needed; it works once, "
        "for three days. Without it the link is sent again.",
        request=VerifyEmailSerializer,
        responses={
            200: AddressSerializer,
            202: SENT,
            400: LINK_INVALID,
            401: NOT_SIGNED_IN,
            403: FACTOR_MISSING,
        },
        examples=[told.sent({"token": "NDI:1wAbCd:kq3…"}), told.answered(ADDRESS)],
    )
    def post(self, request: Request) -> Response:
        """The address, confirmed; or nothing, while the link is on its way."""
        form = VerifyEmailSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asking, token = cast("HttpRequest", request), form.validated_data.get("token")
        if token:
            return self.used(services.verify(token, asking))
        return self.on_its_way(services.ask_verification(self.signed_in(request), asking))


class ChangeApi(EmailApi):
    """`auth/email/change`."""

    @extend_schema(
        operation_id="auth_email_change",
        tags=told.TAGS,
        summary="Change the address",
        description="First `email`, with `password` or `otp_token`: a link goes to the new "
        "address, whether or not it has an account. Then `token`, the last part of that link, "
        "which works once, for a day, and needs no sign-in. The old address is told, and can undo "
        "it for seven days.",
        request=ChangeEmailSerializer,
        responses={
            200: AddressSerializer,
            202: SENT,
            400: LINK_INVALID,
            401: NOT_SIGNED_IN,
            403: told.UNCONFIRMED,
            409: error_answer(
                "Meanwhile somebody else has it.", "taken", "This address has an account already."
            ),
        },
        examples=[
            told.sent({"email": "alice@new.example.org", "password": "…"}),
            told.answered(ADDRESS),
        ],
    )
    def post(self, request: Request) -> Response:
        """The address, changed; or nothing, while the link is on its way."""
        form = ChangeEmailSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asking, fields = cast("HttpRequest", request), form.validated_data
        if fields.get("token"):
            return self.used(services.confirm_change(fields["token"], asking))
        user = self.signed_in(request)
        confirmation.require(request)
        return self.on_its_way(services.ask_change(user, fields["email"], asking))
