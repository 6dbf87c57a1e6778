"""An attempt as the page shows it: its words, what changed since the last try, and its melody."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pronunciation.models import Attempt

# A sound of the model (ARPABET) as dictionaries write it.
IPA = {
    "AA": "ɑ",
    "AE": "æ",
    "AH": "ʌ",
    "AO": "ɔ",
    "AW": "aʊ",
    "AY": "aɪ",
    "B": "b",
    "CH": "tʃ",
    "D": "d",
    "DH": "ð",
    "EH": "ɛ",
    "ER": "ɝ",
    "EY": "eɪ",
    "F": "f",
    "G": "ɡ",
    "HH": "h",
    "IH": "ɪ",
    "IY": "i",
    "JH": "dʒ",
    "K": "k",
    "L": "l",
    "M": "m",
    "N": "n",
    "NG": "ŋ",
    "OW": "oʊ",
    "OY": "ɔɪ",
    "P": "p",
    "R": "r",
    "S": "s",
    "SH": "ʃ",
    "T": "t",
    "TH": "θ",
    "UH": "ʊ",
    "UW": "u",
    "V": "v",
    "W": "w",
    "Y": "j",
    "Z": "z",
    "ZH": "ʒ",
}

_VERDICTS = {
    "said": gettext_lazy("Said"),
    "unclear": gettext_lazy("Unclear"),
    "other": gettext_lazy("Another word"),
    "left_out": gettext_lazy("Not heard"),
    "not_judged": gettext_lazy("Not judged"),
}
# Rows of the table of pitch, so many seconds apart.
TABLE_STEP = 0.25
# Shorter islands of voice are no melody.
FEWEST_VOICED = 3

Point = tuple[float, float | None]


@dataclass(frozen=True, slots=True)
class ShownWord:
    """A word with what is said of it. `before`: its score in the last try."""

    text: str
    verdict: str
    label: str
    score: int | None
    before: int | None
    note: str
    start: float | None
    end: float | None


@dataclass(frozen=True, slots=True)
class Melody:
    """Pitch in semitones from the speaker's own middle, from the first voiced moment on."""

    own: list[Point]
    model: list[Point]
    rows: list[tuple[float, float | None, float | None]]


def words_of(attempt: Attempt, before: Attempt | None) -> list[ShownWord]:
    """The words of a judged attempt beside those of the one before."""
    words = attempt.result["words"]
    earlier = before.result["words"] if before else []
    scores = [word["score"] for word in earlier] if len(earlier) == len(words) else []
    return [
        ShownWord(
            text=word["text"],
            verdict=word["verdict"],
            label=str(_VERDICTS[word["verdict"]]),
            score=word["score"],
            before=scores[number] if scores else None,
            note=_note(word),
            start=word["start"],
            end=word["end"],
        )
        for number, word in enumerate(words)
    ]


def _note(word: dict[str, Any]) -> str:
    if word["verdict"] in {"other", "unclear"} and word["heard"]:
        return _("We understood “%(heard)s”.") % {"heard": word["heard"]}
    instead = [phone for phone in word["phones"] if phone["heard"]]
    if not instead:
        return ""
    worst = min(instead, key=lambda phone: phone["score"])
    return _("/%(sound)s/ sounded like /%(heard)s/.") % {
        "sound": IPA[worst["name"]],
        "heard": IPA[worst["heard"]],
    }


def melody_of(attempt: Attempt) -> Melody | None:
    """The learner's pitch, and the model voice's where there is one; None without any voice."""
    step = attempt.result["pitch_step"]
    own = semitones(attempt.result["pitch"], step)
    if not own:
        return None
    model = semitones((attempt.result.get("model") or {}).get("pitch") or [], step)
    last = max(own[-1][0], model[-1][0] if model else 0.0)
    rows = [
        (round(at, 2), _nearest(own, at), _nearest(model, at))
        for at in np.arange(0.0, last + TABLE_STEP / 2, TABLE_STEP).tolist()
    ]
    return Melody(own, model, rows)


def semitones(hertz: Sequence[float], step: float) -> list[Point]:
    """(seconds from the first voice, semitones from the median), None where there is no voice."""
    voiced = [value for value in hertz if value]
    if len(voiced) < FEWEST_VOICED:
        return []
    middle = median(voiced)
    first = next(at for at, value in enumerate(hertz) if value)
    last = max(at for at, value in enumerate(hertz) if value)
    return [
        (
            round((at - first) * step, 3),
            round(12 * float(np.log2(hertz[at] / middle)), 2) if hertz[at] else None,
        )
        for at in range(first, last + 1)
    ]


def _nearest(points: Sequence[Point], at: float) -> float | None:
    near = [
        (abs(time - at), value)
        for time, value in points
        if value is not None and abs(time - at) <= TABLE_STEP / 2
    ]
    return round(min(near)[1], 1) if near else None
