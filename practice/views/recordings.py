"""What was said in a session, from the page's script."""

from django.shortcuts import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from contract.idempotency import answer_once
from practice import selectors
from practice.recording_answers import kept


class RecordingView(APIView):
    """What was said in a session, for the page's script: 201 `{"id", "url"}`."""

    parser_classes = (MultiPartParser,)
    schema = None

    def post(self, request: Request, pk: int) -> Response:
        """Store the recording once a key, however often it is sent."""
        return answer_once(request, lambda: self._keep(request, pk))

    def _keep(self, request: Request, pk: int) -> Response:
        return kept(request, get_object_or_404(selectors.own_sessions(request.user), pk=pk))
