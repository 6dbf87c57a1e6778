"""Where a filled pause may be: every stretch that sounds like one, every word written as one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.hesitations.frames import STEP, Frames, smoothed
from analysis.hesitations.logistic import Floats, Logistic
from analysis.languages import Language
from analysis.runs import runs
from analysis.timeline import Span
from engines.transcribers import Word

LOOKS = (
    *(f"cepstrum {number}" for number in range(1, 9)),
    "change",
    "change around",
    "voicing",
    "pitch",
    "pitch slope",
    "level",
)
_SHORTEST = 0.08
_BRIDGED = 0.08
# How far from where a filled pause was written its sound may lie.
_REACH = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch to judge; `word` is the number of the filled pause written there, if any."""

    span: Span
    word: int | None


def looks(frames: Frames) -> Floats:
    """The features of every frame, in the order of LOOKS."""
    slope = np.abs(np.gradient(smoothed(frames.pitch, 5))) * 10
    change = np.log(frames.change + 0.05)
    return np.column_stack(
        [
            smoothed(frames.cepstra, 5),
            smoothed(change, 7),
            smoothed(change, 21),
            smoothed(frames.voicing, 5),
            smoothed(frames.pitch, 5),
            np.minimum(smoothed(slope, 7), 5.0),
            np.clip(smoothed(frames.level, 5), -30.0, 15.0),
        ]
    )


def likeness(frames: Frames, model: Logistic) -> Floats:
    """Log-odds of every frame to be inside a filled pause, smoothed over a tenth of a second."""
    return smoothed(np.clip(model.log_odds(looks(frames)), -8.0, 8.0), 9)


def candidates(
    like: Floats,
    words: Sequence[Word],
    rules: Language,
    threshold: float,
    within: NDArray[np.bool_] | None = None,
) -> list[Candidate]:
    """Candidates in order. A stretch at a written filled pause belongs to it.

    `within`: frames that a stretch may hold; all of them where it is not given.
    """
    alike = like > threshold
    free = _stretches(alike if within is None else alike & within)
    found = []
    for number, word in enumerate(words):
        if not rules.is_filled_pause(word.text):
            continue
        near = [
            run for run in free if run.start < word.end + _REACH and run.end > word.start - _REACH
        ]
        span = Span(word.start, max(word.end, word.start + _SHORTEST))
        if near:
            span = max(near, key=lambda run: (run.overlap(span), run.length))
            free.remove(span)
        found.append(Candidate(span, number))
    found += [Candidate(run, None) for run in free]
    return sorted(found, key=lambda candidate: candidate.span)


def _stretches(mask: NDArray[np.bool_]) -> list[Span]:
    found: list[Span] = []
    for start, end in runs(mask) * STEP:
        if found and start - found[-1].end < _BRIDGED:
            found[-1] = Span(found[-1].start, float(end))
        else:
            found.append(Span(float(start), float(end)))
    return [span for span in found if span.length >= _SHORTEST]
