"""What is heard and drawn of a session: its recording, moments of it, its outline."""

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from analysis import clips
from analysis.errors import AnalysisError
from contract.errors import Refused
from contract.ranges import serve_stored
from speech_sessions import messages, selectors
from speech_sessions.api import documentation
from speech_sessions.api.owners import OwnedSessionsViewSet
from speech_sessions.models import SpeechSession
from speech_sessions.serializers import ClipQuerySerializer, PeaksSerializer


class RecordingsMixin(OwnedSessionsViewSet):
    """`{id}/audio/`, `{id}/clip/`, `{id}/peaks/`."""

    @documentation.audio
    @action(detail=True)
    def audio(self, request: Request, pk: str) -> HttpResponseBase:
        """The recording as it was sent, whole or by Range."""
        session = self._with_recording()
        return serve_stored(
            request,
            session.audio_file,
            content_type=session.audio_type,
            file_name=session.audio_name or f"recording-{session.pk}",
            attachment="download" in request.query_params,
        )

    @documentation.clip
    @action(detail=True)
    def clip(self, request: Request, pk: str) -> HttpResponse:
        """One moment of the recording, with soft edges."""
        query = ClipQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        session = self._with_recording()
        form = query.validated_data["format"]
        start, end = query.validated_data["start"], query.validated_data["end"]
        try:
            sound = clips.cut(Path(session.audio_file.path), start, end, form)
        except AnalysisError as error:
            raise _clip_refused(error) from error
        return HttpResponse(
            sound,
            content_type=clips.MEDIA_TYPES[form],
            headers={
                "Content-Disposition": f'inline; filename="clip-{session.pk}.{form}"',
                "Cache-Control": "private, no-cache",
                "X-Content-Type-Options": "nosniff",
            },
        )

    @documentation.peaks
    @action(detail=True)
    def peaks(self, request: Request, pk: str) -> Response:
        """The outline of the recording, to draw it without decoding it."""
        player: Any = selectors.player_of(self.get_object())
        return Response(PeaksSerializer(player).data)

    def _with_recording(self) -> SpeechSession:
        session = self.opened_object()
        if not session.audio_file:
            raise NotFound(_("This session has no recording."), "no_recording")
        return session


def _clip_refused(error: AnalysisError) -> Refused:
    if error.code == clips.BEYOND_THE_END:
        sentence = _("The recording ends before this moment.")
        return Refused(status.HTTP_404_NOT_FOUND, error.code, sentence)
    return Refused(status.HTTP_415_UNSUPPORTED_MEDIA_TYPE, error.code, messages.failure(error.code))
