"""`speech/synthesize`, `speech/synthesize/stream` and `speech/voices`."""

from collections.abc import AsyncIterator, Iterator
from typing import Any, cast

from asgiref.sync import sync_to_async
from django.core.files.storage import default_storage
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from speech import services
from speech.api import documentation
from speech.api.refusals import NotAtHand, SpeechApiView
from speech.encoding import MEDIA_TYPES, Encoder, samples_of
from speech.serializers import SynthesizeSerializer, VoiceSerializer, VoicesQuerySerializer
from speech.services import Spoken

USUAL_LANGUAGE = "en"


class SynthesizeView(SpeechApiView):
    """A text as one file."""

    @documentation.synthesize
    def post(self, request: Request) -> HttpResponseBase:
        """Speak it, or take it from what was spoken before."""
        wanted = _wanted(request)
        spoken = services.speak(**wanted)
        if spoken is None:
            raise _no_voice()
        response = HttpResponse(_content(spoken), content_type=MEDIA_TYPES[spoken.format])
        return _told(response, spoken)


class SynthesizeStreamView(SpeechApiView):
    """A text as one file that begins to come with its first sentence."""

    @documentation.synthesize_stream
    def post(self, request: Request) -> HttpResponseBase:
        """Speak it, sentence by sentence."""
        wanted = _wanted(request)
        kind = wanted["format"]
        sentences = services.speak_sentences(**{**wanted, "format": "wav"})
        first = next(sentences, None)
        if first is None:
            raise _no_voice()
        parts = _file(first, sentences, Encoder(kind))
        # Under ASGI a plain iterator would be read to its end before anything is sent.
        content = _in_threads(parts) if hasattr(request, "scope") else parts
        response = StreamingHttpResponse(content, content_type=MEDIA_TYPES[kind])
        response["X-Accel-Buffering"] = "no"
        return _told(response, first)


class VoicesView(SpeechApiView):
    """The voices that can be asked for."""

    @documentation.voices
    def get(self, request: Request) -> Response:
        """The first to be asked first."""
        query = VoicesQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        found = services.voices(query.validated_data.get("language") or None)
        return Response(VoiceSerializer(found, many=True).data)


def _wanted(request: Request) -> dict[str, Any]:
    """What is to be said, counted to the day of who asks."""
    sent = SynthesizeSerializer(data=request.data)
    sent.is_valid(raise_exception=True)
    wanted = sent.validated_data
    voice, language = wanted.get("voice") or None, wanted.get("language") or ""
    if voice:
        known = {each.id: each.language for each in services.voices()}
        if voice not in known:
            detail = ErrorDetail(_("There is no such voice; speech/voices lists them."), "no_voice")
            raise ValidationError({"voice": [detail]})
        language = language or known[voice].replace("mul", USUAL_LANGUAGE)
    services.may_speak(cast("User", request.user), wanted["text"])
    return {
        "text": wanted["text"],
        "language": language or USUAL_LANGUAGE,
        "voice": voice,
        "speed": wanted["speed"],
        "format": wanted["format"],
    }


def _content(spoken: Spoken) -> bytes:
    with default_storage.open(spoken.path) as file:
        return cast("bytes", file.read())


def _file(first: Spoken, others: Iterator[Spoken], encoder: Encoder) -> Iterator[bytes]:
    yield encoder.feed(*samples_of(_content(first)))
    for spoken in others:
        yield encoder.feed(*samples_of(_content(spoken)))
    yield encoder.finish()


async def _in_threads(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    following = sync_to_async(lambda: next(parts, None), thread_sensitive=False)
    while (part := await following()) is not None:
        yield part


def _no_voice() -> NotAtHand:
    return NotAtHand("no_voice", _("No voice is at hand for this."))


def _told(response: HttpResponseBase, spoken: Spoken) -> HttpResponseBase:
    """Who speaks, beside the sound."""
    response["X-Voice"] = spoken.voice
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
