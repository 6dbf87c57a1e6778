"""How well what was said fits the phones of the text (goodness of pronunciation).

A phone's goodness is the mean, over the frames that the alignment gives it, of
log(max_s P(frame | s, phone) / sum_q max_s P(frame | s, q)), with q all phones and s the states of
each in any context (after Witt & Young 2000 and Hu et al. 2015, who use the posterior of a network
where this model has only likelihoods). 0 is best. What was heard instead is the phone whose three
states, without context, fit those frames best.

A score, 0-100, is how much more likely these sounds are when the word, or the phone, is the one
written than when it is another: a logistic curve fitted to both (fitting.py), of equal number.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.pronunciation.alignment import AlignedPhone, AlignedWord
from analysis.pronunciation.phones import STATES, phones

# Fitted by fitting.py to every second of 60 learners: see docs/analysis.md for what they are worth.
WORD_CURVE = (5.835, 1.515)
PHONE_CURVE = (2.081, 0.49)


@dataclass(frozen=True, slots=True)
class PhoneFit:
    """`goodness` in nats, 0 is best; `heard`: the phone that fits best, which may be the same."""

    name: str
    goodness: float
    heard: str


class Fits:
    """The costs of acoustics.senone_costs, by phone."""

    def __init__(self, costs: NDArray[np.float32]) -> None:
        model = phones()
        self._names = [model.names[number] for number in model.spoken]
        self._places = {name: place for place, name in enumerate(self._names)}
        alone = costs[:, : STATES * len(model.names)].reshape(len(costs), -1, STATES)
        self._alone = alone[:, model.spoken]
        best = np.stack([costs[:, model.of_phone[n]].min(axis=1) for n in model.spoken], axis=1)
        self._posteriors = -best - np.log(np.exp(-best).sum(axis=1, keepdims=True))

    def of(self, word: AlignedWord) -> tuple[PhoneFit, ...]:
        """One each of the word's phones."""
        return tuple(self._of_phone(phone) for phone in word.phones)

    def _of_phone(self, phone: AlignedPhone) -> PhoneFit:
        here = slice(phone.first, phone.first + phone.frames)
        goodness = self._posteriors[here, self._places[phone.name]].mean()
        heard = self._names[int(np.argmin(_through_states(self._alone[here])))]
        return PhoneFit(phone.name, float(goodness), heard)


def _through_states(costs: NDArray[np.float32]) -> NDArray[np.float32]:
    """The cost of each phone's three states one after the other over all frames."""
    first, second, third = np.moveaxis(costs, 2, 0).cumsum(axis=1)
    begun = np.full(costs.shape[1], np.inf, np.float32)
    ended = begun.copy()
    for frame in range(1, len(costs)):
        last = third[frame] - third[frame - 1]
        ended = np.minimum(ended, begun) + last
        middle = second[frame] - second[frame - 1]
        begun = np.minimum(begun, first[frame - 1]) + middle
    return ended


def word_goodness(fits: Sequence[PhoneFit]) -> float:
    """The mean of its phones."""
    return sum(fit.goodness for fit in fits) / len(fits)


def score(goodness: float, curve: tuple[float, float]) -> int:
    """0-100 by a logistic curve of (offset, slope)."""
    offset, slope = curve
    return round(100 / (1 + math.exp(-(offset + slope * goodness))))
