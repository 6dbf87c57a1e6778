"""What a word means, by a dictionary, where the owner has set one up."""

from dataclasses import dataclass

from django.conf import settings

from engines.language_services import Entry, LanguageServiceError, in_turn

SECONDS = 8.0


class NoDictionary(Exception):
    """None is set up, or none answers; `permanent` where asking again cannot help."""

    def __init__(self, *, permanent: bool) -> None:
        super().__init__("no dictionary")
        self.permanent = permanent


class UnknownWord(Exception):
    """The dictionary does not have it."""


@dataclass(frozen=True)
class LookedUp:
    """What a dictionary says, and which one."""

    entry: Entry
    service: str
    leaves_machine: bool

    @property
    def meaning(self) -> str:
        """Its first meaning, in the word's own language."""
        return self.entry.senses[0].definition if self.entry.senses else ""

    @property
    def sentence(self) -> str:
        """The first sentence it gives with the word; empty where it gives none."""
        return next((sense.example for sense in self.entry.senses if sense.example), "")


def is_possible() -> bool:
    """Whether a dictionary is set up."""
    return bool(settings.DICTIONARIES)


def look_up(word: str, language: str) -> LookedUp:
    """What `word` means; `language` as a BCP 47 code. Raises NoDictionary, UnknownWord."""
    try:
        told = in_turn.look_up(settings.DICTIONARIES, word, language=language, seconds=SECONDS)
    except LanguageServiceError as error:
        if error.code == "word_unknown":
            raise UnknownWord from error
        raise NoDictionary(permanent=error.permanent) from error
    return LookedUp(told.answer, told.service, told.leaves_machine)
