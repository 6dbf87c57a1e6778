"""What the OpenAPI description says of every call."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiExample, OpenApiResponse
from rest_framework import serializers
from rest_framework.permissions import AllowAny

CANONICAL_PREFIXES = ("/api/v1/", "/api-auth/")


class ErrorSerializer(serializers.Serializer[Any]):
    """One thing that is wrong."""

    code = serializers.CharField(help_text="A short name for programs.")
    detail = serializers.CharField(help_text="A sentence for people.")
    attr = serializers.CharField(
        allow_null=True, help_text="The field it concerns, dotted where it is nested."
    )


class ErrorAnswerSerializer(serializers.Serializer[Any]):
    """The one shape of an error."""

    detail = serializers.CharField(help_text="Repeats the first error's sentence.")
    type = serializers.ChoiceField(choices=["validation_error", "client_error", "server_error"])
    errors = ErrorSerializer(many=True)  # type: ignore[assignment]  # a field of that name


# What each status means, the codes seen with it, and one error as an example.
ERRORS: dict[str, tuple[str, str, str, str | None]] = {
    "400": (
        (
            "Not valid; `attr` names the field. Codes: `required`, `null`, `blank`, `invalid`, "
            "`invalid_choice`, `min_value`, `max_value`, `max_length`, `parse_error` and others "
            "of the same kind."
        ),
        "invalid",
        "A valid integer is required.",
        "duration",
    ),
    "401": (
        "No or bad credentials. Codes: `not_authenticated`, `authentication_failed`.",
        "not_authenticated",
        "Authentication credentials were not provided.",
        None,
    ),
    "403": (
        (
            "Signed in, and still not allowed: the second factor or the CSRF token is missing, or "
            "the permission. Code: `permission_denied`."
        ),
        "permission_denied",
        "You do not have permission to perform this action.",
        None,
    ),
    "404": ("Not there, or not yours. Code: `not_found`.", "not_found", "Not found.", None),
    "405": (
        (
            "This address does not take that method; `Allow` names those it takes. "
            "Code: `method_not_allowed`."
        ),
        "method_not_allowed",
        'Method "PUT" not allowed.',
        None,
    ),
    "413": ("Too large. Code: `too_large`.", "too_large", "200 MB are accepted at most.", None),
    "415": (
        (
            "Not a kind of body that is understood here, or not audio. "
            "Codes: `unsupported_media_type`, `not_audio`, `unsupported`."
        ),
        "unsupported_media_type",
        'Unsupported media type "text/plain" in request.',
        None,
    ),
    "422": (
        (
            "Not valid; `attr` names the field. Codes: `required`, `null`, `invalid`, "
            "`invalid_choice`, `min_value`, `max_value`, `parse_error` and others of the same kind."
        ),
        "max_value",
        "Ensure this value is less than or equal to 14400.",
        "duration_seconds",
    ),
    "429": (
        "Too many requests; `Retry-After` says how many seconds to wait. Code: `throttled`.",
        "throttled",
        "Request was throttled. Expected available in 10 seconds.",
        None,
    ),
}


def error_answer(
    description: str, code: str, detail: str, attr: str | None = None
) -> OpenApiResponse:
    """The description of an error that one call answers, with an example of it."""
    value = {
        "detail": detail,
        "type": "client_error",
        "errors": [{"code": code, "detail": detail, "attr": attr}],
    }
    return OpenApiResponse(
        ErrorAnswerSerializer,
        description=f"{description} Code: `{code}`.",
        examples=[OpenApiExample(code, value=value)],
    )


class DeviceTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a device's token is sent."""

    target_class = "knox.auth.TokenAuthentication"
    match_subclasses = True
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A header, in words: OpenAPI knows no other way to say Token."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token <key>`, with the key that `POST /api-auth/login/` gives.",
        }


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a short-lived access token is sent."""

    target_class = "accounts.bearer.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """The usual header."""
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "The `access` token that `POST /api/v1/auth/login/` gives.",
        }


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a browser that is signed in asks."""

    target_class = "rest_framework.authentication.SessionAuthentication"
    match_subclasses = True
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """The session's cookie."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The cookie of a signed-in browser; what writes needs the CSRF token.",
        }


def only_canonical(endpoints: list[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """One address a call: those that clients of earlier versions use are left out."""
    return [each for each in endpoints if each[0].startswith(CANONICAL_PREFIXES)]


class ContractSchema(AutoSchema):
    """Describes, beside what a view says of itself, every error that the contract promises."""

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        responses: dict[str, Any] = super()._get_response_bodies(direction)
        component = self.resolve_serializer(ErrorAnswerSerializer, "response")
        for status in self._error_statuses():
            promised = _error_response(status, component.ref)
            responses[status] = promised | responses.get(status, {})
        for status, response in responses.items():
            if status >= "400":
                response.setdefault("content", {"application/json": {"schema": component.ref}})
        return dict(sorted(responses.items()))

    def _error_statuses(self) -> list[str]:
        is_open = all(isinstance(each, AllowAny) for each in self.view.get_permissions())
        takes_body = self.method in {"POST", "PUT", "PATCH"}
        query = [each for each in self._get_parameters() if each["in"] == "query"]
        invalid = str(getattr(self.view, "status_of_invalid", 400))
        applies = {
            invalid: takes_body or bool(query),
            "401": not is_open,
            "403": not is_open,
            # A list has an end: pages beyond it are not there.
            "404": "{" in self.path or any(each["name"] == "page" for each in query),
            "405": True,
            "413": takes_body,
            "415": takes_body,
            "429": bool(self.view.get_throttles()),
        }
        return [status for status, does in applies.items() if does]


def _error_response(status: str, reference: dict[str, str]) -> dict[str, Any]:
    description, code, detail, attr = ERRORS[status]
    example = {
        "detail": detail,
        "type": "validation_error" if attr else "client_error",
        "errors": [{"code": code, "detail": detail, "attr": attr}],
    }
    response: dict[str, Any] = {
        "description": description,
        "content": {"application/json": {"schema": reference, "example": example}},
    }
    if status == "429":
        response["headers"] = {
            "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}
        }
    return response
