"""Practice sessions: start, pause, resume, end, and what they come to."""

from dataclasses import asdict
from typing import Any, cast

from django.utils.translation import gettext as _
from django_filters.utils import translate_validation
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.models import User
from accounts.time_zones import InOwnZoneMixin
from contract.changes import ChangesMixin
from contract.etag import ConditionalGetMixin
from contract.idempotency import answer_once
from contract.ids import id_in_address
from practice import question_bank, selectors, serializers, services
from practice.api import documentation
from practice.api.kinds import KindsMixin
from practice.api.refusals import PracticeRefusalsMixin
from practice.filters import CalendarForm, HistoryFilters
from practice.kind_serializers import StartSerializer
from practice.models import DeletedPractice, PracticeSession


class PracticeSessionViewSet(
    PracticeRefusalsMixin,
    ConditionalGetMixin,
    InOwnZoneMixin,
    KindsMixin,
    ChangesMixin,
    GenericViewSet[PracticeSession],
):
    """One's own practice. What is not valid is answered 422 in all of these calls."""

    queryset = PracticeSession.objects.none()
    serializer_class = serializers.PracticeSessionDetailSerializer
    lookup_value_regex = "[0-9]+"
    filter_backends = ()
    http_method_names = ("get", "head", "options", "post", "put", "patch", "delete")

    def get_object(self) -> PracticeSession:
        """The session that the address names. Raises DoesNotExist, NotTheirs."""
        return selectors.session_of(self._who(), self._pk())

    @documentation.start
    @action(detail=False, methods=["post"])
    def start(self, request: Request) -> Response:
        """Begin to practise."""
        asked = self._read(StartSerializer)
        return answer_once(request, lambda: self._start(**asked))

    def _start(
        self,
        sequence_id: int | None,
        kind: str,
        question_id: int | None,
        planned_seconds: int | None,
        **wish: str,
    ) -> Response:
        sequence = question = None
        if sequence_id is not None:
            sequence = get_object_or_404(selectors.sequences_for(self._who()), pk=sequence_id)
        if question_id is not None:
            question = get_object_or_404(question_bank.offered(), pk=question_id)
        plan = services.Plan(question_bank.Wish(**wish, question=question), planned_seconds)
        session = services.start(self._who(), sequence, kind, plan)
        answer = serializers.PracticeSessionSerializer(session).data
        return Response(answer, status=status.HTTP_201_CREATED)

    @documentation.complete
    @action(detail=False, methods=["post"])
    def complete(self, request: Request) -> Response:
        """End a session; ending it again gives the same answer."""
        said = self._read(serializers.CompleteSerializer)
        session = services.complete(
            self._who(),
            said["session_id"],
            services.Completion(
                said["duration_seconds"],
                said["completion_status"],
                said["steps_completed"],
                said["notes"],
                said["at"],
            ),
        )
        totals = asdict(selectors.statistics(self._who()))
        return Response(
            serializers.PracticeSessionSerializer(session).data | {"statistics": totals}
        )

    @documentation.pause
    @action(detail=True, methods=["put"])
    def pause(self, request: Request, pk: str) -> Response:
        """Take a break."""
        asked = self._read(serializers.PauseSerializer)
        session = services.pause(self._who(), self._pk(), **asked)
        return Response(serializers.ProgressSerializer(session).data)

    @documentation.resume
    @action(detail=True, methods=["put"])
    def resume(self, request: Request, pk: str) -> Response:
        """Go on after a break."""
        asked = self._read(serializers.ResumeSerializer)
        session = services.resume(self._who(), self._pk(), **asked)
        return Response(serializers.ProgressSerializer(session).data)

    @documentation.mark_step
    @action(detail=True, methods=["put"], url_path=r"steps/(?P<number>[0-9]+)")
    def mark_step(self, request: Request, pk: str, number: str) -> Response:
        """Note how one step went."""
        place = int(number[:5])
        if not 1 <= place <= services.MOST_STEPS:
            raise NotFound(_("There is no such step."))
        said = self._read(serializers.MarkStepSerializer)
        services.mark_step(self._who(), self._pk(), place, **said)
        return Response(self.get_serializer(self.get_object()).data)

    @documentation.current
    @action(detail=False)
    def current(self, request: Request) -> Response:
        """The newest session that has not ended."""
        session = selectors.current_session(self._who())
        if session is None:
            raise NotFound(_("No practice session is open."))
        context = self.get_serializer_context()
        return Response(serializers.PracticeSessionSerializer(session, context=context).data)

    @documentation.history
    @action(detail=False)
    def history(self, request: Request) -> Response:
        """One's sessions, the newest first; since a moment: what changed, and what is gone."""
        sessions = selectors.with_details(selectors.sessions_of(self._who()))
        filters = HistoryFilters(request.query_params, queryset=sessions)
        gone = DeletedPractice.objects.filter(user=self._who(), thing=DeletedPractice.Thing.SESSION)
        return self.page_of_changes(filters, gone)

    @documentation.stats
    @action(detail=False, pagination_class=None)
    def stats(self, request: Request) -> Response:
        """What practice came to so far."""
        return Response(asdict(selectors.overview(self._who())))

    @documentation.calendar
    @action(detail=False, pagination_class=None)
    def calendar(self, request: Request) -> Response:
        """The days of one month or year on which one practised."""
        form = CalendarForm(request.query_params)
        if not form.is_valid():
            raise translate_validation(form.errors)
        return Response({"days": selectors.calendar(self._who(), *form.span())})

    @documentation.retrieve
    def retrieve(self, request: Request, pk: str) -> Response:
        """One session, with its steps, breaks and notes."""
        return Response(self.get_serializer(self.get_object()).data)

    @documentation.write_notes
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Keep notes, a reflection, and the ticked parts of an answer."""
        session = self.get_object()
        sent = self.get_serializer(session, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        services.write_notes(session, **sent.validated_data)
        return Response(self.get_serializer(session).data)

    @documentation.destroy
    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a session; what was recorded in it stays."""
        services.delete_session(self._who(), self._pk())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _read(self, serializer: type[Any]) -> dict[str, Any]:
        sent = serializer(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return cast("dict[str, Any]", sent.validated_data)

    def _who(self) -> User:
        return cast("User", self.request.user)

    def _pk(self) -> int:
        return id_in_address(self.kwargs["pk"])
