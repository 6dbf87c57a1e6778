"""What speaks for and against a candidate: its sound, its surroundings, the words written there."""

from collections.abc import Sequence

import numpy as np

from analysis.hesitations.candidates import Candidate
from analysis.hesitations.frames import STEP, VOICED, Frames
from analysis.hesitations.logistic import Floats
from analysis.languages import Language
from analysis.timeline import Span
from engines.transcribers import Word

FEATURES = (
    "likeness, mean",
    "likeness, best fifth of a second",
    "duration",
    "voiced",
    "pitch spread",
    "silence before",
    "silence after",
    "written",
    "confidence as written",
    "covered by words",
    "shortest word there",
    "word too long",
    "doubt about the words there",
    "likeness, peak",
    "likeness above 0, area",
)
_BEST = 20
_EDGE = 0.5
_SILENT = -18.0
# The length of a word with this many letters: over-long beyond 1.6 times this.
_BASE, _LETTER = 0.18, 0.12


def features(
    candidate: Candidate, like: Floats, frames: Frames, words: Sequence[Word], rules: Language
) -> list[float]:
    """One row in the order of FEATURES."""
    span = candidate.span
    first, last = (
        round(span.start / STEP),
        max(round(span.end / STEP), round(span.start / STEP) + 1),
    )
    here = slice(first, last)
    around = like[max(0, first - 10) : last + 10]
    voiced = frames.voicing[here] >= VOICED
    pitch = frames.pitch[here][voiced]
    written = words[candidate.word] if candidate.word is not None else None
    beneath = [
        word
        for word in _near(words, span)
        if Span(word.start, word.end).overlap(span) > 0 and not rules.is_filled_pause(word.text)
    ]
    covered = sum(Span(word.start, word.end).overlap(span) for word in beneath)
    main = max(beneath, key=lambda word: Span(word.start, word.end).overlap(span), default=None)
    return [
        float(like[here].mean()) if last <= len(like) else -8.0,
        _best(around),
        float(np.sqrt(span.length)),
        float(voiced.mean()) if voiced.size else 0.0,
        float(np.minimum(pitch.std(), 4.0)) if len(pitch) > 1 else 4.0,
        _silence(frames, first - 1, -1),
        _silence(frames, last, 1),
        float(written is not None),
        written.confidence if written and written.confidence is not None else 0.0,
        min(1.0, covered / span.length),
        min(8.0, float(len(main.text.strip(".,?!")))) if main else 0.0,
        min(2.0, _excess(main)) if main else 0.0,
        1 - min((w.confidence for w in beneath if w.confidence is not None), default=1.0),
        float(like[here].max(initial=-8.0)),
        float(np.sqrt(np.clip(like[here], 0.0, None).sum() * STEP)),
    ]


def _near(words: Sequence[Word], span: Span) -> list[Word]:
    return [word for word in words if word.start < span.end and word.end > span.start]


def _best(around: Floats) -> float:
    """Mean over the frames that sound most like it, a fifth of a second of them."""
    if not len(around):
        return -8.0
    best = np.sort(around)[-_BEST:]
    return float(best.sum() + (_BEST - len(best)) * -2.0) / _BEST


def _silence(frames: Frames, at: int, step: int) -> float:
    """Seconds without voice on one side, half a second at most."""
    quiet = 0
    while quiet * STEP < _EDGE:
        place = at + step * quiet
        inside = 0 <= place < len(frames)
        if inside and frames.speech[place] and frames.level[place] > _SILENT:
            break
        quiet += 1
    return quiet * STEP


def _excess(word: Word) -> float:
    return (word.end - word.start) / (_BASE + _LETTER * len(word.text.strip(".,?!"))) / 1.6
