"""What one can practise: sequences of steps, and questions."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ModelViewSet, ReadOnlyModelViewSet

from accounts.models import User
from contract.changes import ChangesMixin
from contract.etag import ConditionalGetMixin
from contract.idempotency import IdempotentCreateMixin, answer_once
from practice import question_bank, selectors, services
from practice.api import documentation
from practice.api.refusals import PracticeRefusalsMixin
from practice.content_serializers import QuestionSerializer, SequenceSerializer
from practice.filters import QuestionFilters, SequenceFilters
from practice.models import DeletedPractice, Kind, Question, Sequence


@documentation.sequences
class SequenceViewSet(
    PracticeRefusalsMixin,
    ConditionalGetMixin,
    IdempotentCreateMixin,
    ChangesMixin,
    ModelViewSet[Sequence],
):
    """The product's own sequences, and one's own."""

    queryset = Sequence.objects.none()
    serializer_class = SequenceSerializer
    lookup_value_regex = "[0-9]{1,18}"
    http_method_names = ("get", "head", "options", "post", "put", "patch", "delete")
    filter_backends = ()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Sequences that fit; since a moment: what changed, and what is left of deleted ones."""
        filters = SequenceFilters(request.query_params, queryset=self.get_queryset())
        gone = DeletedPractice.objects.filter(
            user=self._who(), thing=DeletedPractice.Thing.SEQUENCE
        )
        return self.page_of_changes(filters, gone)

    def get_queryset(self) -> QuerySet[Sequence]:
        """What the person who asks may practise."""
        return selectors.sequences_for(self._who())

    def get_object(self) -> Sequence:
        """The sequence of the address; only one's own can be changed."""
        sequence = super().get_object()
        if self.request.method in {"PUT", "PATCH", "DELETE"} and sequence.owner_id is None:
            raise PermissionDenied(_("Duplicate this sequence first: a copy is yours to change."))
        return sequence

    def perform_create(self, serializer: BaseSerializer[Sequence]) -> None:
        """Store a new one."""
        self._save(serializer, Sequence(owner=self._who(), kind=Kind.CUSTOM))

    def perform_update(self, serializer: BaseSerializer[Sequence]) -> None:
        """Store what changed."""
        assert serializer.instance is not None
        self._save(serializer, serializer.instance)

    def perform_destroy(self, instance: Sequence) -> None:
        """Delete it; offline clients learn that it is gone."""
        services.delete_sequence(instance)

    @documentation.duplicate
    @action(detail=True, methods=["post"])
    def duplicate(self, request: Request, pk: str) -> Response:
        """A copy that is one's own."""
        return answer_once(request, lambda: self._duplicate(self.get_object()))

    def _duplicate(self, sequence: Sequence) -> Response:
        copied = services.copy_sequence(self._who(), sequence)
        return Response(self.get_serializer(copied).data, status=status.HTTP_201_CREATED)

    def _save(self, serializer: BaseSerializer[Sequence], sequence: Sequence) -> None:
        sent: dict[str, Any] = serializer.validated_data
        serializer.instance = services.save_sequence(
            sequence,
            title=sent.get("title", sequence.title),
            description=sent.get("description", sequence.description),
            steps=sent.get("steps"),
        )

    def _who(self) -> User:
        return cast("User", self.request.user)


@documentation.questions
class QuestionViewSet(PracticeRefusalsMixin, ConditionalGetMixin, ReadOnlyModelViewSet[Question]):
    """Things to speak about."""

    queryset = Question.objects.none()
    serializer_class = QuestionSerializer
    filterset_class = QuestionFilters
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Question]:
        """What is on offer."""
        return question_bank.offered()

    @documentation.random_question
    @action(detail=False, pagination_class=None)
    def random(self, request: Request) -> Response:
        """One question that fits, drawn anew each time."""
        found = self.filter_queryset(self.get_queryset()).order_by("?").first()
        if found is None:
            raise NotFound(_("There is no such question."))
        return Response(self.get_serializer(found).data)
