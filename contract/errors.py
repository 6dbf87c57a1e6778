"""The one shape of an error: `{"detail", "type", "errors": [{"code", "detail", "attr"}]}`.

Errors raised inside a view of the API are formatted by `ErrorFormatter`. Those that never reach one
(an unknown address, a body too large, a broken form, a crash) are rewritten by
`ApiErrorMiddleware`, also while DEBUG shows its own pages elsewhere.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler as StandardExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from rest_framework import status
from rest_framework.exceptions import APIException, ErrorDetail

from contract.paths import is_api_path


class ErrorFormatter(ExceptionFormatter):
    """What the API answers to an exception; `detail` repeats the first error's."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        """The shape, for one exception with any number of errors."""
        errors = [asdict(error) for error in error_response.errors]
        return {"detail": errors[0]["detail"], "type": error_response.type, "errors": errors}


class Refused(APIException):
    """A request that is understood and refused, with the status, code and sentence of the case."""

    def __init__(
        self, status_code: int, code: str, message: str, *, attr: str | None = None
    ) -> None:
        self.status_code = status_code
        detail = ErrorDetail(message, code)
        super().__init__({attr: [detail]} if attr else detail, code)


class Conflict(APIException):
    """What was asked for conflicts with the present state."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"

    def __init__(self, message: str, code: str = default_code, *, wait: int | None = None) -> None:
        super().__init__(ErrorDetail(message, code), code)
        self.wait = wait


def error_body(code: str, detail: str, status_code: int) -> dict[str, Any]:
    """The shape, for one error that concerns no field."""
    kind = (
        "server_error" if status_code >= status.HTTP_500_INTERNAL_SERVER_ERROR else "client_error"
    )
    return {
        "detail": detail,
        "type": kind,
        "errors": [{"code": code, "detail": detail, "attr": None}],
    }


def error_of_status(status_code: int) -> dict[str, Any]:
    """The shape, for an error of which only the status is known."""
    sentence = _sentence(status_code)
    return error_body(sentence["code"], sentence["message"], status_code)


def _sentence(status_code: int) -> dict[str, str]:
    known: dict[int, tuple[str, str]] = {
        400: ("bad_request", _("The request could not be understood.")),
        403: ("permission_denied", _("You may not do this.")),
        404: ("not_found", _("There is nothing at this address.")),
        405: ("method_not_allowed", _("This address does not take that method.")),
        413: ("too_large", _("The request is too large.")),
        500: ("error", _("Something went wrong on our side. It has been noted.")),
    }
    fallback = known[500 if status.is_server_error(status_code) else 400]
    code, message = known.get(status_code, fallback)
    return {"code": code, "message": message}


class ExceptionHandler(StandardExceptionHandler):
    """Also takes what Django raises for a broken or oversized body for the client's mistake."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        """The API's own exception for one of Django's."""
        known: Exception = super().convert_known_exceptions(exc)
        if isinstance(known, RequestDataTooBig):
            return Refused(413, **_sentence(413))
        if isinstance(known, SuspiciousOperation | BadRequest | UnreadablePostError):
            return Refused(400, **_sentence(400))
        return known


class ApiErrorMiddleware:
    """Gives the one shape to the errors of the API that no view of it answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, rewritten where it is an error in another shape."""
        response = self.get_response(request)
        if response.status_code < status.HTTP_400_BAD_REQUEST or not is_api_path(request.path):
            return response
        if response.get("Content-Type", "").startswith("application/json"):
            return response
        shaped = JsonResponse(error_of_status(response.status_code), status=response.status_code)
        for name in ("Allow", "Retry-After", "WWW-Authenticate"):
            if response.has_header(name):
                shaped[name] = response[name]
        if isinstance(response, HttpResponse):
            shaped.cookies = response.cookies
        response.close()
        return shaped
