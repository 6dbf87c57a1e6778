"""What was said in a session, from the page's script."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from contract.errors import Conflict, Refused
from contract.idempotency import answer_once
from practice import selectors, services
from practice.services.recordings import AlreadyRecorded
from speech_sessions.services import RecordingRefused


class RecordingView(APIView):
    """What was said in a session, for the page's script: 201 `{"id", "url"}`."""

    parser_classes = (MultiPartParser,)
    schema = None

    def post(self, request: Request, pk: int) -> Response:
        """Store the recording once a key, however often it is sent."""
        return answer_once(request, lambda: self._keep(request, pk))

    def _keep(self, request: Request, pk: int) -> Response:
        practised = get_object_or_404(selectors.own_sessions(request.user), pk=pk)
        file = request.FILES.get("audio_file")
        if file is None:
            detail = ErrorDetail(_("Send a recording."), "required")
            raise ValidationError({"audio_file": [detail]})
        try:
            recording = services.keep_recording(practised, file)
        except AlreadyRecorded as known:
            message = _("This practice has its recording already, from another device.")
            raise Conflict(message, "already_recorded") from known
        except RecordingRefused as refused:
            raise Refused(
                refused.status, refused.code, refused.message, attr="audio_file"
            ) from refused
        body = {"id": recording.pk, "url": recording.get_absolute_url()}
        return Response(body, status=status.HTTP_201_CREATED)
