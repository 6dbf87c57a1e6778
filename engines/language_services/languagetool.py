"""A LanguageTool server by its documented wire format: https://languagetool.org/http-api/."""

from typing import Any

from engines.language_services import GrammarHit, LanguageServiceError, ServiceOptions
from engines.language_services.connection import Connection, not_as_agreed

MOST_REPLACEMENTS = 3
# Bare codes that it checks less well than with a region.
USUAL_REGION = {"en": "en-GB", "de": "de-DE", "pt": "pt-PT"}


def load(options: ServiceOptions) -> "LanguageTool":
    """A client for these options. Raises LanguageServiceError when no address is set."""
    if not options.base_url:
        raise LanguageServiceError(
            "engine_unavailable", permanent=True, detail="LanguageTool needs an address."
        )
    return LanguageTool(options.base_url, options.api_key)


class LanguageTool:
    """One client; a server of one's own takes no key."""

    def __init__(self, base: str, key: str | None) -> None:
        self._key = key
        self._connection = Connection(base)
        self.name = f"LanguageTool at {self._connection.host}"
        self.leaves_machine = self._connection.leaves_machine

    def check(self, text: str, *, language: str, timeout: float) -> tuple[GrammarHit, ...]:
        """One request."""
        asked = {"text": text, "language": USUAL_REGION.get(language, language)}
        if self._key:
            asked["apiKey"] = self._key
        try:
            data = self._connection.post("/v2/check", timeout=timeout, data=asked)
        except LanguageServiceError as error:
            if error.code == "request_refused" and "not a language code" in error.detail:
                raise LanguageServiceError(
                    "language_unknown", permanent=True, detail=error.detail
                ) from error
            raise
        try:
            return tuple(_hit(text, match) for match in data["matches"])
        except (KeyError, TypeError) as error:
            raise not_as_agreed(error) from error


def _hit(text: str, match: dict[str, Any]) -> GrammarHit:
    """Its offsets count UTF-16 units, ours characters."""
    start = _characters(text, match["offset"])
    end = _characters(text, match["offset"] + match["length"])
    return GrammarHit(
        start=start,
        end=end,
        better=tuple(str(each["value"]) for each in match["replacements"][:MOST_REPLACEMENTS]),
        why=str(match["message"]),
        rule=str(match["rule"]["id"]),
        kind=str(match["rule"].get("issueType") or "uncategorized"),
    )


def _characters(text: str, units: int) -> int:
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))
