"""`voice-conversations/`: talks as clients store them."""

from typing import Any, cast

from django.db.models import QuerySet
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import ModelViewSet

from accounts.models import User
from accounts.time_zones import InOwnZoneMixin
from contract.changes import ChangesMixin
from contract.choices import one_of
from contract.etag import ConditionalGetMixin
from contract.idempotency import IdempotentCreateMixin
from contract.ids import id_in_address
from conversations import selectors, services
from conversations.api import documentation
from conversations.filters import ConversationFilters
from conversations.models import DeletedConversation, VoiceConversation
from conversations.serializers import AddFeedbackSerializer, ConversationSerializer


@documentation.conversations
class VoiceConversationViewSet(
    ConditionalGetMixin,
    InOwnZoneMixin,
    IdempotentCreateMixin,
    ChangesMixin,
    ModelViewSet[VoiceConversation],
):
    """One's own conversations."""

    queryset = VoiceConversation.objects.none()
    serializer_class = ConversationSerializer
    filterset_class = ConversationFilters
    lookup_value_regex = "[0-9]+"

    def get_queryset(self) -> QuerySet[VoiceConversation]:
        """Those of who asks."""
        return selectors.conversations_of(self._who())

    def get_object(self) -> VoiceConversation:
        """The one that the address names; 404 where it is not there or another's."""
        return get_object_or_404(self.get_queryset(), pk=id_in_address(self.kwargs["pk"]))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Conversations that fit; since a moment: what changed, and what is left of the deleted."""
        return self._those_that_fit(self.get_queryset())

    def get_success_headers(self, data: Any) -> dict[str, str]:
        """Where the new conversation is."""
        address = reverse("voice-conversation-detail", args=(data["id"],), request=self.request)
        return {"Location": address}

    def perform_destroy(self, instance: VoiceConversation) -> None:
        """Delete it, and keep that it is gone."""
        services.delete(instance)

    @documentation.add_feedback
    @action(detail=True, methods=["patch"])
    def add_feedback(self, request: Request, pk: str) -> Response:
        """Merge feedback into what is there."""
        sent = AddFeedbackSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        kept = services.add_feedback(self.get_object(), sent.validated_data["ai_feedback"])
        return Response(self.get_serializer(kept).data)

    @documentation.by_language
    @action(detail=False, url_path=r"by-language/(?P<language>[^/]{1,35})")
    def by_language(self, request: Request, language: str) -> Response:
        """Those in a language."""
        return self._those_that_fit(selectors.in_language(self.get_queryset(), language))

    @documentation.by_type
    @action(detail=False, url_path=r"by-type/(?P<type>[^/]+)")
    def by_type(self, request: Request, type: str) -> Response:  # noqa: A002 - the contract's word
        """Those of a type."""
        if type not in VoiceConversation.Type.values:
            message = str(one_of(VoiceConversation.Type.values)["invalid_choice"])
            raise ValidationError({"conversation_type": [ErrorDetail(message, "invalid_choice")]})
        return self._those_that_fit(self.get_queryset().filter(conversation_type=type))

    @documentation.summary
    @action(detail=False, pagination_class=None, filter_backends=())
    def summary(self, request: Request) -> Response:
        """What they come to."""
        return Response(selectors.summary(self._who()))

    def _those_that_fit(self, conversations: QuerySet[VoiceConversation]) -> Response:
        filters = ConversationFilters(self.request.query_params, queryset=conversations)
        gone = DeletedConversation.objects.filter(user=self._who())
        return self.page_of_changes(filters, gone)

    def _who(self) -> User:
        return cast("User", self.request.user)
