"""Filled pauses put among the words, without touching their order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.timeline import Span
from engines.transcribers import Word

# What a word keeps when a filled pause turns out to lie inside it.
_SHORTEST = 0.05


@dataclass(frozen=True, slots=True)
class Heard:
    """A filled pause by its sound. `word`: the number of the word it is written as, if any."""

    span: Span
    word: int | None
    text: str
    doubted: bool
    confidence: float


def placed(words: Sequence[Word], heard: Sequence[Heard]) -> tuple[Word, ...]:
    """The words with each filled pause at its time, the neighbours giving way."""
    result = list(words)
    written = {each.word: each for each in heard if each.word is not None}
    for number, each in written.items():
        result[number] = replace(result[number], doubted=each.doubted)
        _at(result, number, each.span)
    for each in heard:
        if each.word is None:
            _insert(result, each)
    return tuple(result)


def _insert(words: list[Word], each: Heard) -> None:
    middle = (each.span.start + each.span.end) / 2
    at = next(
        (number for number, word in enumerate(words) if (word.start + word.end) / 2 > middle),
        len(words),
    )
    word = Word(
        each.text,
        each.span.start,
        each.span.end,
        each.confidence,
        origin="sound",
        doubted=each.doubted,
    )
    words.insert(at, word)
    _at(words, at, each.span)


def _at(words: list[Word], number: int, span: Span) -> None:
    """Move a word to a span as far as its neighbours can give way."""
    start, end = span
    if number:
        before = words[number - 1]
        start = max(start, min(before.end, before.start + _SHORTEST))
        if before.end > start:
            words[number - 1] = replace(before, end=round(start, 3))
    if number + 1 < len(words):
        after = words[number + 1]
        end = min(end, max(after.start, after.end - _SHORTEST))
        if after.start < end:
            words[number + 1] = replace(after, start=round(end, 3))
    if end > start:
        words[number] = replace(words[number], start=round(start, 3), end=round(end, 3))
