"""`auth/2fa/passkeys/`: listed, asked, made, renamed, removed."""

from typing import Any, cast

from django.http import HttpRequest
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ErrorDetail, NotFound, Throttled, ValidationError
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import confirmation, second_factor, selectors, services
from accounts.addresses import client_address
from accounts.api import documentation as told
from accounts.authentication import SessionCredential
from accounts.models import PasskeyChallenge, User
from accounts.permissions import MaySetUpFactor, owed_by
from accounts.second_factor import Owed
from accounts.serializers.factors import (
    ChallengeSerializer,
    ConfirmationSerializer,
    MadePasskeySerializer,
    NewPasskeySerializer,
    PasskeySerializer,
)

Purpose = PasskeyChallenge.Purpose

PASSKEY = {
    "id": 3,
    "name": "Pixel 9",
    "created_at": "2026-11-20T08:00:00Z",
    "last_used_at": "2026-11-21T09:30:00Z",
    "backup_state": True,
}
CREATION = {
    "rp": {"name": "Verbal Coach", "id": "coach.example.org"},
    "user": {"id": "gX…", "name": "alice@example.org", "displayName": "Alice Archer"},
    "challenge": "dG…",
    "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
}
CREDENTIAL = {
    "id": "Zm…",
    "rawId": "Zm…",
    "type": "public-key",
    "response": {"clientDataJSON": "ey…", "attestationObject": "o2…"},
}
ID = OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH)


class PasskeysApi(APIView):
    """The list."""

    @extend_schema(
        operation_id="auth_passkeys",
        tags=told.TAGS,
        summary="List my passkeys",
        description="The newest first.",
        responses={200: PasskeySerializer(many=True)},
        examples=[told.answered(PASSKEY)],
    )
    def get(self, request: Request) -> Response:
        """All of them."""
        own = selectors.passkeys_of(cast("User", request.user))
        return Response(PasskeySerializer(own, many=True).data)


class PasskeyApi(APIView):
    """One of them."""

    @extend_schema(
        operation_id="auth_passkey_rename",
        tags=told.TAGS,
        summary="Rename a passkey",
        description="Its name, for the list.",
        parameters=[ID],
        request=PasskeySerializer,
        responses={200: PasskeySerializer},
        examples=[told.sent({"name": "Work laptop"}), told.answered(PASSKEY)],
    )
    def patch(self, request: Request, pk: int) -> Response:
        """The passkey under its new name."""
        user = cast("User", request.user)
        if not selectors.passkeys_of(user).filter(pk=pk).exists():
            raise NotFound
        form = PasskeySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        services.rename_passkey(user, pk, form.validated_data["name"])
        return Response(PasskeySerializer(selectors.passkeys_of(user).get(pk=pk)).data)

    @extend_schema(
        operation_id="auth_passkey_remove",
        tags=told.TAGS,
        summary="Remove a passkey",
        description=f"It is refused from now on. {told.CONFIRM}",
        parameters=[ID],
        request=ConfirmationSerializer,
        responses={204: None},
        examples=[told.sent({"password": "a quiet morning in May"})],
    )
    def delete(self, request: Request, pk: int) -> Response:
        """Nothing."""
        user = cast("User", request.user)
        if not selectors.passkeys_of(user).filter(pk=pk).exists():
            raise NotFound
        confirmation.require(request)
        services.remove_passkey(user, pk, cast("HttpRequest", request))
        return Response(status=204)


class RegisterBeginApi(APIView):
    """A passkey to be."""

    permission_classes = (IsAuthenticated, MaySetUpFactor)

    @extend_schema(
        operation_id="auth_passkeys_register_begin",
        tags=told.TAGS,
        summary="Begin with a new passkey",
        description=f"The options for `navigator.credentials.create`. {told.CONFIRM}",
        request=ConfirmationSerializer,
        responses={200: OpenApiTypes.OBJECT},
        examples=[told.sent({"password": "a quiet morning in May"}), told.answered(CREATION)],
    )
    def post(self, request: Request) -> Response:
        """`PublicKeyCredentialCreationOptionsJSON`."""
        confirmation.require(request)
        user, asking = cast("User", request.user), cast("HttpRequest", request)
        return Response(services.ask_for_new_passkey(asking, user))


class RegisterCompleteApi(APIView):
    """Its first word."""

    permission_classes = (IsAuthenticated, MaySetUpFactor)

    @extend_schema(
        operation_id="auth_passkeys_register_complete",
        tags=told.TAGS,
        summary="Keep a new passkey",
        description=(
            "Within five minutes of `register/begin`, once. Where it is the first second factor, "
            "ten backup codes come back, and every other token issued for the password alone ends."
        ),
        request=NewPasskeySerializer,
        responses={201: MadePasskeySerializer},
        examples=[
            told.sent({"name": "Pixel 9", "credential": CREDENTIAL}),
            told.answered({"passkey": PASSKEY, "backup_codes": []}),
        ],
    )
    def post(self, request: Request) -> Response:
        """The passkey, and backup codes this once."""
        user, asking = cast("User", request.user), cast("HttpRequest", request)
        form = NewPasskeySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = form.validated_data
        try:
            new = services.add_passkey(
                asking, user, fields["name"], fields["credential"], used=request.auth
            )
        except services.PasskeyRefused as refused:
            raise refusal("credential", refused) from None
        if isinstance(request.auth, SessionCredential) and not second_factor.is_verified(user):
            confirmation.mark_verified(asking, new.device)
        answer: dict[str, Any] = {
            "passkey": PasskeySerializer(new.device).data,
            "backup_codes": list(new.backup_codes),
        }
        return Response(answer, status=201, headers={"Cache-Control": "no-store"})


class ChallengeApi(APIView):
    """What a passkey has to sign."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="auth_passkeys_challenge",
        tags=told.TAGS,
        summary="Ask for a passkey",
        description=(
            "A challenge for `navigator.credentials.get`, good for five minutes and one answer. "
            "Without credentials it is for signing in: send the answer to `auth/login` as "
            "`passkey`. With credentials it is for a recent confirmation."
        ),
        request=None,
        responses={200: ChallengeSerializer},
        examples=[
            told.answered(
                {
                    "purpose": "sign_in",
                    "options": {
                        "challenge": "dG…",
                        "rpId": "coach.example.org",
                        "userVerification": "required",
                    },
                }
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """What for, and the options."""
        asking = cast("HttpRequest", request)
        wait_seconds = services.may_ask_passkey(client_address(asking))
        if wait_seconds:
            raise Throttled(wait=wait_seconds)
        user, purpose = None, Purpose.SIGN_IN
        if request.user.is_authenticated:
            user = cast("User", request.user)
            owes_code = owed_by(request) is Owed.CODE
            purpose = Purpose.SECOND_FACTOR if owes_code else Purpose.CONFIRMATION
        options = services.ask_passkey(asking, purpose, user)
        return Response({"purpose": purpose, "options": options})


def refusal(field: str, refused: services.PasskeyRefused) -> ValidationError:
    """A 400 that names the field."""
    return ValidationError({field: [ErrorDetail(refused.message, refused.code)]})
