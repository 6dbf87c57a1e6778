"""What the OpenAPI description says of each call, beside what its code says."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from contract.schema import error_answer
from speech.serializers import (
    HeardSerializer,
    SynthesizeSerializer,
    TranscribeSerializer,
    VoiceSerializer,
)

TAGS = ["Speech"]
_NO_VOICE = error_answer(
    "Nobody speaks this language here, or nobody answers; a browser may speak itself.",
    "no_voice",
    "No voice is at hand for this.",
)
_SOUND = {
    (200, media): OpenApiResponse(OpenApiTypes.BINARY, description="The sound.")
    for media in ("audio/wav", "audio/mpeg", "audio/ogg")
}
_ASKED = OpenApiExample(
    "A greeting", value={"text": "Good evening.", "format": "mp3"}, request_only=True
)

transcribe = extend_schema(
    tags=TAGS,
    summary="Write down what is said",
    description="Heard by the first service that answers, on this installation last; neither the "
    "recording nor its text is kept. Counted to a daily limit of seconds.",
    request={"multipart/form-data": TranscribeSerializer},
    responses={
        200: HeardSerializer,
        413: error_answer(
            "Too large or too long.",
            "too_long",
            "This is too long: 120 seconds are heard at most.",
            "audio",
        ),
        415: error_answer(
            "Not audio.", "not_audio", "This file is no sound that can be read.", "audio"
        ),
        503: error_answer(
            "Nobody who hears answers.",
            "engine_unavailable",
            "Nobody who hears answers at the moment. Try again in a minute.",
        ),
    },
    examples=[
        OpenApiExample(
            "A question",
            value={
                "text": "Where is the station?",
                "language": "en",
                "duration_seconds": 1.8,
                "words": [{"text": "Where", "start": 0.1, "end": 0.4, "confidence": 0.98}],
                "service": {"name": "this installation", "leaves_machine": False},
            },
            response_only=True,
            status_codes=["200"],
        )
    ],
)
synthesize = extend_schema(
    tags=TAGS,
    summary="Speak a text",
    description="By the first voice that answers. What was spoken before comes from a cache. "
    "`X-Voice` names the voice. Counted to a daily limit of characters.",
    request=SynthesizeSerializer,
    responses={**_SOUND, 503: _NO_VOICE},
    examples=[_ASKED],
)
synthesize_stream = extend_schema(
    tags=TAGS,
    summary="Speak a text while it is made",
    description="As `speech/synthesize`, in one file that begins to come with its first sentence.",
    request=SynthesizeSerializer,
    responses={**_SOUND, 503: _NO_VOICE},
    examples=[_ASKED],
)
voices = extend_schema(
    tags=TAGS,
    summary="List voices",
    description="Those that can be asked for at the moment, the first to be asked first.",
    parameters=[OpenApiParameter("language", str, description="Those that know it: name or code.")],
    responses={200: VoiceSerializer(many=True)},
    examples=[
        OpenApiExample(
            "A local voice",
            value=[
                {
                    "id": "local:en_US-joe-medium",
                    "name": "Joe",
                    "language": "en-US",
                    "provider": "local",
                }
            ],
            response_only=True,
        )
    ],
)
