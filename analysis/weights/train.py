"""Train the filled-pause detector: `python -m analysis.weights.train`.

Reads the labelled telephone recordings beside the project (../shared/data), the training part only,
and writes filled_pauses.json. Deterministic. Thresholds are chosen on log-odds of calls that the
model has not seen: five folds by call.
"""

import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis import engine
from analysis.hesitations import WEIGHTS
from analysis.hesitations.candidates import LOOKS, Candidate, candidates, likeness, looks
from analysis.hesitations.features import FEATURES, features
from analysis.hesitations.frames import STEP, Frames, frames
from analysis.hesitations.logistic import Floats, Logistic, fit
from analysis.languages import language
from analysis.options import AnalysisOptions
from analysis.timeline import Span
from analysis.vad import as_floats, detect_speech
from analysis.weights.corpus import SHARED, Joined, Label, joined
from engines.transcribers import Word, make

FOLDS = 5
FRAME_RIDGE = 300.0
CANDIDATE_RIDGE = 3.0
# Log-odds of a frame from which a stretch is looked at: 57 of 59 fillers pass, with nine times as
# many other stretches.
THRESHOLD = -4.0
# A frame this near to a filled pause belongs to neither side.
_MARGIN = 0.1
TOLERANCE = 0.25
_ENGLISH = language("en")


@dataclass(frozen=True, slots=True)
class Heard:
    """One joined file, its words as recognised, and what every frame of it sounds like."""

    file: Joined
    words: tuple[Word, ...]
    speech: tuple[Span, ...]
    rows: Frames


def main() -> int:
    """Train and write the weights; 0 also where there is nothing to train with."""
    if not (SHARED / "telephone").is_dir():
        _say("The labelled recordings are not in ../shared/data, so nothing was trained.")
        return 0
    heard = [listen(file) for file in joined("train")]
    WEIGHTS.write_text(json.dumps(train(heard), indent=1) + "\n", encoding="utf-8")
    return 0


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


def listen(file: Joined) -> Heard:
    """Recognise a file with what the product uses, without looking for fillers by sound."""
    speech = detect_speech(file.samples)
    transcriber = make(AnalysisOptions().transcriber)
    words: list[Word] = []
    for block in engine.plan_blocks(speech, len(file.samples) / 16_000):
        words += engine.transcribe(
            file.samples,
            block,
            AnalysisOptions(language="en"),
            transcriber,
            speech=speech,
            by_sound=False,
        ).words
    return with_frames(file, tuple(words), speech)


def with_frames(file: Joined, words: tuple[Word, ...], speech: tuple[Span, ...]) -> Heard:
    """A file whose words are known."""
    return Heard(file, words, speech, frames(as_floats(file.samples), speech))


def train(heard: Sequence[Heard]) -> dict[str, Any]:
    """The weights as they are stored."""
    frame_model = _frame_model(heard, None)
    rows, labels, calls = [], [], []
    for fold in range(FOLDS):
        apart = _frame_model(heard, fold)
        for each in heard:
            for candidate, row, label in judged(each, apart):
                call = each.file.call_at(candidate.span.start)
                if label is not None and _fold(call) == fold:
                    rows.append(row)
                    labels.append(label)
                    calls.append(_fold(call))
    table, truth = np.array(rows), np.array(labels, dtype=bool)
    folds = np.array(calls)
    final = fit(FEATURES, table, truth, ridge=CANDIDATE_RIDGE)
    unseen = np.empty(len(table))
    for fold in range(FOLDS):
        apart = fit(FEATURES, table[folds != fold], truth[folds != fold], ridge=CANDIDATE_RIDGE)
        unseen[folds == fold] = apart.log_odds(table[folds == fold])
    total = sum(1 for each in heard for label in each.file.labels if _counts(label))
    sure = _best_threshold(unseen, truth, total)
    report = _scores(unseen, truth, total, sure)
    _say(f"{len(truth)} candidates, {truth.sum()} of {total} fillers; unseen: {report}")
    return {
        "frame": frame_model.to_json(),
        "candidate": final.to_json(),
        "thresholds": {
            "threshold": THRESHOLD,
            "sure": round(sure, 3),
            "possible": round(sure - 1.0, 3),
        },
        "unseen": report,
    }


def judged(
    each: Heard, frame_model: Logistic
) -> Iterator[tuple[Candidate, list[float], bool | None]]:
    """Candidates of a file with features and truth (None: not to be judged)."""
    like = likeness(each.rows, frame_model)
    found = candidates(like, each.rows, each.words, _ENGLISH, THRESHOLD)
    fillers = [label for label in each.file.labels if label.filler]
    taken: dict[int, int] = {}
    for number, candidate in enumerate(found):
        for at, label in enumerate(fillers):
            if _apart(candidate.span, label.span) >= TOLERANCE:
                continue
            if at not in taken or _better(candidate, found[taken[at]], label):
                taken[at] = number
    owner = {number: fillers[at] for at, number in taken.items()}
    for number, candidate in enumerate(found):
        own = owner.get(number)
        truth: bool | None = own is not None
        if own is None and any(_apart(candidate.span, f.span) < _MARGIN for f in fillers):
            truth = None
        if own is not None and own.suspect:
            truth = None
        yield candidate, features(candidate, like, each.rows, each.words, _ENGLISH), truth


def _better(one: Candidate, other: Candidate, label: Label) -> bool:
    return (one.word is not None, one.span.overlap(label.span)) > (
        other.word is not None,
        other.span.overlap(label.span),
    )


def _frame_model(heard: Sequence[Heard], without: int | None) -> Logistic:
    """Trained on the frames of all calls but those of one fold."""
    rows, labels = [], []
    for each in heard:
        table, truth, used = looks(each.rows), *_frame_labels(each, without)
        rows.append(table[used])
        labels.append(truth[used])
    return fit(LOOKS, np.vstack(rows), np.concatenate(labels), ridge=FRAME_RIDGE, squares=True)


def _frame_labels(each: Heard, without: int | None) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    truth = np.zeros(len(each.rows), dtype=bool)
    used = each.rows.speech.copy()
    for label in each.file.labels:
        if label.filler:
            used[_frames_of(label.span, _MARGIN)] = False
    for label in each.file.labels:
        if _counts(label):
            here = _frames_of(label.span, 0.0)
            truth[here] = True
            used[here] = each.rows.speech[here] & (each.rows.level[here] > -15)
    for clip in each.file.clips:
        if without is not None and _fold(clip.call) == without:
            used[_frames_of(clip.span, 0.0)] = False
    return truth, used


def _frames_of(span: Span, margin: float) -> slice:
    return slice(max(0, round((span.start - margin) / STEP)), round((span.end + margin) / STEP))


def _counts(label: Label) -> bool:
    return label.filler and not label.suspect


def _apart(one: Span, other: Span) -> float:
    return max(one.start - other.end, other.start - one.end)


def _fold(call: str) -> int:
    return zlib.crc32(call.encode()) % FOLDS


def _best_threshold(odds: Floats, truth: NDArray[np.bool_], total: int) -> float:
    """Middle of the thresholds with the best F1."""
    choices = np.arange(-3, 3, 0.05)
    scores = [_scores(odds, truth, total, choice)["f1"] for choice in choices]
    best = [choice for choice, score in zip(choices, scores, strict=True) if score == max(scores)]
    return float(np.median(best))


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


if __name__ == "__main__":
    sys.exit(main())
