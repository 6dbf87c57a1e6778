"""Pronunciation: what was said against what was not, in sentences that learners read.

Every second reader fits the curves (they must come out as they stand in the code), the others
judge. A word of the text is exchanged for one that nobody said, or one is put in; a score must tell
the sounds of the written word from those of another. How people rate these readers is not known
here: nothing tells how near a score comes to a teacher's.
"""

import random
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from analysis import engine
from analysis.options import AnalysisOptions
from analysis.pronunciation import Assessment, assess
from analysis.pronunciation.fitting import OTHER_WORDS, Contrast, area, contrasts, curve
from analysis.pronunciation.goodness import PHONE_CURVE, WORD_CURVE
from analysis.timeline import Span
from analysis.vad import detect_speech
from analysis.weights.corpus import decoded
from benchmarks.accuracy.table import Row, labelled, listed
from engines.transcribers import SAMPLE_RATE, Transcriber, make

SECTION = "Pronunciation"
NOT_SAID = {"other", "left_out"}
NEAR = 0.05  # how far the curves may move with versions of the model's package

_OPTIONS = AnalysisOptions(language="en")


def rows() -> list[Row]:
    """How well scores tell, and how often the verdicts are right. Raises LeftOut."""
    readers = [
        (decoded(labelled("wideband", "audio", row["file"])), row["transcript"])
        for row in listed("wideband", "recordings.tsv")
        if row["kind"].startswith("read by a learner")
    ]
    numbered = list(enumerate(readers))
    fitted, judged = (_contrasts(numbered[first::2]) for first in (0, 1))
    return [*_curves(fitted, judged), *_verdicts(readers[1::2])]


def _contrasts(
    readers: list[tuple[int, tuple[NDArray[np.int16], str]]],
) -> tuple[Contrast, Contrast]:
    words, phones = Contrast(), Contrast()
    for number, (samples, text) in readers:
        for whole, one in zip((words, phones), contrasts(samples, text, number), strict=True):
            whole.said += one.said
            whole.other += one.other
    return words, phones


def _curves(fitted: tuple[Contrast, Contrast], judged: tuple[Contrast, Contrast]) -> list[Row]:
    found = []
    for what, used, train, dev in zip(
        ("word", "sound"), (WORD_CURVE, PHONE_CURVE), fitted, judged, strict=True
    ):
        fresh = curve(train)
        same = bool(np.allclose(fresh, used, rtol=NEAR))
        found += [
            Row(
                SECTION,
                f"a {what} that was said is scored above one that was not (area under the curve),"
                f" {len(dev.said)} said, {len(dev.other)} not",
                f"{area(dev):.2f}",
            ),
            Row(SECTION, f"curve of a {what}, fitted anew", str(fresh), str(used), same),
        ]
    return found


def _verdicts(readers: list[tuple[NDArray[np.int16], str]]) -> list[Row]:
    chance = random.Random(1)
    transcriber = make(_OPTIONS.transcriber)
    as_read, exchanged, put_in = Counter[str](), Counter[str](), Counter[str]()
    wrongly, others = 0, 0
    scores: list[int] = []
    for samples, text in readers:
        words, other = text.split(), chance.choice(OTHER_WORDS.split())
        at = chance.randrange(1, len(words) - 1)
        hear = _Heard(samples, transcriber)
        true = hear.against(words)
        as_read.update(word.verdict for word in true.words)
        scores += [word.score for word in true.words if word.score is not None]
        changed = hear.against([*words[:at], other, *words[at + 1 :]])
        exchanged[changed.words[at].verdict] += 1
        put_in[hear.against([*words[:at], other, *words[at:]]).words[at].verdict] += 1
        rest = [word.verdict for number, word in enumerate(changed.words) if number != at]
        wrongly += sum(verdict in NOT_SAID for verdict in rest)
        others += len(rest)
    count, total = len(readers), sum(as_read.values())
    falsely = sum(as_read[verdict] for verdict in NOT_SAID)
    return [
        Row(
            SECTION,
            f"word exchanged in the text: found as not said, {count} sentences",
            f"{sum(exchanged[verdict] for verdict in NOT_SAID) / count:.2f} ({_told(exchanged)})",
        ),
        Row(
            SECTION,
            f"word put into the text: found as not said, {count} sentences",
            f"{sum(put_in[verdict] for verdict in NOT_SAID) / count:.2f} ({_told(put_in)})",
        ),
        Row(
            SECTION,
            f"words of the text as read that are told not to be said, of {total}; beside an"
            f" exchanged word, of {others}",
            f"{falsely / total:.3f}, {wrongly / others:.3f}",
        ),
        Row(SECTION, "verdicts on the text as read", _told(as_read)),
        Row(
            SECTION,
            "scores of words that were said: lowest tenth, median, highest tenth",
            ", ".join(f"{value:.0f}" for value in np.percentile(scores, [10, 50, 90])),
        ),
    ]


def _told(verdicts: Counter[str]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {count}" for name, count in sorted(verdicts.items())
    )


class _Heard:
    """A recording, recognised once, without being told its text."""

    def __init__(self, samples: NDArray[np.int16], transcriber: Transcriber) -> None:
        self._samples = samples
        self._speech = detect_speech(samples)
        whole = Span(0.0, len(samples) / SAMPLE_RATE)
        self._words = engine.transcribe(
            samples, whole, _OPTIONS, transcriber, speech=self._speech, fillers="unprompted"
        ).words

    def against(self, words: list[str]) -> Assessment:
        """Judged as a reading of `words`."""
        found = assess(self._samples, " ".join(words), "en", self._words, self._speech)
        assert found is not None
        return found
