"""The pace ladder: how fast each rung was spoken, against the pace to hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from practice.results.report import recorded_words

# Words a minute to either side that still count as held. Recognition is right to a few words in a
# hundred, and nobody hears less than this. Our estimate (docs/pages.md).
TOLERANCE = 10
# A pace over less talk than this is chance: one long pause changes it by a quarter.
ENOUGH_SECONDS = 15.0

Verdict = Literal["held", "slower", "faster", "too_early"]


@dataclass(frozen=True, slots=True)
class Target:
    """A rung: the pace to hold in words a minute, and where the recording has it (s).

    A rung without a pace of its own is spoken as one likes; one that was not recorded has no times.
    """

    title: str
    words_per_minute: int | None
    recorded_from: float | None
    recorded_until: float | None


@dataclass(frozen=True, slots=True)
class Rung:
    """How a rung was spoken; `pace` (words a minute) is None where it is too early to say."""

    title: str
    target: int | None
    pace: float | None
    verdict: Verdict | None

    @property
    def low(self) -> int:
        """The slowest that still counts as held, in words a minute."""
        return (self.target or 0) - TOLERANCE

    @property
    def high(self) -> int:
        """The fastest that still counts as held, in words a minute."""
        return (self.target or 0) + TOLERANCE


def ladder(document: Mapping[str, Any] | None, targets: Iterable[Target]) -> list[Rung]:
    """Every rung with the pace it was spoken at: 60 W / T over its words, pauses included.

    T runs from the first word of a rung to its last, so that the breath before it does not count.
    """
    recorded = recorded_words(document) if document else None
    return [_rung(target, recorded.words if recorded else ()) for target in targets]


def _rung(target: Target, words: tuple[tuple[float, float], ...]) -> Rung:
    pace = _pace(target, words)
    return Rung(target.title, target.words_per_minute, pace, _verdict(target, pace))


def _pace(target: Target, words: tuple[tuple[float, float], ...]) -> float | None:
    if target.recorded_from is None or target.recorded_until is None:
        return None
    spoken = [
        (start, end)
        for start, end in words
        if target.recorded_from <= (start + end) / 2 < target.recorded_until
    ]
    length = spoken[-1][1] - spoken[0][0] if spoken else 0
    return 60 * len(spoken) / length if length >= ENOUGH_SECONDS else None


def _verdict(target: Target, pace: float | None) -> Verdict | None:
    if pace is None:
        return "too_early"
    if target.words_per_minute is None:
        return None
    off = pace - target.words_per_minute
    if abs(off) <= TOLERANCE:
        return "held"
    return "faster" if off > 0 else "slower"
