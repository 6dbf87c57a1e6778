"""Reading aloud: slips put into texts on purpose, looked for in what was recognised.

The recordings stay as they were read; the texts they are held against are changed, one word in each
sentence: another in its place (the reader then misreads it), one more (then left out), or one less
(then added). The words put in are rare ones, so that each slip is known again by its word. What is
found besides is recognition's own, or the reader's: nobody has listened to tell them apart.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis import engine
from analysis.languages import bare_word, language
from analysis.options import AnalysisOptions
from analysis.reading import Reading, Slip, compare
from analysis.vad import detect_speech
from analysis.weights.corpus import decoded
from benchmarks.accuracy.table import Row, labelled, listed
from engines.transcribers import SAMPLE_RATE, Transcriber, Word, make

SECTION = "Reading aloud"
BETWEEN = 0.5
FEWEST_WORDS = 4
MOST_TEXTS = 66
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

    def add(self, samples: NDArray[np.int16], text: list[str]) -> None:
        """A recording more, half a second after the last, while there are rare words left."""
        if len(text) >= FEWEST_WORDS and len(self.texts) < MOST_TEXTS:
            self.parts += [samples, np.zeros(int(BETWEEN * SAMPLE_RATE), np.int16)]
            self.texts.append(text)


def rows() -> list[Row]:
    """Slips found and false ones. Raises LeftOut without the labelled recordings."""
    transcriber = make(_OPTIONS.transcriber)
    found = []
    for who, readings in (
        ("learners with an accent", _learners()),
        ("callers over the telephone, held against what they said", _callers()),
    ):
        found += _rows_of(who, readings.texts, _heard(readings, transcriber))
    return found


def _rows_of(who: str, texts: Sequence[list[str]], words: Sequence[Word]) -> list[Row]:
    true = _compared([word for text in texts for word in text], words)
    changed, slips = _with_slips(texts)
    ours = {word for _, word in slips}
    right, near = Counter[str](), 0
    marked = [(slip, ours & _words_of(slip)) for slip in _compared(changed, words).slips]
    for kind, word in slips:
        hits = [slip for slip, known in marked if word in known]
        right[kind] += any(slip.kind == kind for slip in hits)
        near += bool(hits)
    put_in = Counter(kind for kind, _ in slips)
    kinds = ", ".join(f"{kind.replace('_', ' ')} {right[kind]} of {put_in[kind]}" for kind in KINDS)
    sure = [bool(known) for slip, known in marked if slip.tier == "sure"]
    return [
        Row(
            SECTION,
            f"slips put into the text, {who}: found as what they are ({kinds}), as any slip",
            f"{sum(right.values()) / len(slips):.2f}, {near / len(slips):.2f}",
        ),
        Row(
            SECTION,
            f"sure slips that are among the {len(slips)} put in, {who},"
            f" {sum(map(len, texts))} words",
            f"{sum(sure) / max(1, len(sure)):.2f} ({len(sure) - sum(sure)} others)",
        ),
        Row(
            SECTION,
            f"accuracy shown for the texts as they are, {who}",
            f"{true.accuracy:.2f}",
        ),
    ]


def _words_of(slip: Slip) -> set[str]:
    return set(map(bare_word, slip.text.split()))


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
        word = next(rare, "")
        if not word:
            changed += text
            continue
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


def _learners() -> Readings:
    """English sentences whose text is known word for word, nearly all read by learners."""
    found = Readings()
    for row in listed("wideband", "recordings.tsv"):
        text = row["transcript"].split()
        # A list that is only named is no text.
        named = row["transcript"].startswith("Harvard")
        if row["language"] == "en" and not named and row["kind"].startswith("read"):
            found.add(decoded(labelled("wideband", "audio", row["file"])), text)
    return found


def _callers() -> Readings:
    """Calls of the development part, and the words that people heard in them."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for row in listed("telephone", "words.tsv"):
        if row["kind"] == "word":
            said[row["file"]].append(row["word"])
    found = Readings()
    for row in listed("telephone", "recordings.tsv"):
        if row["split"] == "dev":
            found.add(decoded(labelled("telephone", "audio", row["file"])), said[row["file"]])
    return found
