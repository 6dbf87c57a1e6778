"""`auth/devices`: what may speak for a person besides their browsers."""

import uuid
from typing import Any, cast

from django.http import Http404, HttpRequest
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import selectors, services
from accounts.api import documentation as told
from accounts.models import DeviceToken, RefreshFamily, User
from accounts.serializers.users import DeviceSerializer

# What a list tells of a token's digest: enough to name one.
TOKEN_ID_LENGTH = 32


def described(credential: DeviceToken | RefreshFamily, current: Any) -> dict[str, Any]:
    """A token or a family, as the list shows it."""
    if isinstance(credential, DeviceToken):
        own = {
            "id": credential.digest[:TOKEN_ID_LENGTH],
            "kind": "token",
            "created_at": credential.created,
            "expires_at": credential.expiry,
        }
    else:
        own = {
            "id": str(credential.pk),
            "kind": "refresh",
            "created_at": credential.created_at,
            "expires_at": credential.expires_at,
        }
    return own | {
        "name": credential.name,
        "last_used_at": credential.last_used_at,
        "last_address": credential.last_address,
        "current": credential == current,
    }


class DevicesApi(APIView):
    """The list."""

    @extend_schema(
        operation_id="auth_devices",
        tags=told.TAGS,
        summary="List my devices",
        description="Tokens and sign-ins that renew themselves; those that ended are left out.",
        responses={200: DeviceSerializer(many=True)},
        examples=[told.answered(told.DEVICE)],
    )
    def get(self, request: Request) -> Response:
        """What may speak for who asks, the newest first."""
        user = cast("User", request.user)
        found = [*selectors.tokens_of(user), *selectors.families_of(user)]
        rows = [described(each, request.auth) for each in found]
        rows.sort(key=lambda row: row["created_at"], reverse=True)
        return Response(DeviceSerializer(rows, many=True).data)


class DeviceApi(APIView):
    """One of them."""

    @extend_schema(
        operation_id="auth_devices_end",
        tags=told.TAGS,
        summary="Sign a device out",
        description="Its token, or its access and refresh tokens, are refused from now on.",
        parameters=[OpenApiParameter("id", OpenApiTypes.STR, OpenApiParameter.PATH)],
        responses={204: None},
    )
    def delete(self, request: Request, id: str) -> Response:  # noqa: A002 - as the contract says
        """End it."""
        user, asking = cast("User", request.user), cast("HttpRequest", request)
        if len(id) == TOKEN_ID_LENGTH and id.isalnum():
            token = selectors.tokens_of(user).filter(digest__startswith=id).first()
            ended = token is not None and services.revoke_tokens(user, token.digest, asking)
        else:
            ended = services.end_families(user, _uuid(id), asking)
        if not ended:
            raise NotFound
        return Response(status=status.HTTP_204_NO_CONTENT)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error
