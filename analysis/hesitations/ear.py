"""Filled pauses as the recogniser's encoder hears them.

What the encoder makes of each fiftieth of a second holds "um" and "uh" nearly as plainly as words,
also where the decoder then smooths them over. It is at hand while a window is recognised, so that
one weighted sum is all it costs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from analysis.hesitations.frames import STEP, smoothed
from analysis.hesitations.logistic import Floats
from engines.transcribers import STATE_SECONDS

# Of a moment that no window holds, and the ends of what a moment can be worth.
_UNHEARD = -12.0
_LEAST, _MOST = -8.0, 14.0


@dataclass(frozen=True, slots=True)
class Discriminant:
    """Weights of an encoder's dimensions; the sum is above 0 where a filled pause is likelier."""

    weights: NDArray[np.float32]
    bias: float

    def scores(self, states: NDArray[np.float32]) -> Floats:
        """Of states (frames, dimensions): as many values as frames."""
        return np.asarray(states @ self.weights + self.bias, dtype=float)

    def to_json(self) -> dict[str, Any]:
        """Plain lists; numbers to six digits."""
        return {
            "weights": [float(f"{weight:.6g}") for weight in self.weights],
            "bias": round(self.bias, 6),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The discriminant that `to_json` wrote."""
        return cls(np.asarray(data["weights"], dtype=np.float32), float(data["bias"]))


class Ear:
    """Takes states window by window and keeps one number for each frame."""

    def __init__(self, discriminant: Discriminant) -> None:
        self._discriminant = discriminant
        self._heard: list[tuple[float, Floats]] = []

    def __call__(self, start: float, states: NDArray[np.float32]) -> None:
        """`start` in seconds; `states` a row for every STATE_SECONDS from there."""
        self._heard.append((start, self._discriminant.scores(states)))

    def likeness(self, count: int) -> Floats:
        """Scores of `count` frames of 10 ms, smoothed over 60 ms."""
        length = round(count * STEP / STATE_SECONDS) + 1
        scores = np.full(length, _UNHEARD)
        for start, part in self._heard:
            first = round(start / STATE_SECONDS)
            scores[first : first + len(part)] = part[: max(0, length - first)]
        middles = (np.arange(length) + 0.5) * STATE_SECONDS
        moments = (np.arange(count) + 0.5) * STEP
        like = np.interp(moments, middles, smoothed(scores, 3))
        return np.asarray(np.clip(like, _LEAST, _MOST))
