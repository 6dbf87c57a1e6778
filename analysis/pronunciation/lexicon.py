"""How words are said: the pronouncing dictionary that comes with the acoustic model.

A form that it lacks is said as its stem with the ending English adds to it by rule (-s, -es, 's,
-ed, -ing) or as two words it has. Any other word has no pronunciation: it is not judged.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.languages import bare_word, language
from analysis.number_words import in_digits
from analysis.pronunciation.phones import MODEL, VOWELS

Said = tuple[str, ...]

_VOICELESS = frozenset(["P", "T", "K", "F", "TH"])
_HISSING = frozenset(["S", "Z", "SH", "ZH", "CH", "JH"])
_VARIANT = re.compile(r"\(\d+\)$")
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class TextWord:
    """One word of a text: as written, as looked up, and the ways it may be said (none: unknown)."""

    written: str
    spoken: str
    ways: tuple[Said, ...]


def words_of(text: str) -> tuple[TextWord, ...]:
    """The words of a text in order; what holds no letter and no digit is none."""
    found = []
    for written in text.replace("’", "'").replace("—", " ").replace("–", " ").split():
        for part in written.split("-"):
            spoken = bare_word(part)
            if spoken:
                found.append(TextWord(part, spoken, ways_of(spoken)))
    return tuple(found)


@functools.lru_cache(maxsize=4096)
def ways_of(word: str) -> tuple[Said, ...]:
    """The pronunciations of a lower-case word, the usual one first; none where it is unknown."""
    known = _dictionary().get(word)
    if known:
        return known
    return _number(word) or _inflected(word) or _compound(word)


@functools.lru_cache(maxsize=1)
def _dictionary() -> dict[str, tuple[Said, ...]]:
    found: dict[str, list[Said]] = {}
    with (MODEL / "cmudict-en-us.dict").open(encoding="utf-8") as lines:
        for line in lines:
            word, *said = line.split()
            found.setdefault(_VARIANT.sub("", word), []).append(tuple(said))
    return {word: tuple(ways) for word, ways in found.items()}


def _number(word: str) -> tuple[Said, ...]:
    if not word.isdigit():
        return ()
    values = language("en").number_values
    for spelled, ways in _dictionary().items():
        if values.get(spelled) is not None and next(in_digits([spelled], values))[0] == word:
            return ways
    return ()


def _inflected(word: str) -> tuple[Said, ...]:
    for ending, add in (("'s", _plural), ("s'", _plural), ("es", _plural), ("s", _plural)):
        if word.endswith(ending):
            stem = _dictionary().get(word.removesuffix(ending))
            if stem:
                return tuple(add(said) for said in stem)
    for ending, replaced in (("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")):
        if word.endswith(ending):
            stem = _dictionary().get(word.removesuffix(ending) + replaced)
            if stem:
                return tuple(
                    _past(said) if ending == "ed" else (*said, "IH", "NG") for said in stem
                )
    return ()


def _compound(word: str) -> tuple[Said, ...]:
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        first, second = _dictionary().get(word[:cut]), _dictionary().get(word[cut:])
        if first and second:
            return ((*first[0], *second[0]),)
    return ()


def _plural(said: Said) -> Said:
    if said[-1] in _HISSING:
        return (*said, "IH", "Z")
    return (*said, "S" if said[-1] in _VOICELESS else "Z")


def _past(said: Said) -> Said:
    if said[-1] in {"T", "D"}:
        return (*said, "IH", "D")
    voiceless = said[-1] in _VOICELESS | {"S", "SH", "CH"}
    return (*said, "T" if voiceless else "D")


def _going(said: Said) -> Said:
    return (*said, "IH", "NG")


def syllables(said: Sequence[str]) -> int:
    """How many vowels are said: one a syllable."""
    return sum(phone in VOWELS for phone in said)
