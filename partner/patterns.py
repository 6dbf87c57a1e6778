"""The small pattern language of scripts, and words as they are compared with it.

A recogniser's text has no punctuation to rely on, so both sides are lower case, without accents,
punctuation and fillers, and English contractions stand in full.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from .numbers_said import NUMBER_WORDS

FILLERS = frozenset(("um", "uh", "er", "erm", "hmm", "hm", "mm", "mmm", "ah", "eh", "em", "ehm"))
# What ends the learner's own words that a pattern's * has caught.
ENDS_CAPTURE = frozenset(
    ("and", "but", "because", "so", "please", "then", "y", "pero", "porque", "por", "entonces")
)
_FULL = (
    (re.compile(r"\b(can)'t\b|\bcannot\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"\b(what|how|it|that|where|who|there|here|he|she|when|name)'s\b"), r"\1 is"),
    (re.compile(r"\blet's\b"), "let us"),
)
# "1,200" and, in Spanish, "1.200" are one number; "3.50" is a price.
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_NOT_WORDS = re.compile(r"[^\w'#]+")


@dataclass(frozen=True)
class Word:
    """One word to compare, and the word of the text it comes from."""

    plain: str
    heard: str


def plain(text: str) -> str:
    """Lower case, no accents, contractions in full, one apostrophe for all."""
    lower = text.lower().replace("’", "'").replace("ʼ", "'")
    letters = unicodedata.normalize("NFKD", lower)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    for short, full in _FULL:
        bare = short.sub(full, bare)
    return bare


def words_of(text: str) -> tuple[Word, ...]:
    """The words of what was said, without fillers."""
    words: list[Word] = []
    for heard in text.split():
        # What is said stays as heard, but for the punctuation around it.
        bare = heard.strip(".,;:!?¿¡\"'()[]…«»-–—")
        whole = _THOUSANDS.sub("", plain(bare))
        parts = _NOT_WORDS.sub(" ", whole).replace("#", " ").replace("_", " ").split()
        words += [
            Word(part.strip("'"), bare if len(parts) == 1 or "'" in bare else part)
            for part in parts
            if part.strip("'") and part not in FILLERS
        ]
    return tuple(words)


def spaced(words: tuple[Word, ...]) -> str:
    """The words as patterns see them: each with a space before it."""
    return "".join(f" {word.plain}" for word in words)


@dataclass(frozen=True)
class Match:
    """Where a pattern fits, in words (`end` is past the last); `caught` is what its * took."""

    start: int
    end: int
    caught: tuple[int, int] | None


@dataclass(frozen=True)
class Pattern:
    """One pattern, ready to be looked for; `plain_words` when nothing in it is special."""

    source: str
    regex: re.Pattern[str]
    plain_words: str | None

    def find(self, text: str) -> Match | None:
        """The first place in a text made by `spaced`."""
        found = self.regex.search(text)
        if found is None:
            return None

        def word_at(place: int) -> int:
            return text.count(" ", 0, place)

        caught = None
        if self.regex.groups and found.group(1) is not None:
            caught = (word_at(found.start(1)), word_at(found.end(1)))
        return Match(word_at(found.start()), word_at(found.end()), caught)


_TOKENS = re.compile(r"[()\[\]|*#]|[^\s()\[\]|*#]+")
NUMBER = r"(?: (?:\d+|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r"))+"


class BadPattern(ValueError):
    """A pattern cannot be read; the message is the pattern."""


def _sequence(parts: list[str], source: str, closing: str) -> str:
    """The regular expression of parts up to `closing`, which is taken away too."""
    branches: list[str] = []
    row = ""
    while parts:
        part = parts.pop(0)
        if part in ")]":
            if part != closing:
                raise BadPattern(source)
            return "|".join([*branches, row])
        if part == "|":
            branches.append(row)
            row = ""
        elif part == "(":
            row += f"(?:{_sequence(parts, source, ')')})"
        elif part == "[":
            row += f"(?:{_sequence(parts, source, ']')})?"
        elif part == "*":
            row += r"((?: [^ ]+){1,6}" + ("?)" if parts else ")")
        elif part == "#":
            row += NUMBER
        else:
            row += "".join(f" {re.escape(word)}" for word in part.split())
    if closing:
        raise BadPattern(source)
    return "|".join([*branches, row])


@cache
def pattern(source: str) -> Pattern:
    """A pattern of a data file; raises BadPattern. `=` at its start: nothing else may be said."""
    whole = source.startswith("=")
    text = re.sub(r"[^\w\s()\[\]|*#']+", " ", plain(source.lstrip("= ")))
    parts = _TOKENS.findall(text)
    if not parts or text.count("*") > 1:
        raise BadPattern(source)
    is_plain = not whole and all(part not in "()[]|*#" for part in parts)
    body = _sequence(list(parts), source, "")
    regex = re.compile(f"^(?:{body})$" if whole else f"(?:{body})(?= |$)")
    if regex.fullmatch(""):
        raise BadPattern(source)
    return Pattern(source, regex, " ".join(parts) if is_plain else None)
