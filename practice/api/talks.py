"""One's own talks over HTTP. What is not valid is answered 422."""

from typing import Any, cast

from django.db.models import QuerySet
from django_filters.utils import translate_validation
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ModelViewSet

from accounts.models import User
from contract.changes import ChangesMixin
from contract.documentation import IDEMPOTENCY_KEY
from contract.etag import ConditionalGetMixin
from contract.idempotency import IdempotentCreateMixin
from contract.pagination import Chain
from contract.schema import error_answer
from practice import services, talk_selectors
from practice.api.refusals import PracticeRefusalsMixin
from practice.filters import SequenceFilters
from practice.models import DeletedPractice, Sequence, Talk
from practice.talk_serializers import TalkSerializer

_TAGS = ["Practice Content"]
_TO_START = "Send its `id` as `sequence_id` to `sessions/start/` to rehearse it."

_FIELDS = OpenApiParameter(
    "fields", str, description="Only these fields, separated by commas, such as `id,title`."
)
_FULL = error_answer(
    "One has 500 of one's own already, or the first request with this key is still running.",
    "too_many",
    "You have 500 sequences of your own. Delete one you no longer use first.",
)


@extend_schema_view(
    list=extend_schema(
        tags=_TAGS,
        summary="List talks",
        description=f"One's own, changed last first. {_TO_START} With `updated_after`: what "
        "changed since, in the order of the changes, and then `{id, deleted_at}` for each talk or "
        "sequence of one's own deleted since.",
        parameters=[
            _FIELDS,
            OpenApiParameter(
                "updated_after", str, description="Changed after this moment (ISO 8601) or day."
            ),
        ],
    ),
    create=extend_schema(
        tags=_TAGS,
        summary="Bring a talk",
        description=f"A script, sections with the time each may take, or both. {_TO_START}",
        parameters=[IDEMPOTENCY_KEY],
        responses={201: TalkSerializer, 409: _FULL},
    ),
    retrieve=extend_schema(
        tags=_TAGS,
        summary="Read a talk",
        description="With its script and sections.",
        parameters=[_FIELDS],
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
class TalkViewSet(
    PracticeRefusalsMixin,
    ConditionalGetMixin,
    IdempotentCreateMixin,
    ChangesMixin,
    ModelViewSet[Talk],
):
    """One's own talks."""

    queryset = Talk.objects.none()
    serializer_class = TalkSerializer
    lookup_value_regex = "[0-9]{1,18}"
    http_method_names = ("get", "head", "options", "post", "put", "delete")
    filter_backends = ()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One's own; since a moment: what changed, and what is left of deleted ones."""
        filters = SequenceFilters(request.query_params, queryset=Sequence.objects.none())
        if not filters.is_valid():
            raise translate_validation(filters.errors)
        found: Any = self.get_queryset()
        moment = filters.changed_after
        if moment is not None:
            thing = DeletedPractice.Thing.SEQUENCE
            found = Chain(
                talk_selectors.changed_talks(self._who(), moment),
                DeletedPractice.objects.filter(user=self._who(), thing=thing).since(moment),
            )
        return self.page_of(found)

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
