"""Sessions: list, create, read, change, delete, analyse again, many at once."""

from typing import Any

from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from contract.changes import ChangesMixin
from contract.etag import ConditionalGetMixin
from contract.idempotency import IdempotentCreateMixin, answer_once
from speech_sessions import selectors, services
from speech_sessions.api import documentation
from speech_sessions.api.bands import BandsMixin
from speech_sessions.api.recordings import RecordingsMixin
from speech_sessions.api.reports import ReportsMixin
from speech_sessions.filters import SessionFilters
from speech_sessions.models import DeletedSession, SpeechSession
from speech_sessions.serializers import BulkSerializer, SessionSerializer


@documentation.sessions
class SpeechSessionViewSet(
    ConditionalGetMixin,
    IdempotentCreateMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    ChangesMixin,
    RecordingsMixin,
    ReportsMixin,
    BandsMixin,
):
    """One's own speech sessions."""

    queryset = SpeechSession.objects.none()
    serializer_class = SessionSerializer
    filterset_class = SessionFilters
    lookup_value_regex = "[0-9]+"

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Sessions that fit; since a moment: what changed, and what is left of deleted ones."""
        owner = self.owner()
        filters = SessionFilters(request.query_params, queryset=selectors.sessions_of(owner))
        return self.page_of_changes(filters, DeletedSession.objects.filter(user=owner))

    def get_success_headers(self, data: Any) -> dict[str, str]:
        """Where the new session is."""
        address = reverse("speech-session-detail", args=(data["id"],), request=self.request)
        return {"Location": address}

    def perform_destroy(self, instance: SpeechSession) -> None:
        """Delete the session and everything that belongs to it."""
        services.delete_session(instance)

    @documentation.analyze
    @action(detail=True, methods=["post"])
    def analyze(self, request: Request, pk: str) -> Response:
        """Analyse again; the report shown stays until the new one is there."""
        return answer_once(request, self._analyze)

    def _analyze(self) -> Response:
        session = self.own_object()
        services.request_analysis(session)
        return Response(self.get_serializer(session).data, status=status.HTTP_202_ACCEPTED)

    @documentation.bulk_update
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=())
    def bulk_update(self, request: Request) -> Response:
        """One action on up to 500 sessions; each is answered for."""
        order = BulkSerializer(data=request.data)
        order.is_valid(raise_exception=True)
        results = services.apply_bulk_action(self.who_asks(), **order.validated_data)
        return Response(
            {
                "results": [
                    {"id": result.id, "ok": result.ok}
                    | ({} if result.ok else {"error": result.error})
                    for result in results
                ]
            }
        )
