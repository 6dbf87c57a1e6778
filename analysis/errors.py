"""What can go wrong with a recording, by a stable code that the pages turn into words."""

from typing import Any

# code: may the same file succeed later?
CODES = {
    "not_audio": False,
    "empty_file": False,
    "too_long": False,
    "too_large": False,
    "truncated": False,
    "no_audio_stream": False,
    "unreadable_file": False,
    "silent": False,
    "no_speech": False,
    "unknown_language": False,
    "decoder_crashed": True,
    "decoder_timeout": False,
    "decoder_memory": False,
    "engine_unavailable": True,
    "engine_failed": True,
    "engine_refused": False,
}


class AnalysisError(Exception):
    """An analysis that cannot be done.

    `permanent`: the same recording will fail again, so show `code` at once and do not retry.
    `detail` is an English sentence for logs and the command line; pages have their own words.
    `limit` is the number that was passed (bytes or seconds), for the codes that have one.
    """

    def __init__(
        self, code: str, *, detail: str, permanent: bool | None = None, limit: float | None = None
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.permanent = not CODES[code] if permanent is None else permanent
        self.detail = detail
        self.limit = limit

    def to_json(self) -> dict[str, Any]:
        """Code, permanence, detail and limit."""
        return {
            "code": self.code,
            "permanent": self.permanent,
            "detail": self.detail,
            "limit": self.limit,
        }

    def __reduce__(self) -> tuple[Any, ...]:
        """Keyword-only arguments do not survive pickling between processes by themselves."""
        return (_rebuilt, (self.code, self.permanent, self.detail, self.limit))


def _rebuilt(code: str, permanent: bool, detail: str, limit: float | None) -> AnalysisError:
    return AnalysisError(code, permanent=permanent, detail=detail, limit=limit)
