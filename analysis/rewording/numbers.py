"""Every number that a sentence holds, in digits or letters, so that none comes in unseen.

Reading errs on one side: what may be a number is one. "One" in "the one thing" is, and so is what
cannot be read ("1/2", "4k", "Ⅳ"), which then equals nothing but itself.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from analysis.languages import language
from analysis.number_words import in_digits

Kind = Literal["plain", "percent", "clock", "ordinal", "ratio", "unread"]

_TOKEN = re.compile(
    r"(?P<clock>[0-9]+(?::[0-9]+)+)"
    r"|(?P<digits>[0-9]+(?:[.,][0-9]+)*)(?P<suffix>[^\W\d_]+)?"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)"
    r"|(?P<space>\s+)"
    r"|(?P<mark>.)",
    re.DOTALL,
)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_PERCENT = re.compile(r"\s*(?:%|per\s*cent\b|pct\b|percentage\b)", re.IGNORECASE)
_ORDINAL_ENDS = {"st", "nd", "rd", "th"}
_ROMAN = re.compile(r"[IVXLCDM]{2,}")
# Touching a number these make another number of it.
_CHANGING = set("/⁄^*×=<>~≈#$€£‰+_")
_WORDS = language("en").number_values
_ALONE = {
    **dict.fromkeys(("once", "single", "sole", "lone"), 1),
    **dict.fromkeys(("twice", "couple", "pair", "both", "duo"), 2),
    **dict.fromkeys(("thrice", "trio"), 3),
    **dict.fromkeys(("nil", "none", "nought", "naught", "null"), 0),
}
_RATIO = re.compile(
    r"hal(?:f|ve[sd]?|ving)|quarter(?:s|ed)?|(?:doubl|trebl|tripl|quadrupl)(?:e[sd]?|ing|y)"
    r"|dozens?|majority|minority|decades?|centur(?:y|ies)|fortnights?|umpteen(?:th)?"
)
_IRREGULAR = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9}
_NAMES = "|".join(sorted(_WORDS, key=len, reverse=True))
_RUN_TOGETHER = re.compile(f"(?:{_NAMES}){{2,}}")
_FOLD = re.compile(f"(?:{_NAMES})fold")
# "No um" says that there are 0 of them.
_COUNTED = r"(?:ums?|uhs?|fillers?|pauses?|gaps?|repetitions?|hedges?|slips?|mistakes?|errors?)"
_NO = re.compile(rf"\bno\s+(?:\w+\s+)?{_COUNTED}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """One number; two are the same where value and kind are."""

    value: str
    kind: Kind = "plain"


@dataclass(frozen=True, slots=True)
class _Token:
    group: str
    text: str
    start: int
    end: int


def numbers_in(text: str) -> list[Number]:
    """Every number of an English text; those with a sign, a fraction or a suffix are "unread"."""
    return [number for number, _, _ in placed_numbers(text)]


def placed_numbers(text: str) -> list[tuple[Number, int, int]]:
    """Every number with where it begins and ends in the text."""
    found = [*_in_signs(text), *_in_digits(text), *_in_words(text)]
    found += [(Number("0"), hit.start(), hit.end()) for hit in _NO.finditer(text)]
    return sorted(found, key=lambda entry: entry[1])


def _in_signs(text: str) -> Iterator[tuple[Number, int, int]]:
    """Single characters that stand for a number, such as ½, ², ⑤ and 五."""
    for place, letter in enumerate(text):
        if not letter.isascii() and unicodedata.numeric(letter, None) is not None:
            yield Number(letter, "unread"), place, place + 1


def _in_digits(text: str) -> Iterator[tuple[Number, int, int]]:
    before = None
    for hit in _TOKEN.finditer(text):
        if hit["space"]:
            continue
        if hit["clock"] or hit["digits"]:
            number = _digits(text, hit)
            if before is not None and (before["digits"] or before["clock"]):
                number = Number(f"{before[0]} {hit[0]}", "unread")
            yield number, hit.start(), hit.end()
        before = hit


def _digits(text: str, hit: re.Match[str]) -> Number:
    written, suffix = hit["clock"] or hit["digits"], (hit["suffix"] or "").lower()
    before, after = text[: hit.start()], text[hit.end() :]
    signed = before[-1:] in {"-", "−", "–"} and not before[:-1][-1:].isalnum()
    touched = before[-1:] in _CHANGING or before[-1:].isalpha() or after[:1] in _CHANGING
    if signed or touched:
        return Number(f"{before[-1:]}{hit[0]}{after[:1]}", "unread")
    if hit["clock"]:
        return Number(written, "clock")
    if _THOUSANDS.fullmatch(written):
        written = written.replace(",", "")
    if not _PLAIN.fullmatch(written) or (suffix and suffix not in _ORDINAL_ENDS):
        return Number(hit[0], "unread")
    return _number(written, "ordinal" if suffix else "plain", after)


def _number(value: str, kind: Kind, after: str) -> Number:
    exact = Decimal(value).normalize()
    same = "percent" if _PERCENT.match(after) else kind
    return Number(f"{exact:f}", same)


def _in_words(text: str) -> Iterator[tuple[Number, int, int]]:
    run: list[_Token] = []
    for hit in _TOKEN.finditer(text):
        token = _Token(str(hit.lastgroup), hit[0], hit.start(), hit.end())
        if token.group == "word":
            bare = re.sub(r"['’]s$", "", token.text.lower())
            if bare in _WORDS or (run and bare == "and"):
                run.append(_Token("word", bare, token.start, token.end))
                continue
            number = _lone_word(token.text, bare)
            yield from _composed(run, text)
            run = []
            if number is not None:
                yield number, token.start, token.end
        elif not (token.group == "space" or token.text in {"-", "‑"}):
            yield from _composed(run, text)
            run = []
    yield from _composed(run, text)


def _composed(run: Sequence[_Token], text: str) -> Iterator[tuple[Number, int, int]]:
    """The numbers of words that stand together: "one hundred and five" is one, 105."""
    words = [token.text for token in run]
    for value, first, last in in_digits(words, _WORDS):
        if value.isdigit():
            after = text[run[last].end :]
            yield _number(value, "plain", after), run[first].start, run[last].end


def _lone_word(written: str, bare: str) -> Number | None:
    if bare in _ALONE:
        return Number(str(_ALONE[bare]))
    if bare in {"ones", "seconds"}:  # those that …; the unit
        return None
    if _RATIO.fullmatch(bare) or _FOLD.fullmatch(bare):
        return Number(bare, "ratio")
    if (ordinal := _ordinal(bare)) is not None:
        return Number(str(ordinal), "ordinal")
    plural = _singular(bare)
    if plural in _WORDS or plural in _ALONE or _ordinal(plural) is not None:
        return Number(bare, "unread")
    if _RUN_TOGETHER.fullmatch(bare) or _ROMAN.fullmatch(written):
        return Number(bare, "unread")
    return None


def _ordinal(word: str) -> int | None:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    stem = re.sub(r"ieth$", "y", word) if word.endswith("ieth") else word.removesuffix("th")
    stem = {"twelf": "twelve"}.get(stem, stem)
    return _WORDS.get(stem) if stem != word else None


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word in {"sixes"} else word.removesuffix("s")
