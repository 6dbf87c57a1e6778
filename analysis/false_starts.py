"""Phrases broken off and begun anew: "I was- I went", "to the, sorry, to a shop", "wor- words".

Sure where something shows the break: a word cut off with a hyphen, a dash, trailing dots, a
correcting phrase, or a filled pause behind a word that no phrase ends with ("we took the, um, we")
or between two forms of one word ("it, um, it's").
A filled pause behind any other word, or a comma behind such a one, makes it only possible; a comma
alone, as in an enumeration ("I came, I saw"), is nothing. Restarts that say the same words are
repetitions (repetitions.py).
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from analysis.languages import Language, bare_word, ends_sentence
from analysis.timeline import FalseStart, Tier
from engines.transcribers import Word

LONGEST = 4
# The most words before a filled pause that alone shows a break for sure.
SURE_BEFORE_A_PAUSE = 3
_DASHES = ("-", "–", "—")


def find_false_starts(
    words: Sequence[Word], language: Language, repeated: Collection[int] = ()
) -> tuple[FalseStart, ...]:
    """False starts in order: from the first word broken off to the last before the restart.

    `repeated`: numbers of the words in repetitions, which count there.
    """
    bare = [bare_word(word.text) for word in words]
    found: list[FalseStart] = []
    at = 0
    while at < len(words):
        start = None
        if at not in repeated:
            start = _cut_off(words, bare, at, language) or _restart(
                words, bare, at, language, repeated
            )
        if start is not None:
            found.append(start)
        at = start.last_word + 1 if start else at + 1
    return tuple(found)


def _cut_off(
    words: Sequence[Word], bare: Sequence[str], at: int, language: Language
) -> FalseStart | None:
    """A word that stops at a hyphen; a dash after a whole word is punctuation, not a stumble."""
    if not _hyphened(words[at].text) or not bare[at] or at + 1 >= len(words):
        return None
    after = _skip_filled(words, at + 1, language)
    if after >= len(words) or language.is_filled_pause(words[at].text):
        return None
    return FalseStart(text=bare[at], first_word=at, last_word=at, tier="sure")


class _Break(NamedTuple):
    """What lies between a word and where speech goes on: a filled pause, or a dash, trailing dots
    or a correcting phrase (`shown`).
    """

    again: int
    shown: bool
    hesitated: bool


def _restart(
    words: Sequence[Word],
    bare: Sequence[str],
    at: int,
    language: Language,
    repeated: Collection[int],
) -> FalseStart | None:
    """The same first word again after a break, and then another one than the first time."""
    if bare[at] not in language.function_words:
        return None
    for last in range(at, min(at + LONGEST, len(words) - 2)):
        if last in repeated or (last > at and ends_sentence(words[last - 1].text)):
            return None
        between = _break_behind(words, bare, last, language)
        if between is None or not _begins_anew(bare, at, last, between.again):
            continue
        # Most of what an "and" joins to an "and" is an enumeration.
        if bare[at] in language.joining and not between.shown:
            continue
        tier = _tier(between, last + 1 - at, unfinished=bare[last] in language.unfinished)
        if tier is None and bare[last] in language.unfinished and words[last].text.endswith(","):
            tier = "possible"
        if tier is not None:
            return FalseStart(" ".join(filter(None, bare[at : last + 1])), at, last, tier)
    return None


def _begins_anew(bare: Sequence[str], at: int, last: int, again: int) -> bool:
    """Whether speech goes on with the first word, or a form of it ("it" and "it's"), and then
    otherwise than before.
    """
    if again + 1 >= len(bare) or bare[again].partition("'")[0] != bare[at].partition("'")[0]:
        return False
    return bare[again] != bare[at] or (last > at and bare[again + 1] != bare[at + 1])


def _tier(between: _Break, size: int, *, unfinished: bool) -> Tier | None:
    """How sure a break behind `size` words is; `unfinished`: no phrase ends with their last."""
    if between.shown:
        return "sure"
    if not between.hesitated:
        return None
    return "sure" if size == 1 or (unfinished and size <= SURE_BEFORE_A_PAUSE) else "possible"


def _break_behind(
    words: Sequence[Word], bare: Sequence[str], last: int, language: Language
) -> _Break | None:
    """The break behind word `last`; None where a sentence ends there or in it, or all words do."""
    text = words[last].text
    filled = _skip_filled(words, last + 1, language)
    again = _skip_repairs(words, bare, filled, language)
    if language.is_filled_pause(text) or again >= len(words):
        return None
    if any(ends_sentence(word.text) for word in words[last:again]):
        return None
    shown = again > filled or text.endswith((*_DASHES, "...", "…"))
    return _Break(again, shown, hesitated=filled > last + 1)


def _skip_repairs(words: Sequence[Word], bare: Sequence[str], at: int, language: Language) -> int:
    """The place behind correcting phrases and the filled pauses among them."""
    while at < len(words):
        repair = next((p for p in language.repairs if tuple(bare[at : at + len(p)]) == p), ())
        if not repair:
            break
        at = _skip_filled(words, at + len(repair), language)
    return at


def _skip_filled(words: Sequence[Word], at: int, language: Language) -> int:
    while at < len(words) and (
        language.is_filled_pause(words[at].text) or not bare_word(words[at].text)
    ):
        at += 1
    return at


def _hyphened(text: str) -> bool:
    bare = text.rstrip(",.")
    return len(bare) > 1 and bare.endswith("-") and not bare.endswith("--")
