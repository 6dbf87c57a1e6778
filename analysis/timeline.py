"""Stretches and events on the time line of a recording; all times in seconds from its start."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Tier = Literal["sure", "possible"]


class Span(NamedTuple):
    """A stretch of time. A tuple of two, so it goes to JSON as [start, end]."""

    start: float
    end: float

    @property
    def length(self) -> float:
        """Seconds."""
        return self.end - self.start

    @property
    def rounded(self) -> "Span":
        """To a hundredth of a second."""
        return Span(round(self.start, 2), round(self.end, 2))

    def overlap(self, other: "Span") -> float:
        """Seconds that both share, 0 when they do not touch."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence inside the talk. `mid_clause` is None where the words cannot tell."""

    span: Span
    mid_clause: bool | None


@dataclass(frozen=True, slots=True)
class Filler:
    """A hesitation or empty phrase, by the numbers of its first and last word."""

    kind: Literal["filled_pause", "lexical_filler", "hedge"]
    text: str
    first_word: int
    last_word: int
    tier: Tier
    after_sentence: bool
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Repetition:
    """Words said again: `text` once, from the first copy's first word to the last copy's last."""

    text: str
    first_word: int
    last_word: int
    extra: int


@dataclass(frozen=True, slots=True)
class FalseStart:
    """A phrase broken off: `text` and the numbers of its words, without what replaces it."""

    text: str
    first_word: int
    last_word: int
    tier: Tier


@dataclass(frozen=True, slots=True)
class Prolongation:
    """A word held over-long, by its number."""

    text: str
    word: int


@dataclass(frozen=True, slots=True)
class Block:
    """A silence before a word, in which its speaker may be stuck; `word` is the word's number."""

    text: str
    span: Span
    word: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something to mark on the time line and in the text.

    `first_word` and `last_word` count from 0 in the transcript's words; `start` and `end` are
    None in a report made from text alone.
    """

    type: str
    start: float | None
    end: float | None
    text: str
    confidence: float | None
    tier: Tier
    first_word: int | None = None
    last_word: int | None = None


def mark(
    kind: str,
    span: Span | None,
    text: str = "",
    *,
    tier: Tier = "sure",
    confidence: float | None = None,
    words: tuple[int, int] | None = None,
) -> Event:
    """An event at a stretch of time; `words` are the numbers of its first and last word."""
    first, last = words or (None, None)
    return Event(
        type=kind,
        start=span.start if span else None,
        end=span.end if span else None,
        text=text,
        confidence=confidence,
        tier=tier,
        first_word=first,
        last_word=last,
    )


def total(spans: Iterable[Span]) -> float:
    """Seconds in all."""
    return sum(span.length for span in spans)


def gaps(spans: Sequence[Span]) -> list[Span]:
    """What lies between ordered spans."""
    return [
        Span(before.end, after.start)
        for before, after in itertools.pairwise(spans)
        if after.start > before.end
    ]
