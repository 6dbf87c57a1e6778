"""LibreTranslate by its documented wire format: https://docs.libretranslate.com/api."""

from engines.language_services import LanguageServiceError, ServiceOptions
from engines.language_services.connection import Connection, not_as_agreed


def load(options: ServiceOptions) -> "LibreTranslate":
    """A client for these options. Raises LanguageServiceError when no address is set."""
    if not options.base_url:
        raise LanguageServiceError(
            "engine_unavailable", permanent=True, detail="LibreTranslate needs an address."
        )
    return LibreTranslate(options.base_url, options.api_key)


class LibreTranslate:
    """One client; servers of one's own ask for no key."""

    def __init__(self, base: str, key: str | None) -> None:
        self._key = key
        self._connection = Connection(base)
        self.name = f"LibreTranslate at {self._connection.host}"
        self.leaves_machine = self._connection.leaves_machine

    def translate(self, text: str, *, source: str | None, target: str, timeout: float) -> str:
        """One request."""
        asked = {
            "q": text,
            "source": source.partition("-")[0] if source else "auto",
            "target": target.partition("-")[0],
            "format": "text",
        }
        if self._key:
            asked["api_key"] = self._key
        data = self._connection.post("/translate", timeout=timeout, json=asked)
        try:
            return str(data["translatedText"])
        except (KeyError, TypeError) as error:
            raise not_as_agreed(error) from error
