"""Moments of a recording to listen to, as links that play a little around each."""

from collections.abc import Sequence
from dataclasses import dataclass

MOMENTS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch to hear, in seconds."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Moments:
    """The first few of `count` moments; `more` says how many are left out."""

    shown: list[Moment]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


def moments_of(spans: Sequence[Sequence[float]]) -> Moments:
    """The moments of a measure's evidence, spread evenly where there are too many to list."""
    if len(spans) <= MOMENTS_SHOWN:
        chosen = list(spans)
    else:
        chosen = [
            spans[round(i * (len(spans) - 1) / (MOMENTS_SHOWN - 1))] for i in range(MOMENTS_SHOWN)
        ]
    return Moments([Moment(span[0], span[1]) for span in chosen], len(spans))
