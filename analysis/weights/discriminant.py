"""Fitting what tells a filled pause from the rest in the states of an encoder.

Fisher's linear discriminant: the difference of the two means, against how states scatter about
them. It needs means and scatter only, which are kept (statistics.npz), so that it can be fitted
again without the recordings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.hesitations.ear import Discriminant, Ear
from analysis.hesitations.logistic import Floats
from analysis.runs import runs
from analysis.timeline import Span
from analysis.weights.corpus import Label
from analysis.weights.listening import FOLDS, STATES_A_SECOND, Heard, fold_of

STATISTICS = Path(__file__).parent / "statistics.npz"
# Shrinks the scatter to a ball as large as its mean: 512 dimensions, and fifty filled pauses.
SHRINKAGE = 1.0
# There are few filled pauses, so their own scatter counts for half of the others'.
RARER = 0.5
# A state this near to a filled pause belongs to neither side, nor one this far from voice.
_MARGIN, _VOICE = 0.15, 0.1
# A second fit leaves out what the first, on other calls, holds for mislabelled: a filled pause
# with no state like one, and states of fluent speech that are very much like one.
_NEVER, _SURELY = 0.0, 6.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Means of the states inside and outside filled pauses, and their scatter about them."""

    inside: Floats
    outside: Floats
    scatter: Floats

    def fit(self) -> Discriminant:
        """The weights; 0 is half way between the means."""
        size = len(self.scatter)
        ball = np.eye(size) * SHRINKAGE * np.trace(self.scatter) / size
        weights = np.linalg.solve(self.scatter + ball, self.inside - self.outside)
        bias = -float(weights @ (self.inside + self.outside)) / 2
        return Discriminant(weights.astype(np.float32), bias)

    def stored(self, path: Path = STATISTICS) -> None:
        """Writes them in single precision, the scatter's upper triangle."""
        upper = self.scatter[np.triu_indices(len(self.scatter))].astype(np.float32)
        means = np.stack([self.inside, self.outside]).astype(np.float32)
        np.savez(path, means=means, scatter=upper)


def stored_statistics(path: Path = STATISTICS) -> Statistics:
    """Those that training wrote."""
    with np.load(path) as kept:
        inside, outside = kept["means"].astype(float)
        scatter = np.zeros((len(inside), len(inside)))
        scatter[np.triu_indices(len(inside))] = kept["scatter"]
    return Statistics(inside, outside, scatter + np.triu(scatter, 1).T)


def fitted(heard: Sequence[Heard]) -> tuple[Statistics, list[Discriminant]]:
    """The statistics of everything, and a discriminant for each fold that has not seen it."""
    truth = [_Truth(each) for each in heard]
    for each in truth:
        each.doubt(_apart(truth))
    folds = _apart(truth)
    return _statistics(truth, None), folds


def likeness(each: Heard, discriminants: Sequence[Discriminant]) -> Floats:
    """Of every frame of 10 ms: to be inside a filled pause, as what has not seen its call says."""
    ears = [Ear(discriminant) for discriminant in discriminants]
    whole = np.full(len(each.rows), -np.inf)
    for fold, ear in enumerate(ears):
        for first, last in runs(each.known):
            ear(first / STATES_A_SECOND, each.states[first:last].astype(np.float32))
        heard = ear.likeness(len(each.rows))
        for clip in each.file.clips:
            if fold_of(clip.call) == fold:
                here = slice(round(clip.span.start * 100), round((clip.span.end + 0.5) * 100))
                whole[here] = heard[here]
    return np.where(np.isfinite(whole), whole, -8.0)


class _Truth:
    """Which states of a file to learn from, which of them are filled pauses, and their folds."""

    def __init__(self, heard: Heard) -> None:
        self.heard = heard
        count = len(heard.states)
        labels = [label for label in heard.file.labels if label.filler]
        self.inside = _mask([label.span for label in labels if not label.suspect], count, 0.0)
        near = _mask([label.span for label in labels], count, _MARGIN)
        voice = _mask(heard.speech, count, _VOICE) & heard.known
        self.folds = np.full(count, -1)
        for clip in heard.file.clips:
            self.folds[_states_of(clip.span, 0.0)] = fold_of(clip.call)
        self.used = voice & (self.inside | ~near) & (self.folds >= 0)

    def doubt(self, discriminants: Sequence[Discriminant]) -> None:
        scores = np.full(len(self.folds), -np.inf)
        for fold, discriminant in enumerate(discriminants):
            here = self.heard.known & (self.folds == fold)
            scores[here] = discriminant.scores(self.heard.states[here].astype(np.float32))
        scores = np.convolve(np.maximum(scores, -12.0), np.ones(3) / 3, "same")
        self.used &= self.inside | (scores <= _SURELY)
        for label in self.heard.file.labels:
            if _learnt(label) and scores[_states_of(label.span, 0.0)].max() < _NEVER:
                self.used[_states_of(label.span, 0.0)] = False


def _apart(truth: Sequence[_Truth]) -> list[Discriminant]:
    return [_statistics(truth, fold).fit() for fold in range(FOLDS)]


def _statistics(truth: Sequence[_Truth], without: int | None) -> Statistics:
    chosen = [each.used & (each.folds != without) for each in truth]
    states = np.concatenate([t.heard.states[c] for t, c in zip(truth, chosen, strict=True)])
    labels = np.concatenate([t.inside[c] for t, c in zip(truth, chosen, strict=True)])
    states = states.astype(np.float64)
    inside, outside = states[labels], states[~labels]
    scatter = np.cov(outside.T) + RARER * np.cov(inside.T)
    return Statistics(inside.mean(axis=0), outside.mean(axis=0), scatter)


def _learnt(label: Label) -> bool:
    return label.filler and not label.suspect


def _mask(spans: Sequence[Span], count: int, margin: float) -> NDArray[np.bool_]:
    mask = np.zeros(count, dtype=bool)
    for span in spans:
        mask[_states_of(span, margin)] = True
    return mask


def _states_of(span: Span, margin: float) -> slice:
    first = max(0, round((span.start - margin) * STATES_A_SECOND))
    return slice(first, max(first + 1, round((span.end + margin) * STATES_A_SECOND)))
