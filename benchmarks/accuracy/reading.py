"""Reading aloud: slips put into texts on purpose, looked for in what was recognised.

The recordings stay as they were read; the texts they are held against are changed, one word in each
sentence: another in its place (the reader then misreads it), one more (then left out), or one less
(then added). The words put in are rare ones, so that each slip is known again by its word. What is
found besides is recognition's own, or the reader's: nobody has listened to tell them apart.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis import engine
from analysis.languages import bare_word, language
from analysis.options import AnalysisOptions
from analysis.reading import Reading, compare
from analysis.vad import detect_speech
from analysis.weights.corpus import decoded
from benchmarks.accuracy.table import Row, labelled
from engines.transcribers import SAMPLE_RATE, Transcriber, Word, make

SECTION = "Reading aloud"
BETWEEN = 0.5
KINDS = ("misread", "left_out", "added")
# None of them stands in the texts; no two sound alike.
RARE = (
    "lantern gravel orchid velvet thunder pickle anchor biscuit marble pigeon ribbon saddle turnip"
    " walnut zebra cactus dolphin engine ferry goblet hammock igloo jigsaw kettle lobster magnet"
    " napkin otter parsley quartz rooster scarlet trumpet umbrella vinegar whistle yogurt acorn"
    " bamboo candle dragon emerald fiddle garlic helmet"
)

_OPTIONS = AnalysisOptions(language="en")
_ENGLISH = language("en")


@dataclass(slots=True)
class Readings:
    """Recordings after one another, and the text of each."""

    parts: list[NDArray[np.int16]] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)


def rows() -> list[Row]:
    """Slips found and false ones. Raises LeftOut without the labelled recordings."""
    readings = _readings()
    words = _heard(readings, make(_OPTIONS.transcriber))
    return _rows_of(readings.texts, words)


def _rows_of(texts: Sequence[list[str]], words: Sequence[Word]) -> list[Row]:
    true = _compared([word for text in texts for word in text], words)
    changed, slips = _with_slips(texts)
    reading = _compared(changed, words)
    right, near = Counter[str](), 0
    ours = {word for _, word in slips}
    for kind, word in slips:
        hits = [slip for slip in reading.slips if word in map(bare_word, slip.text.split())]
        right[kind] += any(slip.kind == kind for slip in hits)
        near += bool(hits)
    false = [
        slip
        for slip in reading.slips
        if slip.tier == "sure" and not ours & set(map(bare_word, slip.text.split()))
    ]
    put_in = Counter(kind for kind, _ in slips)
    kinds = ", ".join(f"{kind.replace('_', ' ')} {right[kind]} of {put_in[kind]}" for kind in KINDS)
    length = sum(map(len, texts))
    sure = sum(
        slip.tier == "sure" and bool(ours & set(map(bare_word, slip.text.split())))
        for slip in reading.slips
    )
    return [
        Row(
            SECTION,
            f"slips put into the text: found ({kinds}; as any kind {near})",
            f"{sum(right.values()) / len(slips):.2f}",
        ),
        Row(
            SECTION,
            f"sure slips that are right, with {len(slips)} slips in {length} words",
            f"{sure / max(1, sure + len(false)):.2f} ({len(false)} others)",
        ),
        Row(
            SECTION,
            "accuracy shown for texts as they were read",
            f"{true.accuracy:.3f}",
        ),
    ]


def _with_slips(texts: Sequence[list[str]]) -> tuple[list[str], list[tuple[str, str]]]:
    """One slip a text, in turn of each kind, and the word by which each is known again."""
    counts = Counter(bare_word(word) for text in texts for word in text)
    rare = iter(RARE.split())
    changed: list[str] = []
    slips: list[tuple[str, str]] = []
    for number, text in enumerate(texts):
        kind, middle = KINDS[number % len(KINDS)], len(text) // 2
        if kind == "added":
            once = [at for at, word in enumerate(text) if counts[bare_word(word)] == 1]
            if once:
                at = min(once, key=lambda at: abs(at - middle))
                slips.append((kind, bare_word(text[at])))
                changed += [*text[:at], *text[at + 1 :]]
                continue
            kind = "misread"
        word = next(rare)
        slips.append((kind, word))
        changed += [*text[:middle], word, *text[middle + (kind == "misread") :]]
    return changed, slips


def _compared(text: Sequence[str], words: Sequence[Word]) -> Reading:
    hesitations = {at for at, word in enumerate(words) if _ENGLISH.is_filled_pause(word.text)}
    reading = compare(" ".join(text), words, _ENGLISH, hesitations)
    assert reading is not None
    return reading


def _heard(readings: Readings, transcriber: Transcriber) -> list[Word]:
    samples = np.concatenate(readings.parts)
    speech = detect_speech(samples)
    return [
        word
        for block in engine.plan_blocks(speech, len(samples) / SAMPLE_RATE)
        for word in engine.transcribe(samples, block, _OPTIONS, transcriber, speech=speech).words
    ]


def _readings() -> Readings:
    """The English sentences whose text is known word for word, nearly all read by learners."""
    found = Readings()
    with labelled("wideband", "recordings.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            text = row["transcript"].split()
            # A list that is only named is no text.
            named = row["transcript"].startswith("Harvard")
            if (
                row["language"] == "en"
                and not named
                and row["kind"].startswith("read")
                and len(text) > 3
            ):
                found.parts.append(decoded(labelled("wideband", "audio", row["file"])))
                found.parts.append(np.zeros(int(BETWEEN * SAMPLE_RATE), np.int16))
                found.texts.append(text)
    return found
