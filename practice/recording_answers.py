"""What was said in a session, as pages and programs send it."""

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contract.errors import Conflict, Refused
from practice import services
from practice.models import PracticeSession
from practice.services.recordings import AlreadyRecorded
from speech_sessions.services import RecordingRefused


def kept(request: Request, practised: PracticeSession) -> Response:
    """Keep the `audio_file` of the request: 201 `{"id", "url"}` of the speech session.

    Raises ValidationError without a file, Conflict where there is a recording, Refused for what is
    no recording.
    """
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
        raise Refused(refused.status, refused.code, refused.message, attr="audio_file") from refused
    body = {"id": recording.pk, "url": recording.get_absolute_url()}
    return Response(body, status=status.HTTP_201_CREATED)
