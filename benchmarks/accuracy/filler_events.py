"""Marked filled pauses held against labelled ones.

An event counts as found when it lies within the tolerance of a label, and each label is found once.
Labels marked suspect are neither rewarded nor punished.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.languages import language
from analysis.timeline import Span
from analysis.weights.corpus import Joined, apart
from engines.transcribers import Word

_ENGLISH = language("en")
_SAMPLES = 2_000


@dataclass(slots=True)
class Counts:
    """Of one call: found, false and missed ones, labels, and how far onsets are off in seconds."""

    right: int = 0
    false: int = 0
    missed: int = 0
    labels: int = 0
    onsets: list[float] = field(default_factory=list)


class Numbers(NamedTuple):
    """How many are marked, against how many there are.

    `error`: mean relative error of recordings that hold some; `longer` that of whole files; `low`
    and `high` the 95 % interval of the first over calls. `false` ones in `seconds` of recordings
    that hold none.
    """

    marked: int
    labelled: int
    error: float
    low: float
    high: float
    longer: float
    false: int
    seconds: float


def written(word: Word) -> bool:
    """Whether a word is a filled pause, sure or not."""
    return _ENGLISH.is_filled_pause(word.text)


def counted(word: Word) -> bool:
    """Whether it counts as a filled pause."""
    return written(word) and not word.doubted


def by_call(
    heard: Sequence[Joined], words: Sequence[Sequence[Word]], tolerance: float
) -> dict[str, Counts]:
    """What was found of each call; `tolerance` in seconds, 0 for any overlap."""
    counts = {clip.call: Counts() for file in heard for clip in file.clips}
    for file, said in zip(heard, words, strict=True):
        free = [word for word in said if counted(word)]
        for label in file.labels:
            if not label.filler or label.suspect:
                continue
            hits = [w for w in free if apart(Span(w.start, w.end), label.span) < tolerance]
            mine = counts[file.call_at(label.span.start)]
            mine.labels += 1
            if not hits:
                mine.missed += 1
                continue
            best = max(hits, key=lambda w: Span(w.start, w.end).overlap(label.span))
            free.remove(best)
            mine.right += 1
            mine.onsets.append(abs(best.start - label.span.start))
        excused = [label.span for label in file.labels if label.filler and label.suspect]
        for word in free:
            if all(apart(Span(word.start, word.end), span) >= 0.25 for span in excused):
                counts[file.call_at(word.start)].false += 1
    return counts


def scores(counts: dict[str, Counts]) -> tuple[float, float, float]:
    """Precision, recall and F1 of all calls."""
    return _of_sums(_table(counts).sum(axis=0))


def interval(counts: dict[str, Counts]) -> tuple[float, float]:
    """95 % interval of F1: 2,000 bootstrap samples of whole calls."""
    table = _table(counts)
    return _interval([_of_sums(table[sample].sum(axis=0))[2] for sample in _samples(len(table))])


def numbers(heard: Sequence[Joined], words: Sequence[Sequence[Word]]) -> Numbers:
    """Counts of recordings and files."""
    marked = labelled = false = 0
    seconds = 0.0
    errors: dict[str, list[float]] = {}
    longer = []
    for file, said in zip(heard, words, strict=True):
        whole = sum(clip.fillers for clip in file.clips)
        mine = 0
        for clip in file.clips:
            here = sum(clip.span.start <= w.start < clip.span.end for w in said if counted(w))
            mine += here
            if clip.fillers:
                errors.setdefault(clip.call, []).append(abs(here - clip.fillers) / clip.fillers)
            else:
                false += here
                seconds += clip.span.length
        marked, labelled = marked + mine, labelled + whole
        if whole:
            longer.append(abs(mine - whole) / whole)
    calls = [np.array([sum(each), len(each)]) for each in errors.values()]
    drawn = [np.sum([calls[at] for at in sample], axis=0) for sample in _samples(len(calls))]
    low, high = _interval([total / count for total, count in drawn])
    total, count = np.sum(calls, axis=0)
    mean = float(np.mean(longer))
    return Numbers(marked, labelled, float(total / count), low, high, mean, false, seconds)


def _table(counts: dict[str, Counts]) -> NDArray[np.float64]:
    return np.array([(c.right, c.false, c.missed) for c in counts.values()], dtype=float)


def _of_sums(sums: NDArray[np.float64]) -> tuple[float, float, float]:
    right, false, missed = (float(value) for value in sums)
    return (
        right / max(1.0, right + false),
        right / max(1.0, right + missed),
        2 * right / max(1.0, 2 * right + false + missed),
    )


def _samples(count: int) -> NDArray[np.int64]:
    return np.random.default_rng(0).integers(0, count, (_SAMPLES, count))


def _interval(values: Sequence[float]) -> tuple[float, float]:
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
