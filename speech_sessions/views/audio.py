"""The recording itself, for its owner only."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from speech_sessions.models import SpeechSession


@login_required
def audio(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The recording; another's, or one that is not there, is 404."""
    session = get_object_or_404(SpeechSession, user=request.user, pk=pk)
    if not session.audio_file:
        raise Http404
    return FileResponse(session.audio_file.open())
