"""The recording itself, for its owner only."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from contract.ranges import serve_stored
from speech_sessions import selectors
from speech_sessions.presentation.rows import title_of
from speech_sessions.views.signed_in import SignedInRequest


@login_required
@require_safe
def audio(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The recording, streamed by Range; `?download` names the file for keeping."""
    session = get_object_or_404(selectors.sessions_of(request.user), pk=pk)
    if not session.audio_file:
        raise Http404
    return serve_stored(
        request,
        session.audio_file,
        content_type=session.audio_type,
        file_name=session.audio_name or title_of(session),
        attachment="download" in request.GET,
    )
