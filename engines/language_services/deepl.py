"""DeepL by its documented wire format: https://developers.deepl.com/api-reference/translate."""

from engines.language_services import LanguageServiceError, ServiceOptions
from engines.language_services.connection import Connection, not_as_agreed

PAID, FREE = "https://api.deepl.com", "https://api-free.deepl.com"
# Targets that DeepL wants with a region or a script; each with the one that is taken.
TARGETS = {"EN": "EN-GB", "PT": "PT-PT", "ZH": "ZH-HANS"}
WITH_REGION = {"EN-GB", "EN-US", "PT-PT", "PT-BR", "ZH-HANS", "ZH-HANT", "ES-419"}


def load(options: ServiceOptions) -> "DeepL":
    """A client for these options. Raises LanguageServiceError when there is no key."""
    if not options.api_key:
        raise LanguageServiceError(
            "engine_unavailable", permanent=True, detail="DeepL needs a key."
        )
    return DeepL(options)


class DeepL:
    """One client. Keys of the free plan end in `:fx` and have a host of their own."""

    def __init__(self, options: ServiceOptions) -> None:
        key = options.api_key or ""
        self._headers = {"Authorization": f"DeepL-Auth-Key {key}"}
        base = options.base_url or (FREE if key.endswith(":fx") else PAID)
        self._connection = Connection(base)
        self.name = f"DeepL at {self._connection.host}"
        self.leaves_machine = self._connection.leaves_machine

    def translate(self, text: str, *, source: str | None, target: str, timeout: float) -> str:
        """One request."""
        asked: dict[str, object] = {"text": [text], "target_lang": _target(target)}
        if source:
            asked["source_lang"] = source.partition("-")[0].upper()
        data = self._connection.post(
            "/v2/translate", timeout=timeout, headers=self._headers, json=asked
        )
        try:
            return str(data["translations"][0]["text"])
        except (KeyError, IndexError, TypeError) as error:
            raise not_as_agreed(error) from error


def _target(code: str) -> str:
    upper = code.upper()
    base = upper.partition("-")[0]
    return upper if upper in WITH_REGION else TARGETS.get(base, base)
