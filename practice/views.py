"""The pages of practice: what to do, the clock, and how it went."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from contract.errors import Refused
from contract.idempotency import answer_once
from practice import selectors, services
from practice.clock import clock_of
from speech_sessions.presentation.focus import focus_of
from speech_sessions.selectors import report_document
from speech_sessions.services import RecordingRefused
from speech_sessions.views.signed_in import SignedInRequest


@require_safe
@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """What one can practise, and how the week looks."""
    sequences = list(selectors.sequences_for(request.user))
    context = {
        "own": [sequence for sequence in sequences if sequence.owner_id],
        "provided": [sequence for sequence in sequences if not sequence.owner_id],
        "open_session": selectors.current_session(request.user),
        "week_seconds": selectors.seconds_this_week(request.user),
        "streak": selectors.streak_of(request.user),
    }
    return render(request, "practice/home.html", context)


@require_POST
@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """Begin, and lead to the clock."""
    wanted = request.POST.get("sequence", "")
    sequence = None
    if wanted:
        known = wanted.isascii() and wanted.isdigit() and len(wanted) < 19
        pk = int(wanted) if known else 0
        sequence = get_object_or_404(selectors.sequences_for(request.user), pk=pk)
    return redirect("practice:session", services.start(request.user, sequence).pk)


@require_safe
@login_required
@never_cache
def session(request: SignedInRequest, pk: int) -> HttpResponse:
    """The clock while the session is open, then how it went."""
    found = get_object_or_404(_of(request), pk=pk)
    if found.completed_at is None:
        context: dict[str, Any] = {"session": found, "clock": clock_of(found)}
        return render(request, "practice/session.html", context)
    recording = found.recording
    document = report_document(recording) if recording else None
    context = {
        "session": found,
        "recording": recording,
        "focus": focus_of(recording, document["feedback"] or {})
        if recording and document
        else None,
        "usual_seconds": selectors.usual_seconds(found),
        "week_seconds": selectors.seconds_this_week(request.user),
        "streak": selectors.streak_of(request.user),
    }
    return render(request, "practice/result.html", context)


class RecordingView(APIView):
    """What was said in a session, for the page's script: 201 `{"id", "url"}`."""

    parser_classes = (MultiPartParser,)
    schema = None

    def post(self, request: Request, pk: int) -> Response:
        """Store the recording once a key, however often it is sent."""
        return answer_once(request, lambda: self._keep(request, pk))

    def _keep(self, request: Request, pk: int) -> Response:
        practised = get_object_or_404(_of(request), pk=pk)
        file = request.FILES.get("audio_file")
        if file is None:
            detail = ErrorDetail(_("Send a recording."), "required")
            raise ValidationError({"audio_file": [detail]})
        try:
            recording = services.keep_recording(practised, file)
        except RecordingRefused as refused:
            raise Refused(
                refused.status, refused.code, refused.message, attr="audio_file"
            ) from refused
        body = {"id": recording.pk, "url": recording.get_absolute_url()}
        return Response(body, status=status.HTTP_201_CREATED)


def _of(request: SignedInRequest | Request) -> Any:
    sessions: Any = selectors.with_details(selectors.sessions_of(request.user))
    return sessions.select_related("question", "recording", "recording__report")
