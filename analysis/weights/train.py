"""Train the filled-pause detector: `python -m analysis.weights.train`.

Reads the labelled telephone recordings beside the project (../shared/data), the training part only,
and writes filled_pauses.json, with what it was fitted to beside it. Deterministic. Thresholds are
chosen on log-odds of calls that the model has not seen: five folds by call. The recordings are
recognised twice, because the encoder goes with words that were not prompted, the sound alone with
prompted ones.
"""

import json
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.hesitations import WEIGHTS
from analysis.hesitations.candidates import LOOKS, looks
from analysis.hesitations.candidates import likeness as likeness_of_sound
from analysis.hesitations.features import FEATURES
from analysis.hesitations.frames import STEP
from analysis.hesitations.logistic import Logistic, fit
from analysis.timeline import Span
from analysis.weights import discriminant, judging
from analysis.weights.corpus import SHARED, Label, joined
from analysis.weights.listening import FOLDS, Heard, fold_of, listen

ENCODER = "whisper-base"
# By the encoder: score of a frame from which a stretch is looked at, what is looked at, and how
# strongly the weights are held back.
HEARD, HEARD_RIDGE = 1.0, 1.0
HEARD_FEATURES = (
    "likeness, mean",
    "likeness, peak",
    "likeness above 0, area",
)
# By the sound alone: log-odds, other features, and what holds frames back.
THRESHOLD, CANDIDATE_RIDGE = -4.0, 3.0
SOUND_FEATURES = FEATURES[:13]
FRAME_RIDGE = 300.0
# A frame this near to a filled pause belongs to neither side.
_MARGIN = 0.1


def main() -> int:
    """Train and write the weights; 0 also where there is nothing to train with."""
    if not (SHARED / "telephone").is_dir():
        _say("The labelled recordings are not in ../shared/data, so nothing was trained.")
        return 0
    files = joined("train")
    weights = train(
        [listen(file, "unprompted") for file in files], [listen(file, "words") for file in files]
    )
    for name, part in weights.items():
        _say(f"{name}: on calls left out {part['unseen']}")
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    return 0


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


def train(heard: Sequence[Heard], prompted: Sequence[Heard]) -> dict[str, Any]:
    """The weights as they are stored; statistics.npz and candidates.tsv are written on the way.

    `prompted`: the same files, with the words of the prompted recogniser. The encoder's threshold
    is chosen with labels in doubt among the others, as the product meets them; the sound alone
    would then mark too many false ones (precision .66 on calls left out).
    """
    fillers = sum(label.filler for each in heard for label in each.file.labels)
    statistics, folds = discriminant.fitted(heard)
    statistics.stored()
    likenesses = [discriminant.likeness(each, folds) for each in heard]
    judging.judged(heard, likenesses, HEARD_FEATURES, HEARD, by_encoder=True).stored()
    clear = sum(_counts(label) for each in prompted for label in each.file.labels)
    return {"encoder": from_stored(fillers), "sound": _by_sound(prompted, clear)}


def from_stored(fillers: int) -> dict[str, Any]:
    """What goes by the encoder, fitted to the stored statistics and candidates alone."""
    return {
        "name": ENCODER,
        "fillers": fillers,
        "discriminant": discriminant.stored_statistics().fit().to_json(),
        **_with_threshold(
            judging.trained(judging.stored_candidates(), fillers, HEARD_RIDGE), HEARD
        ),
    }


def _by_sound(heard: Sequence[Heard], fillers: int) -> dict[str, Any]:
    apart = [_frame_model(heard, fold) for fold in range(FOLDS)]
    parts = [
        judging.judged(
            heard,
            [likeness_of_sound(each.rows, model) for each in heard],
            SOUND_FEATURES,
            THRESHOLD,
            by_encoder=False,
        ).clear()
        for model in apart
    ]
    mine = [part.folds == fold for fold, part in enumerate(parts)]
    unseen = judging.Judged(
        SOUND_FEATURES,
        np.concatenate([part.rows[here] for part, here in zip(parts, mine, strict=True)]),
        np.concatenate([part.truth[here] for part, here in zip(parts, mine, strict=True)]),
        np.concatenate([part.learnt[here] for part, here in zip(parts, mine, strict=True)]),
        np.concatenate([part.folds[here] for part, here in zip(parts, mine, strict=True)]),
    )
    trained = judging.trained(unseen, fillers, CANDIDATE_RIDGE)
    frame = _frame_model(heard, None).to_json()
    return {"frame": frame, **_with_threshold(trained, THRESHOLD)}


def _with_threshold(trained: dict[str, Any], threshold: float) -> dict[str, Any]:
    return {**trained, "thresholds": {"threshold": threshold, **trained["thresholds"]}}


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
        if without is not None and fold_of(clip.call) == without:
            used[_frames_of(clip.span, 0.0)] = False
    return truth, used


def _frames_of(span: Span, margin: float) -> slice:
    return slice(max(0, round((span.start - margin) / STEP)), round((span.end + margin) / STEP))


def _counts(label: Label) -> bool:
    return label.filler and not label.suspect


if __name__ == "__main__":
    sys.exit(main())
