"""The Free Dictionary API (https://dictionaryapi.dev), or a server of one's own that speaks it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from engines.language_services import Entry, LanguageServiceError, Sense, ServiceOptions
from engines.language_services.connection import Connection, not_as_agreed

BASE_URL = "https://api.dictionaryapi.dev"


def load(options: ServiceOptions) -> "DictionaryAPI":
    """A client for these options."""
    return DictionaryAPI(options.base_url or BASE_URL)


class DictionaryAPI:
    """One client; the service takes no key."""

    def __init__(self, base: str) -> None:
        self._connection = Connection(base)
        self.name = f"Free Dictionary at {self._connection.host}"
        self.leaves_machine = self._connection.leaves_machine

    def look_up(self, word: str, *, language: str, timeout: float) -> Entry:
        """One request; a word that it does not know is answered by 404."""
        code = language.partition("-")[0]
        path = f"/api/v2/entries/{quote(code, safe='')}/{quote(word, safe='')}"
        try:
            data = self._connection.get(path, timeout=timeout)
        except LanguageServiceError as error:
            if "answered 404" in error.detail:
                raise LanguageServiceError(
                    "word_unknown", permanent=True, detail="The dictionary does not have it."
                ) from error
            raise
        try:
            return _entry(data)
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise not_as_agreed(error) from error


def _entry(data: list[dict[str, Any]]) -> Entry:
    first = data[0]
    sounds = (str(sound.get("text") or "") for sound in first.get("phonetics", []))
    return Entry(
        word=str(first["word"]),
        senses=tuple(_senses(data)),
        pronunciation=str(first.get("phonetic") or next(filter(None, sounds), "")),
        source=_address(str(next(iter(first.get("sourceUrls", [])), ""))),
        licence=str(first.get("license", {}).get("name", "")),
    )


def _address(text: str) -> str:
    """An address of the web, or nothing: it is shown as a link."""
    return text if text.startswith(("https://", "http://")) else ""


def _senses(data: list[dict[str, Any]]) -> Iterator[Sense]:
    for entry in data:
        for meaning in entry["meanings"]:
            for each in meaning["definitions"]:
                yield Sense(
                    definition=str(each["definition"]),
                    part_of_speech=str(meaning.get("partOfSpeech") or ""),
                    example=str(each.get("example") or ""),
                )
