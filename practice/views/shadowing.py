"""Shadowing: the phrases there are, and what the page sends when they are said."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from rest_framework import status
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from contract.errors import Refused
from contract.idempotency import answer_once
from practice import selectors, services
from practice.services.shadowing import keep_phrases
from practice.shadowing_pages import by_language
from practice.shadowing_serializers import said_in
from speech_sessions.services import RecordingRefused
from speech_sessions.views.signed_in import SignedInRequest


@require_safe
@login_required
def shadowing(request: SignedInRequest) -> HttpResponse:
    """The sets of phrases, by language and level."""
    languages = by_language(selectors.sequences_for(request.user), request.LANGUAGE_CODE)
    return render(request, "practice/shadowing/list.html", {"languages": languages})


class PhrasesView(APIView):
    """How the phrases of a session were said, for the page's script: 201 `{"id", "url"}`."""

    parser_classes = (MultiPartParser, JSONParser)
    schema = None

    def post(self, request: Request, pk: int) -> Response:
        """End the practice once a key, however often it is sent."""
        return answer_once(request, lambda: self._keep(request, pk))

    def _keep(self, request: Request, pk: int) -> Response:
        practised = get_object_or_404(selectors.own_sessions(request.user), pk=pk)
        said = said_in(request.data)
        try:
            session = keep_phrases(
                practised,
                services.Completion(
                    said["duration_seconds"],
                    said["completion_status"],
                    steps_completed=len(set(said["done"])),
                ),
                said["done"],
                said["phrases"],
                request.FILES.get("audio_file"),
            )
        except RecordingRefused as refused:
            raise Refused(
                refused.status, refused.code, refused.message, attr="audio_file"
            ) from refused
        body = {"id": session.pk, "url": reverse("practice:session", args=[session.pk])}
        return Response(body, status=status.HTTP_201_CREATED)
