"""What a service's answer, or its silence, means, whichever kind of engine was asked."""

import email.utils
import time
from collections.abc import Mapping
from typing import TypeVar

from engines.errors import EngineError

Error = TypeVar("Error", bound=EngineError)

# No answer within the service, two requests at once, too many requests: these heal.
_HEALING = {408, 409, 425, 429}
_ABOUT_THE_ACCOUNT = {401, 402, 403, 404}


def of_status(kind: type[Error], status: int, headers: Mapping[str, str], detail: str) -> Error:
    """The failure, of that kind of engine, that an HTTP status other than 2xx tells of."""
    said = f"The service answered {status}: {detail}"
    if status in _HEALING or status >= 500:
        wait = _retry_after(headers)
        return kind("engine_unavailable", permanent=False, detail=said, retry_after=wait)
    code = "engine_refused" if status in _ABOUT_THE_ACCOUNT else "request_refused"
    return kind(code, permanent=True, detail=said)


def of_silence(kind: type[Error], detail: str) -> Error:
    """No whole answer came: refused connection, time-out, a stream that was cut."""
    return kind(
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
