"""Filled pauses by sound and words together.

Recognition says that somebody hesitated and roughly where; the sound says whether and where
exactly. Every moment is held against how "um" and "uh" sound: to the recogniser's own encoder where
it tells, else by cepstra and pitch. Stretches that resemble them, and every word written as one,
become candidates; a logistic regression weighs sound and words (weights/README.md).
"""

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.hesitations.candidates import Candidate, candidates, likeness
from analysis.hesitations.ear import Discriminant, Ear
from analysis.hesitations.features import FEATURES, features
from analysis.hesitations.frames import STEP, Frames, frames
from analysis.hesitations.logistic import Floats, Logistic
from analysis.hesitations.placing import Heard, placed
from analysis.languages import Language
from analysis.timeline import Span
from engines.transcribers import Word

WEIGHTS = Path(__file__).parents[1] / "weights" / "filled_pauses.json"
# How a closed mouth differs from an open one: less sound, and less change of it, at the end.
_NASAL_DROP = 4.0


@dataclass(frozen=True, slots=True)
class Judge:
    """Which stretches to look at, and what to make of them.

    `threshold`: likeness of a frame from which a stretch becomes a candidate. `sure`: log-odds of a
    candidate to be counted; `possible`: to be shown at least, where nothing is written.
    """

    candidate: Logistic
    threshold: float
    sure: float
    possible: float

    def log_odds(self, rows: Sequence[Sequence[float]]) -> Floats:
        """Of rows in the order of FEATURES, of which it looks at its own."""
        mine = [FEATURES.index(name) for name in self.candidate.names]
        return self.candidate.log_odds(np.asarray(rows)[:, mine])


@dataclass(frozen=True, slots=True)
class Model:
    """What is heard by the encoder of that name, and what by the sound alone."""

    encoder: str
    discriminant: Discriminant
    by_encoder: Judge
    frame: Logistic
    by_sound: Judge


@functools.lru_cache(maxsize=1)
def model() -> Model:
    """The model that weights/train.py wrote."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Model(
        encoder=data["encoder"]["name"],
        discriminant=Discriminant.from_json(data["encoder"]["discriminant"]),
        by_encoder=_judge(data["encoder"]),
        frame=Logistic.from_json(data["sound"]["frame"]),
        by_sound=_judge(data["sound"]),
    )


def _judge(data: dict[str, Any]) -> Judge:
    return Judge(candidate=Logistic.from_json(data["candidate"]), **data["thresholds"])


def ear_for(encoder: str | None) -> Ear | None:
    """What takes the states of this encoder; None where only the sound is left to go by."""
    chosen = model()
    return Ear(chosen.discriminant) if encoder == chosen.encoder else None


def hear(
    words: Sequence[Word],
    samples: NDArray[np.float32],
    speech: Sequence[Span],
    rules: Language,
    ear: Ear | None = None,
) -> tuple[Word, ...]:
    """The words with filled pauses added, placed and doubted by their sound.

    `samples`: mono, 16 kHz, [-1, 1); times of words and speech count from their start. `ear`: has
    been given the encoder's states of them. A filled pause that was not written is inserted with
    the origin "sound"; one that the sound does not bear out is marked as doubted. The order of the
    words stays.
    """
    if not rules.filled_pauses or not speech:
        return tuple(words)
    chosen = model()
    rows = frames(samples, speech)
    like = ear.likeness(len(rows)) if ear else likeness(rows, chosen.frame)
    judge = chosen.by_encoder if ear else chosen.by_sound
    # Voice activity misses soft hesitations, which the encoder hears.
    within = None if ear else rows.speech
    found = candidates(like, words, rules, judge.threshold, within)
    if not found:
        return tuple(words)
    table = [features(each, like, rows, words, rules) for each in found]
    heard = []
    for each, odds in zip(found, judge.log_odds(table), strict=True):
        if each.word is None and odds < judge.possible:
            continue
        heard.append(
            Heard(
                span=each.span,
                word=each.word,
                text=_text(each, rows, rules),
                doubted=bool(odds < judge.sure),
                confidence=round(float(1 / (1 + np.exp(-odds))), 3),
            )
        )
    return placed(words, heard)


def _text(candidate: Candidate, rows: Frames, rules: Language) -> str:
    """What to write: a filled pause with a nasal end or without, as the language has them."""
    nasal, without = rules.hesitation
    return nasal if _ends_nasal(candidate, rows) else without


def _ends_nasal(candidate: Candidate, rows: Frames) -> bool:
    """Whether the last third is clearly softer than the rest, and still voiced."""
    first, last = (min(round(time / STEP), len(rows)) for time in candidate.span)
    cut = last - max(4, (last - first) // 3)
    level: Floats = rows.level
    return cut > first and bool(level[first:cut].mean() - level[cut:last].mean() > _NASAL_DROP)
