"""Services for learners of a language: translation, dictionary, grammar. Each is optional.

One file a provider; `translator()`, `dictionary()` and `grammar_checker()` to get one.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, cast

from engines.errors import EngineError
from engines.made_once import MadeOnce, loader

Provider = Literal["deepl", "libretranslate", "dictionaryapi", "languagetool"]


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word; `part_of_speech` and `example` are empty where none is told."""

    definition: str
    part_of_speech: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a dictionary says of a word; `pronunciation` in IPA, or empty.

    `source` is the address, and `licence` the licence, under which the text may be shown.
    """

    word: str
    senses: tuple[Sense, ...]
    pronunciation: str = ""
    source: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class GrammarHit:
    """A stretch of a text, `start` to `end` in characters, that could be said better.

    `better`: what could stand there, best first. `kind` is the service's own: grammar,
    misspelling, style, typographical, … . `rule` names what it was found by.
    """

    start: int
    end: int
    better: tuple[str, ...]
    why: str
    rule: str
    kind: str


class LanguageServiceError(EngineError):
    """No answer. Beside the codes of all engines: `language_unknown`, `word_unknown`."""


@dataclass(frozen=True, slots=True)
class ServiceOptions:
    """Which service. Hashable: it is the key under which `make` keeps one with its connections.

    `timeout` in seconds, a request; `retries` on top of the first try.
    """

    provider: Provider
    api_key: str | None = field(default=None, repr=False)
    base_url: str | None = None
    timeout: float = 8.0
    retries: int = 1


class Service(Protocol):
    """`leaves_machine` is true when what is asked goes to another machine."""

    name: str
    leaves_machine: bool


class Translator(Service, Protocol):
    """Text from one language to another."""

    def translate(self, text: str, *, source: str | None, target: str, timeout: float) -> str:
        """`source` None: find out; languages as BCP 47 codes. Raises LanguageServiceError."""
        ...


class Dictionary(Service, Protocol):
    """What words mean, in their own language."""

    def look_up(self, word: str, *, language: str, timeout: float) -> Entry:
        """Raises LanguageServiceError: `word_unknown` where it is not in there."""
        ...


class GrammarChecker(Service, Protocol):
    """What could be said better."""

    def check(self, text: str, *, language: str, timeout: float) -> tuple[GrammarHit, ...]:
        """Hits in the order of the text. Raises LanguageServiceError."""
        ...


_PROVIDERS = {
    "deepl": "engines.language_services.deepl",
    "libretranslate": "engines.language_services.libretranslate",
    "dictionaryapi": "engines.language_services.dictionaryapi",
    "languagetool": "engines.language_services.languagetool",
}
_make: MadeOnce[ServiceOptions, Any] = MadeOnce(
    loader(_PROVIDERS, LanguageServiceError, "language service")
)


def translator(options: ServiceOptions) -> Translator:
    """The translator for these options, made once a process. Raises LanguageServiceError."""
    return cast("Translator", _make(options))


def dictionary(options: ServiceOptions) -> Dictionary:
    """The dictionary for these options, made once a process. Raises LanguageServiceError."""
    return cast("Dictionary", _make(options))


def grammar_checker(options: ServiceOptions) -> GrammarChecker:
    """The checker for these options, made once a process. Raises LanguageServiceError."""
    return cast("GrammarChecker", _make(options))
