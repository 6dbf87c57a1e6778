"""Repetitions and false starts: as people wrote them down, as they were heard, and spliced in.

Marks by hand (disfluencies.tsv) are few, because the labelled recordings are: read the counts, not
the ratios. Splicing a word in twice gives many more, whose place is known exactly.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis import engine
from analysis.languages import language
from analysis.options import AnalysisOptions
from analysis.timeline import Event, Span
from analysis.vad import detect_speech
from analysis.weights.corpus import decoded
from benchmarks.accuracy.table import Row, labelled, listed
from engines.transcribers import SAMPLE_RATE, Transcriber, Transcript, Word, make

SECTION = "Repetitions and false starts"
MARKS = Path(__file__).with_name("disfluencies.tsv")
SPEECHES = Path(__file__).with_name("fluent_speeches.txt")
MONOLOGUES = ("acoustic_corpus.flac", "cold_corpus.flac", "retellings.flac")
TOLERANCE = 0.25
FILE_SECONDS = 300.0
BETWEEN = 0.5
FEWEST_WORDS = 5
NAMES = {"repetition": "repetitions", "false_start": "false starts, sure ones"}

_OPTIONS = AnalysisOptions(language="en")
_ENGLISH = language("en")
Marks = list[tuple[str, Span]]


@dataclass(slots=True)
class Joined:
    """Recordings after one another, and what is marked in them."""

    parts: list[NDArray[np.int16]] = field(default_factory=list)
    marks: Marks = field(default_factory=list)
    seconds: float = 0.0

    def add(self, samples: NDArray[np.int16], marks: Marks) -> None:
        """A recording more, half a second after the last."""
        self.marks += [(kind, _later(span, self.seconds)) for kind, span in marks]
        self.parts += [samples, np.zeros(int(BETWEEN * SAMPLE_RATE), np.int16)]
        self.seconds += len(samples) / SAMPLE_RATE + BETWEEN


def rows() -> list[Row]:
    """Every figure. Raises LeftOut without the labelled recordings."""
    marked = _marks()
    labels = _labels()
    transcriber = make(_OPTIONS.transcriber)
    written = [
        (_events(words, ()), marked.get(name, [])) for name, words in _written(labels).items()
    ]
    heard = [(_heard(file, transcriber), file.marks) for file in _recordings(marked)]
    return [
        *_against_marks("in the words as people wrote them", written),
        *_against_marks("heard", heard),
        _spliced(labels, transcriber),
        *_in_speeches(),
    ]


def _against_marks(how: str, found: Sequence[tuple[Sequence[Event], Marks]]) -> Iterator[Row]:
    for kind, name in NAMES.items():
        right = false = all_marks = 0
        for events, marks in found:
            free = [span for marked, span in marks if marked == kind]
            all_marks += len(free)
            for event in events:
                if event.type != kind or event.tier != "sure":
                    continue
                hit = next((span for span in free if _apart(event, span) < TOLERANCE), None)
                if hit is None:
                    false += 1
                else:
                    right += 1
                    free.remove(hit)
        yield Row(
            SECTION,
            f"{name}, {how}: precision, recall",
            f"{right / max(1, right + false):.2f}, {right / max(1, all_marks):.2f}"
            f" ({right} of {all_marks} found, {false} false)",
        )


def _spliced(labels: dict[str, list[Word]], transcriber: Transcriber) -> Row:
    """A function word near the middle of each recording without fillers is said twice."""
    file = Joined()
    files = [file]
    for name, words in labels.items():
        known = [word for word in words if not _ENGLISH.is_filled_pause(word.text)]
        middle = [
            word
            for word in known[1:-1]
            if word.text.lower() in _ENGLISH.function_words and word.end - word.start >= 0.1
        ]
        if len(known) < max(len(words), FEWEST_WORDS) or not middle or name in MONOLOGUES:
            continue
        if file.seconds >= FILE_SECONDS:
            files.append(file := Joined())
        word = middle[len(middle) // 2]
        samples = decoded(labelled("telephone", "audio", name))
        start, end = (round(time * SAMPLE_RATE) for time in (word.start, word.end))
        twice = np.concatenate([samples[:end], samples[start:]])
        span = Span(word.start, 2 * word.end - word.start)
        file.add(twice, [("repetition", span)])
    found = total = 0
    for file in files:
        events = [e for e in _heard(file, transcriber) if e.type == "repetition"]
        total += len(file.marks)
        found += sum(any(_apart(e, span) < TOLERANCE for e in events) for _, span in file.marks)
    return Row(
        SECTION,
        "repetitions spliced into telephone speech (a function word twice), found",
        f"{found / total:.2f} ({found} of {total})",
    )


def _in_speeches() -> Iterator[Row]:
    """Prepared speeches repeat on purpose and enumerate; nobody stumbles in them."""
    text = SPEECHES.read_text(encoding="utf-8").partition("\n\n")[2]
    report = engine.measure_text(text, None, _OPTIONS)
    count = len(text.split())
    for kind in NAMES:
        tiers = [event.tier for event in report.events_of(kind)]
        yield Row(
            SECTION,
            f"{kind.replace('_', ' ')}s claimed in {count} words of prepared speeches",
            f"{tiers.count('sure')} sure, {tiers.count('possible')} possible",
        )


def _recordings(marked: dict[str, Marks]) -> Iterator[Joined]:
    file = Joined()
    for row in listed("telephone", "recordings.tsv"):
        file.add(decoded(labelled("telephone", "audio", row["file"])), marked.get(row["file"], []))
        if file.seconds >= FILE_SECONDS:
            yield file
            file = Joined()
    for name in MONOLOGUES:
        file.add(decoded(labelled("wideband", "audio", name)), marked.get(name, []))
    yield file


def _heard(file: Joined, transcriber: Transcriber) -> Sequence[Event]:
    samples = np.concatenate(file.parts)
    speech = detect_speech(samples)
    words = [
        word
        for block in engine.plan_blocks(speech, file.seconds)
        for word in engine.transcribe(samples, block, _OPTIONS, transcriber, speech=speech).words
    ]
    return _events(words, speech)


def _events(words: Sequence[Word], speech: Sequence[Span]) -> Sequence[Event]:
    text = " ".join(word.text for word in words)
    length = words[-1].end if words else 0.0
    transcript = Transcript(text, "en", 1.0, tuple(words), "words")
    return engine.measure(transcript, speech, length, _OPTIONS).events


def _written(labels: dict[str, list[Word]]) -> dict[str, list[Word]]:
    """The words with the hyphens of those that people wrote as broken off, "Onword" as one word."""
    transcripts = {row["file"]: row["transcript"] for row in listed("telephone", "recordings.tsv")}
    written = {}
    for name, words in labels.items():
        cut = set(re.findall(r"([a-z]+)-(?= |$)", transcripts.get(name, "").lower()))
        whole: list[Word] = []
        for word in words:
            if whole and (whole[-1].text, word.text) == ("on", "word"):
                whole[-1] = Word("onword", whole[-1].start, word.end)
            else:
                whole.append(Word(word.text + "-" * (word.text in cut), word.start, word.end))
        written[name] = whole
    return written


def _labels() -> dict[str, list[Word]]:
    labels: defaultdict[str, list[Word]] = defaultdict(list)
    wide = [row for row in listed("wideband", "words.tsv") if row["file"] in MONOLOGUES]
    for row in (*listed("telephone", "words.tsv"), *wide):
        labels[row["file"]].append(Word(row["word"], float(row["start"]), float(row["end"])))
    return labels


def _marks() -> dict[str, Marks]:
    lines = MARKS.read_text(encoding="utf-8").splitlines()
    marked: defaultdict[str, Marks] = defaultdict(list)
    for row in csv.DictReader((s for s in lines if not s.startswith("#")), delimiter="\t"):
        marked[row["file"]].append((row["kind"], Span(float(row["start"]), float(row["end"]))))
    return marked


def _apart(event: Event, span: Span) -> float:
    return max((event.start or 0.0) - span.end, span.start - (event.end or 0.0))


def _later(span: Span, seconds: float) -> Span:
    return Span(span.start + seconds, span.end + seconds)
