"""Phrases broken off and begun anew: "I was- I went", "to the, sorry, to a shop", "wor- words".

Sure where something shows the break: a word cut off with a hyphen, a dash, trailing dots, a
correcting phrase, or a filled pause behind a word that no phrase ends with ("we took the, um, we")
or between two forms of one word ("it, um, it's").
A filled pause behind any other word, or a comma behind such a one, makes it only possible; a comma
alone, as in an enumeration ("I came, I saw"), is nothing. Restarts that say the same words are
repetitions (repetitions.py).
"""

from collections.abc import Collection, Sequence

from analysis.languages import Language, bare_word, ends_sentence
from analysis.timeline import FalseStart, Tier
from engines.transcribers import Word

LONGEST = 4
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
        if language.is_filled_pause(words[last].text):
            continue
        again, tier = _after_break(words, bare, last, language)
        if again is None or again + 1 >= len(words) or not _begins_again(bare[at], bare[again]):
            continue
        if bare[again] == bare[at] and (last == at or bare[again + 1] == bare[at + 1]):
            continue
        # Most of what an "and" joins to an "and" is an enumeration.
        if bare[at] in language.joining and not _is_broken(words, bare, last, language):
            continue
        if last == at and again > at + 1:
            tier = "sure"
        return FalseStart(" ".join(filter(None, bare[at : last + 1])), at, last, tier)
    return None


def _begins_again(first: str, second: str) -> bool:
    """Whether two words are the same or forms of the same: "it" and "it's"."""
    return first.partition("'")[0] == second.partition("'")[0]


def _after_break(
    words: Sequence[Word], bare: Sequence[str], last: int, language: Language
) -> tuple[int | None, Tier]:
    """Where speech goes on after a break behind word `last`, and whether the break is sure."""
    if ends_sentence(words[last].text):
        return None, "possible"
    unfinished = bare[last] in language.unfinished
    at = _skip_filled(words, last + 1, language)
    hesitated = at > last + 1
    at = _skip_repairs(words, bare, at, language)
    tier: Tier = "possible"
    if _is_broken(words, bare, last, language) or (hesitated and unfinished):
        tier = "sure"
    elif not hesitated and not (unfinished and words[last].text.endswith(",")):
        return None, tier
    return (at if at < len(words) else None), tier


def _is_broken(words: Sequence[Word], bare: Sequence[str], last: int, language: Language) -> bool:
    """Whether a dash, trailing dots or a correcting phrase follows word `last`."""
    if words[last].text.endswith((*_DASHES, "...", "…")):
        return True
    at = _skip_filled(words, last + 1, language)
    return _skip_repairs(words, bare, at, language) > at


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
