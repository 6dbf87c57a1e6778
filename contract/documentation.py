"""What descriptions of several calls say in the same words."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from contract.schema import error_answer

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="1 to 255 characters. A retry under the same key gets the first answer, for a day.",
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of the version at hand; 304 if that is still the newest.",
)
RANGE = OpenApiParameter(
    "Range", str, OpenApiParameter.HEADER, description="One range of bytes, such as `bytes=0-1023`."
)
UNCHANGED = OpenApiResponse(description="The version at hand is the newest.")
OUTSIDE = error_answer(
    "The range lies outside.",
    "range_not_satisfiable",
    "The recording has 48044 bytes; this range lies outside.",
)
# What contract.ranges answers of a sound, where there is one.
STORED_SOUND = {
    (200, "audio/*"): OpenApiResponse(OpenApiTypes.BINARY, description="The whole recording."),
    (206, "audio/*"): OpenApiResponse(OpenApiTypes.BINARY, description="The range asked for."),
    304: UNCHANGED,
    416: OUTSIDE,
}
STILL_RUNNING = error_answer(
    "The first request with this key is still running; see `Retry-After`.",
    "still_running",
    "The first request with this Idempotency-Key is still running.",
)
KEY_REUSED = error_answer(
    "The key was used for another request.",
    "idempotency_key_reused",
    "This Idempotency-Key was used for another request. Take a new one.",
)
