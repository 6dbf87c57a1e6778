"""What descriptions of several calls say in the same words."""

from drf_spectacular.utils import OpenApiParameter

from contract.schema import error_answer

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="1 to 255 characters. A retry under the same key gets the first answer, for a day.",
)
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
