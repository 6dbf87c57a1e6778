"""The list of one's sessions, and what can be done with many of them at once."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from speech_sessions.models import SpeechSession


@login_required
def session_list(request: HttpRequest) -> HttpResponse:
    """One's sessions, newest first."""
    sessions = SpeechSession.objects.filter(user=request.user)
    return render(request, "speech_sessions/session_list.html", {"sessions": sessions})


@login_required
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Back to the list."""
    return redirect("speech_sessions:list")
