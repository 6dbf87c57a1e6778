"""`auth/me`: who asks."""

from typing import cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.api import documentation as told
from accounts.models import User
from accounts.serializers.users import UserSerializer
from contract.etag import ConditionalGetMixin


class MeApi(ConditionalGetMixin):
    """The person who is signed in."""

    @extend_schema(
        operation_id="auth_me",
        tags=told.TAGS,
        summary="Who am I",
        description="The account that the credentials of this call speak for.",
        responses={200: UserSerializer},
        examples=[told.answered(told.USER)],
    )
    def get(self, request: Request) -> Response:
        """Oneself."""
        return Response(self._told(request))

    @extend_schema(
        operation_id="auth_me_change",
        tags=told.TAGS,
        summary="Change my name, language or zone",
        description="What is left out stays.",
        request=UserSerializer,
        responses={200: UserSerializer},
        examples=[told.sent({"name": "Alice Archer"}), told.answered(told.USER)],
    )
    def patch(self, request: Request) -> Response:
        """Oneself, changed."""
        user = cast("User", request.user)
        form = UserSerializer(user, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        services.change_person(user, form.validated_data)
        return Response(self._told(request))

    @staticmethod
    def _told(request: Request) -> dict[str, object]:
        user = cast("User", request.user)
        user.owner_has_factor = getattr(request.auth, "owner_has_factor", None)  # type: ignore[attr-defined]
        return dict(UserSerializer(user, context={"request": request}).data)
