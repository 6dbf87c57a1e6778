"""What the OpenAPI description says of each call, beside what its code says."""

from drf_spectacular.utils import extend_schema, extend_schema_view

from contract.documentation import IF_NONE_MATCH, RANGE, STORED_SOUND
from contract.schema import error_answer
from pronunciation.serializers import AssessSerializer, AttemptSerializer

TAGS = ["Pronunciation"]

assess = extend_schema(
    tags=TAGS,
    summary="Assess how a sentence is said",
    description="Word by word and, in English, sound by sound: whether each was said, how surely "
    "its sounds are those of the word (0-100), and what was heard instead; with pace, pauses and "
    "pitch. Other languages are judged only by the words that are understood. Where that takes "
    "longer than the request may wait, 202 with `state` `waiting`: ask the address in `Location`.",
    request={"multipart/form-data": AssessSerializer},
    responses={
        201: AttemptSerializer,
        202: AttemptSerializer,
        503: error_answer(
            "No engine could listen; the recording is kept as an attempt.",
            "engine_unavailable",
            "We could not listen to this just now. The recording is kept; say it again later.",
        ),
    },
)
attempts = extend_schema_view(
    list=extend_schema(tags=TAGS, summary="List attempts", description="One's own, newest first."),
    retrieve=extend_schema(tags=TAGS, summary="Read an attempt", description="One of one's own."),
    destroy=extend_schema(
        tags=TAGS, summary="Delete an attempt", description="With its recording, for good."
    ),
)
audio = extend_schema(
    tags=TAGS,
    summary="Hear an attempt",
    description="The recording as it was sent, whole or by `Range`.",
    parameters=[RANGE, IF_NONE_MATCH],
    responses=STORED_SOUND,
)
