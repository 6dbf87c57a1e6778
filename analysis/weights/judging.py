"""Candidates held against the labels, and the regression and thresholds that come of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.hesitations.candidates import Candidate, candidates
from analysis.hesitations.features import FEATURES, features
from analysis.hesitations.logistic import Floats, Logistic, fit
from analysis.languages import language
from analysis.weights.corpus import Label, apart
from analysis.weights.listening import FOLDS, Heard, fold_of

TOLERANCE = 0.25
CANDIDATES = Path(__file__).parent / "candidates.tsv"
# A candidate this near to a filled pause that is another's belongs to neither side.
_MARGIN = 0.1
# Where a label is in doubt: how far the sound may lie from it, and from any labelled word.
_MISPLACED, _UNLABELLED = 1.0, 0.3
# What two thresholds' F1 may differ by: a filled pause of those there are.
_NEARLY = 0.015
_ENGLISH = language("en")


class Judged(NamedTuple):
    """Candidates in the order of `names`, which are filled pauses, and the fold each is in.

    `learnt`: those to fit to; the others' labels are in doubt.
    """

    names: tuple[str, ...]
    rows: Floats
    truth: NDArray[np.bool_]
    learnt: NDArray[np.bool_]
    folds: NDArray[np.intp]

    def clear(self) -> "Judged":
        """Only those to fit to."""
        mine = self.learnt
        return Judged(self.names, self.rows[mine], self.truth[mine], mine[mine], self.folds[mine])

    def stored(self, path: Path = CANDIDATES) -> None:
        """Writes one line a candidate."""
        lines = ["\t".join([*self.names, "filled pause", "learnt", "fold"])]
        for row, *marks in zip(self.rows, self.truth, self.learnt, self.folds, strict=True):
            values = [f"{value:.6g}" for value in row]
            lines.append("\t".join([*values, *(f"{mark:d}" for mark in marks)]))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def stored_candidates(path: Path = CANDIDATES) -> Judged:
    """Those that training wrote."""
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    table = np.array([[float(value) for value in line.split("\t")] for line in lines])
    names = tuple(header.split("\t")[:-3])
    truth, learnt, folds = table[:, -3] > 0, table[:, -2] > 0, table[:, -1].astype(int)
    return Judged(names, table[:, :-3], truth, learnt, folds)


def judged(
    heard: Sequence[Heard],
    likenesses: Sequence[Floats],
    names: Sequence[str],
    threshold: float,
    *,
    by_encoder: bool,
) -> Judged:
    """The candidates of all files.

    `by_encoder` does not learn from those either where the label is in doubt rather than the
    candidate, and looks beyond what voice activity takes for voice.
    """
    mine = [FEATURES.index(name) for name in names]
    rows, marks = [], []
    for each, like in zip(heard, likenesses, strict=True):
        for candidate, row, truth, learnt in _of_file(each, like, threshold, by_encoder):
            rows.append([row[column] for column in mine])
            marks.append((truth, learnt, fold_of(each.file.call_at(candidate.span.start))))
    truths, clear, folds = (np.array(column) for column in zip(*marks, strict=True))
    return Judged(tuple(names), np.array(rows), truths, clear, folds)


def trained(judged: Judged, fillers: int, ridge: float) -> dict[str, Any]:
    """The regression, its thresholds, and what it does on folds it has not seen, to be stored.

    `fillers`: how many there are in all, found among the candidates or not.
    """
    unseen = np.empty(len(judged.truth))
    for fold in range(FOLDS):
        here = judged.folds == fold
        apart_from = _fit(judged, judged.learnt & ~here, ridge)
        unseen[here] = apart_from.log_odds(judged.rows[here])
    sure = _best_threshold(unseen, judged.truth, fillers)
    whole = _fit(judged, judged.learnt, ridge)
    return {
        "candidate": whole.to_json(),
        "thresholds": {"sure": round(sure, 3), "possible": round(sure - 1.0, 3)},
        "unseen": _scores(unseen, judged.truth, fillers, sure),
    }


def _fit(judged: Judged, chosen: NDArray[np.bool_], ridge: float) -> Logistic:
    return fit(judged.names, judged.rows[chosen], judged.truth[chosen], ridge=ridge)


def _of_file(
    each: Heard,
    like: Floats,
    threshold: float,
    by_encoder: bool,
) -> Iterator[tuple[Candidate, list[float], bool, bool]]:
    """Each candidate with its features, whether it is a filled pause, and whether to learn it."""
    within = None if by_encoder else each.rows.speech
    found = candidates(like, each.words, _ENGLISH, threshold, within)
    fillers = [label for label in each.file.labels if label.filler]
    owner = _owners(found, fillers)
    for number, candidate in enumerate(found):
        own = owner.get(number)
        row = features(candidate, like, each.rows, each.words, _ENGLISH)
        if own is None:
            learnt = all(apart(candidate.span, f.span) >= _MARGIN for f in fillers)
            learnt &= not (by_encoder and _disputed(candidate, row, each.file.labels))
        else:
            learnt = not own.suspect
        yield candidate, row, own is not None, learnt


def _owners(found: Sequence[Candidate], fillers: Sequence[Label]) -> dict[int, Label]:
    """By number of the candidate, the label that it is."""
    taken: dict[int, int] = {}
    for number, candidate in enumerate(found):
        for at, label in enumerate(fillers):
            if apart(candidate.span, label.span) >= TOLERANCE:
                continue
            if at not in taken or _better(candidate, found[taken[at]], label):
                taken[at] = number
    return {number: fillers[at] for at, number in taken.items()}


def _better(one: Candidate, other: Candidate, label: Label) -> bool:
    return (one.word is not None, one.span.overlap(label.span)) > (
        other.word is not None,
        other.span.overlap(label.span),
    )


def _disputed(candidate: Candidate, row: Sequence[float], labels: Sequence[Label]) -> bool:
    """Whether the labels rather than the candidate are in doubt."""
    peak = row[FEATURES.index("likeness, peak")]
    suspect = peak > 0 and any(
        label.filler and label.suspect and apart(candidate.span, label.span) < _MISPLACED
        for label in labels
    )
    labelled = any(apart(candidate.span, label.span) < _UNLABELLED for label in labels)
    return suspect or not labelled


def _best_threshold(odds: Floats, truth: NDArray[np.bool_], total: int) -> float:
    """Of the thresholds with nearly the best F1, that which marks as many as there are.

    A count is what is shown first, so it must lean to neither side. Where several mark equally
    many: their middle.
    """
    choices = np.arange(-3, 3, 0.05)
    scores = np.array([_scores(odds, truth, total, choice)["f1"] for choice in choices])
    bias = np.array([abs(int((odds >= choice).sum()) - total) for choice in choices])
    good = scores >= scores.max() - _NEARLY
    return float(np.median(choices[good & (bias == bias[good].min())]))


def _scores(
    odds: Floats, truth: NDArray[np.bool_], total: int, threshold: float
) -> dict[str, float]:
    right = int((truth & (odds >= threshold)).sum())
    marked = int((odds >= threshold).sum())
    precision, recall = right / max(1, marked), right / total
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
    }
