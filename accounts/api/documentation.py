"""What the OpenAPI description says of the account's calls, beside what their code says."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

from contract.schema import error_answer

TAGS = ["Accounts"]

CONFIRM = (
    "Needs a recent confirmation: `password`, `otp_token` or `passkey` in this call, or a session "
    "that confirmed within ten minutes; else 403 `confirmation_required`."
)
UNCONFIRMED = error_answer(
    "Signed in, but not shown again that it is you.",
    "confirmation_required",
    "Confirm that it is you: send your password, or a code.",
)

USER = {
    "id": 7,
    "name": "Alice Archer",
    "email": "alice@example.org",
    "role": "learner",
    "profile_picture": None,
    "native_language": "en",
    "time_zone": "Europe/Vienna",
    "date_joined": "2026-11-21T09:30:00Z",
    "email_verified": True,
    "two_factor": False,
}
PAIR = {
    "access": "eyJhbGciOiJIUzI1NiJ9.e30.access",
    "refresh": "eyJhbGciOiJIUzI1NiJ9.e30.refresh",
    "access_token": "eyJhbGciOiJIUzI1NiJ9.e30.access",
    "token_type": "bearer",
    "user": USER,
}
DEVICE = {
    "id": "2f6c9f0e-4f1c-4f3e-9d38-0c5a4c1c8b11",
    "kind": "refresh",
    "name": "Pixel 9",
    "created_at": "2026-11-20T08:00:00Z",
    "last_used_at": "2026-11-21T09:30:00Z",
    "last_address": "203.0.113.5",
    "expires_at": "2026-12-20T08:00:00Z",
    "current": True,
}


def answered(value: Any) -> OpenApiExample:
    """An example of an answer."""
    return OpenApiExample("answer", value=value, response_only=True)


def sent(value: Any) -> OpenApiExample:
    """An example of a body."""
    return OpenApiExample("request", value=value, request_only=True)
