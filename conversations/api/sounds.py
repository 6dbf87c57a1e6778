"""The sound of a turn in a request: a form with the field `audio`, or a body of nothing else."""

from typing import IO, Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request


class SoundParser(BaseParser):
    """Any body as it is: what it holds is told by its bytes."""

    media_type = "*/*"

    def parse(self, stream: IO[bytes], *_about: Any) -> bytes:
        """At most one byte more than a turn may have."""
        return stream.read(settings.TUTOR_AUDIO_BYTES + 1)


def fields_of(request: Request) -> dict[str, Any]:
    """What a form says beside its file."""
    fields = request.data if isinstance(request.data, QueryDict) else {}
    return {"client_id": fields["client_id"]} if "client_id" in fields else {}


def sound_of(request: Request) -> bytes:
    """The recording: a form's file, or the body. Raises ValidationError where there is none."""
    if isinstance(request.data, bytes):
        return request.data
    file = request.FILES.get("audio")
    if file is None:
        raise ValidationError({"audio": [ErrorDetail(_("Send a recording."), "required")]})
    content: bytes = file.read(settings.TUTOR_AUDIO_BYTES + 1)
    return content
