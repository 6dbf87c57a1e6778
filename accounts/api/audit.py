"""`auth/audit`: what happened to the account of who asks."""

from typing import cast

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView

from accounts import selectors
from accounts.api import documentation as told
from accounts.models import SecurityEvent, User
from accounts.serializers.entrance import SecurityEventSerializer

EVENT = {
    "id": 42,
    "kind": "new_device",
    "label": "Signed in with a new browser or device",
    "at": "2026-11-21T09:30:00Z",
    "address": "203.0.113.5",
    "device": "Firefox on Windows",
    "by_staff": False,
    "detail": {},
}


@extend_schema_view(
    get=extend_schema(
        operation_id="auth_audit",
        tags=told.TAGS,
        summary="List what happened to my account",
        description="Sign-ins, refused passwords, new factors and the like, the newest first; "
        "kept for two years.",
        parameters=[
            OpenApiParameter(
                "kind",
                OpenApiTypes.STR,
                description="Only events of this kind.",
                enum=SecurityEvent.Kind.values,
            )
        ],
        examples=[told.answered(EVENT)],
    )
)
class AuditApi(ListAPIView[SecurityEvent]):
    """The list."""

    serializer_class = SecurityEventSerializer
    filter_backends = ()

    def get_queryset(self) -> QuerySet[SecurityEvent]:
        """The caller's own events, of one kind where one is named."""
        if getattr(self, "swagger_fake_view", False):
            return SecurityEvent.objects.none()
        kind = self.request.query_params.get("kind", "")
        return selectors.events_of(cast("User", self.request.user), kind)
