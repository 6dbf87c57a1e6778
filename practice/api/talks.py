"""One's own talks over HTTP. What is not valid is answered 422."""

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ModelViewSet

from accounts.models import User
from contract.documentation import IDEMPOTENCY_KEY, STILL_RUNNING
from contract.etag import ConditionalGetMixin
from contract.idempotency import IdempotentCreateMixin
from practice import services, talk_selectors
from practice.models import Talk
from practice.talk_serializers import TalkSerializer

_TAGS = ["Practice Content"]
_TO_START = "Send its `id` as `sequence_id` to `sessions/start/` to rehearse it."


@extend_schema_view(
    list=extend_schema(
        tags=_TAGS, summary="List talks", description=f"One's own, changed last first. {_TO_START}"
    ),
    create=extend_schema(
        tags=_TAGS,
        summary="Bring a talk",
        description=f"A script, sections with the time each may take, or both. {_TO_START}",
        parameters=[IDEMPOTENCY_KEY],
        responses={201: TalkSerializer, 409: STILL_RUNNING},
    ),
    retrieve=extend_schema(
        tags=_TAGS, summary="Read a talk", description="With its script and sections."
    ),
    update=extend_schema(
        tags=_TAGS,
        summary="Change a talk",
        description="Replaces title, script, language and sections; what is left out is emptied.",
    ),
    destroy=extend_schema(
        tags=_TAGS,
        summary="Delete a talk",
        description="Sessions practised with it stay.",
        responses={204: None},
    ),
)
class TalkViewSet(ConditionalGetMixin, IdempotentCreateMixin, ModelViewSet[Talk]):
    """One's own talks."""

    queryset = Talk.objects.none()
    serializer_class = TalkSerializer
    lookup_value_regex = "[0-9]{1,18}"
    http_method_names = ("get", "head", "options", "post", "put", "delete")
    filter_backends = ()
    status_of_invalid = status.HTTP_422_UNPROCESSABLE_ENTITY

    def handle_exception(self, exc: Exception) -> Response:
        """What is not valid is 422."""
        if isinstance(exc, ValidationError | ParseError):
            exc.status_code = self.status_of_invalid
        return super().handle_exception(exc)

    def get_queryset(self) -> QuerySet[Talk]:
        """Those of the person who asks."""
        return talk_selectors.talks_of(self._who())

    def perform_create(self, serializer: BaseSerializer[Talk]) -> None:
        """Store a new one."""
        self._save(serializer, None)

    def perform_update(self, serializer: BaseSerializer[Talk]) -> None:
        """Store what changed."""
        self._save(serializer, serializer.instance)

    def perform_destroy(self, instance: Talk) -> None:
        """Delete it, with its sections."""
        services.delete_talk(instance)

    def _save(self, serializer: BaseSerializer[Talk], talk: Talk | None) -> None:
        sent: dict[str, Any] = serializer.validated_data
        saved = services.save_talk(
            self._who(),
            talk,
            title=sent["sequence"]["title"],
            language=sent["sequence"]["language"],
            script=sent["script"],
            sections=sent["sequence"]["steps"],
        )
        serializer.instance = self.get_queryset().get(pk=saved.pk)

    def _who(self) -> User:
        return cast("User", self.request.user)
