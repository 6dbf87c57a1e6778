"""Changing and deleting one session."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from speech_sessions.models import SpeechSession


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a session."""
    session = get_object_or_404(SpeechSession, user=request.user, pk=pk)
    return render(request, "speech_sessions/session_form.html", {"session": session})


@login_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """The question before a session goes."""
    session = get_object_or_404(SpeechSession, user=request.user, pk=pk)
    return render(request, "speech_sessions/session_confirm_delete.html", {"session": session})
