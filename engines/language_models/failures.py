"""What a service's answer, or its silence, means; the two SDKs name their errors alike."""

import email.utils
import time
from collections.abc import Mapping

from engines.language_models import LanguageModelError

# No answer within the service, two requests at once, too many requests: these heal.
_HEALING = {408, 409, 425, 429}
_ABOUT_THE_ACCOUNT = {401, 402, 403, 404}


def of_status(status: int, headers: Mapping[str, str], detail: str) -> LanguageModelError:
    """The failure that an HTTP status other than 2xx tells of."""
    if status in _HEALING or status >= 500:
        return LanguageModelError(
            "engine_unavailable",
            permanent=False,
            detail=f"The service answered {status}: {detail}",
            retry_after=_retry_after(headers),
        )
    code = "engine_refused" if status in _ABOUT_THE_ACCOUNT else "request_refused"
    return LanguageModelError(
        code, permanent=True, detail=f"The service answered {status}: {detail}"
    )


def of_silence(detail: str) -> LanguageModelError:
    """No whole answer came: refused connection, time-out, a stream that was cut."""
    return LanguageModelError(
        "engine_unavailable", permanent=False, detail=f"The service did not answer: {detail}"
    )


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds by `retry-after-ms` or `retry-after`, which is a number or a date."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return max(0.0, milliseconds / 1000)
    value = headers.get("retry-after")
    seconds = _number(value)
    if seconds is None and value:
        date = email.utils.parsedate_tz(value)
        seconds = email.utils.mktime_tz(date) - time.time() if date else None
    return None if seconds is None else max(0.0, seconds)


def _number(value: str | None) -> float | None:
    try:
        return float(value) if value else None
    except ValueError:
        return None
