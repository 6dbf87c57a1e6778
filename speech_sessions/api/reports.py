"""What was measured: the report of one session, its events, a person's numbers over time."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django_filters.utils import translate_validation
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from contract.pagination import PageNumberPagination
from speech_sessions import selectors
from speech_sessions.api import documentation
from speech_sessions.api.owners import OwnedSessionsViewSet
from speech_sessions.filters import AnalyticsFilters


class EventPagination(PageNumberPagination):
    """The events of one report: 100 a page unless asked otherwise, 1000 at most."""

    page_size = 100
    max_page_size = 1000


class ReportsMixin(OwnedSessionsViewSet):
    """`{id}/report/`, `{id}/events/`, `analytics/`."""

    @documentation.report
    @action(detail=True)
    def report(self, request: Request, pk: str) -> Response:
        """The newest report, as it was measured."""
        return Response(self._report())

    @documentation.events
    @action(detail=True, pagination_class=EventPagination, filter_backends=())
    def events(self, request: Request, pk: str) -> Response:
        """Fillers, pauses, repetitions and so on, in the order of the recording."""
        found = self._report()["events"]
        wanted = request.query_params.get("type")
        if wanted:
            found = [event for event in found if event["type"] == wanted]
        return self.get_paginated_response(self.paginate_queryset(found))

    @documentation.analytics
    @action(detail=False, pagination_class=None, filter_backends=())
    def analytics(self, request: Request) -> Response:
        """Totals, averages, their course over time, and what changed."""
        filters = AnalyticsFilters(request.query_params)
        if not filters.is_valid():
            raise translate_validation(filters.errors)
        asked = filters.form.cleaned_data
        numbers = selectors.analytics(
            self.owner(),
            from_=asked["from"],
            to=asked["to"],
            bucket=asked["bucket"] or "week",
            kind=asked["kind"],
            language=asked["language"],
        )
        return Response(asdict(numbers))

    def _report(self) -> dict[str, Any]:
        document = selectors.report_document(self.opened_object())
        if document is None:
            raise NotFound(_("There is no report of this session yet."), "no_report")
        return document
