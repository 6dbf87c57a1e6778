"""What the services refuse, in the shape of the contract."""

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, Throttled, ValidationError
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from contract.errors import Refused, error_body
from speech.services import DailyLimit, SpeechError

# Engines that did not answer: which of them, and why, is for the log.
_STATUS = {
    "not_audio": status.HTTP_415_UNSUPPORTED_MEDIA_TYPE,
    "no_audio_stream": status.HTTP_415_UNSUPPORTED_MEDIA_TYPE,
    "too_large": status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    "too_long": status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
}


class SpeechThrottle(UserRateThrottle):
    """So many calls of speech a user."""

    scope = "speech"


class NotAtHand(Exception):
    """An engine is not there; that is no fault of the product's, and no crash to be logged."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class SpeechApiView(APIView):
    """Throttled, and its refusals told."""

    throttle_classes = (SpeechThrottle, UserRateThrottle)

    def handle_exception(self, exc: Exception) -> Response:
        """Say in the shape of the contract what a service refused."""
        if isinstance(exc, DailyLimit):
            message = _("You have used up what there is for a day.")
            exc = Throttled(exc.wait, message, "daily_limit")
        if isinstance(exc, SpeechError):
            exc = _told(exc)
        if isinstance(exc, NotAtHand):
            unavailable = status.HTTP_503_SERVICE_UNAVAILABLE
            return Response(error_body(exc.code, exc.message, unavailable), status=unavailable)
        return super().handle_exception(exc)


def _told(error: SpeechError) -> Exception:
    message = _sentence(error)
    if error.code in _STATUS:
        return Refused(_STATUS[error.code], error.code, message, attr="audio")
    if error.code == "unknown_language":
        return ValidationError({"language": [ErrorDetail(message, error.code)]})
    if error.code.startswith("engine_") or error.code == "request_refused":
        return NotAtHand("engine_unavailable", message)
    return ValidationError({"audio": [ErrorDetail(message, error.code)]})


def _sentence(error: SpeechError) -> str:
    limit = error.limit or 0
    known = {
        "not_audio": _("This file is no sound that can be read."),
        "no_audio_stream": _("There is no sound in this file."),
        "empty_file": _("The file is empty."),
        "too_large": _("This is too large: %(megabytes)d MB are accepted at most.")
        % {"megabytes": limit // (1024 * 1024)},
        "too_long": _("This is too long: %(seconds)d seconds are heard at most.")
        % {"seconds": limit},
        "unknown_language": _("This language is not one that can be heard here."),
    }
    if error.code in known:
        return known[error.code]
    if error.code.startswith("engine_") or error.code == "request_refused":
        return _("Nobody who hears answers at the moment. Try again in a minute.")
    return _("This file cannot be read to its end.")
