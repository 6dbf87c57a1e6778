"""One session: its report, its progress, and the wish to analyse it again."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from speech_sessions.models import SpeechSession


@login_required
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a session; another's is not there."""
    session = get_object_or_404(SpeechSession, user=request.user, pk=pk)
    return render(request, "speech_sessions/session_detail.html", {"session": session})


@login_required
def status(request: HttpRequest, pk: int) -> JsonResponse:
    """How far the analysis is."""
    session = get_object_or_404(SpeechSession, user=request.user, pk=pk)
    return JsonResponse({"id": session.pk, "status": session.status})


@login_required
@require_POST
def analyze(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the session."""
    return redirect(get_object_or_404(SpeechSession, user=request.user, pk=pk))
