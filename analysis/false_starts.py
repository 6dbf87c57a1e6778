"""Phrases broken off and begun anew: "I was- I went", "to the, sorry, to a shop", "wor- words".

Sure where something shows the break: a word cut off with a hyphen, a dash, trailing dots, a filled
pause or a correcting phrase before the restart. With a comma alone ("I came, I saw") it is only
possible. Restarts that say the same words are repetitions (repetitions.py).
"""

from collections.abc import Collection, Sequence

from analysis.languages import Language, bare_word, ends_sentence
from analysis.timeline import FalseStart
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
            start = _cut_off(words, bare, at, language) or _restart(words, bare, at, language)
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
    words: Sequence[Word], bare: Sequence[str], at: int, language: Language
) -> FalseStart | None:
    """The same first word again after a break, and then another one than the first time."""
    if bare[at] not in language.function_words:
        return None
    for size in range(2, LONGEST + 1):
        last = at + size - 1
        if last + 2 >= len(words) or ends_sentence(words[last - 1].text):
            return None
        again, tier = _after_break(words, bare, last, language)
        if again is None or again + 1 >= len(words) or bare[again] != bare[at]:
            continue
        if bare[again + 1] == bare[at + 1]:
            continue
        text = " ".join(bare[at : last + 1])
        return FalseStart(text, at, last, "sure" if tier else "possible")
    return None


def _after_break(
    words: Sequence[Word], bare: Sequence[str], last: int, language: Language
) -> tuple[int | None, bool]:
    """Where speech goes on after a break behind word `last`, and whether the break is sure."""
    text = words[last].text
    if ends_sentence(text):
        return None, False
    sure = text.endswith((*_DASHES, "...", "…"))
    at = last + 1
    while at < len(words):
        if language.is_filled_pause(words[at].text) or not bare[at]:
            at, sure = at + 1, True
            continue
        repair = next((p for p in language.repairs if tuple(bare[at : at + len(p)]) == p), None)
        if repair is None:
            break
        at, sure = at + len(repair), True
    if not sure and not text.endswith(","):
        return None, False
    return (at if at < len(words) else None), sure


def _skip_filled(words: Sequence[Word], at: int, language: Language) -> int:
    while at < len(words) and language.is_filled_pause(words[at].text):
        at += 1
    return at


def _hyphened(text: str) -> bool:
    bare = text.rstrip(",.")
    return len(bare) > 1 and bare.endswith("-") and not bare.endswith("--")
