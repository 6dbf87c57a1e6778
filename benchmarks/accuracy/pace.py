"""Pace: words and rates against what people wrote down, syllables against a dictionary and Praat.

The hand counts are those of the corpora's human transcripts; the times beside them, of the
telephone calls, from forced alignment. The recordings are measured by the whole engine, from
files, as a learner's are.
"""

import csv
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis import pace
from analysis.engine import measure_file
from analysis.languages import language
from analysis.options import AnalysisOptions
from analysis.pauses import SHORTEST
from analysis.report import Report
from analysis.timeline import Span, gaps, total
from analysis.weights.corpus import Joined
from benchmarks.accuracy import praat, recordings
from benchmarks.accuracy.recordings import Samples, written
from benchmarks.accuracy.table import LeftOut, Row, labelled
from engines.transcribers import SAMPLE_RATE

SECTION = "Pace"
ENGLISH = language("en")
PERCENT = 2.0


@dataclass(frozen=True, slots=True)
class Counted:
    """A joined file of calls: its report, and what was counted by hand.

    Times from labels: `talk`, `silence` of pauses in it (s), `middles` of the words without filled
    pauses. `syllables`: of all words, filled pauses too, by the pronouncing dictionary.
    """

    file: Joined
    report: Report
    talk: Span
    silence: float
    middles: Sequence[float]
    syllables: int

    @property
    def rate(self) -> float:
        """Words a minute."""
        return pace.speech_rate(len(self.middles), self.talk)

    @property
    def articulation(self) -> float:
        """Syllables a second of sound."""
        return pace.articulation_rate(self.syllables, self.talk, self.silence)


def rows() -> list[Row]:
    """Raises LeftOut where the labelled recordings are missing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "joined.wav"
        calls = [_counted(file, _measured(file.samples, path)) for file in recordings.calls()]
        clear = [_of_transcripts(kind, path) for kind in ("spontaneous", "read by a learner")]
    found = [*clear, *_hand_counts(calls), _local(calls), *_articulation(calls)]
    try:
        praat.require()
    except LeftOut as why:
        return [*found, Row(SECTION, "against Praat's syllable nuclei", f"not measured: {why}")]
    return [*found, *_nuclei(calls)]


def _measured(samples: Samples, path: Path) -> Report:
    return measure_file(written(samples, path), AnalysisOptions(language="en"))


def _counted(file: Joined, report: Report) -> Counted:
    words = [label.span for label in file.labels if not label.filler]
    everything = [label.span for label in file.labels]
    return Counted(
        file=file,
        report=report,
        talk=Span(everything[0].start, everything[-1].end),
        silence=total(gap for gap in gaps(everything) if gap.length >= SHORTEST),
        middles=[(span.start + span.end) / 2 for span in words],
        syllables=sum(_syllables(label.word) for label in file.labels),
    )


def _syllables(word: str) -> int:
    return sum(ENGLISH.syllables.count(part) for part in re.findall(r"[a-z']+", word.lower()))


def _of_transcripts(kind: str, path: Path) -> Row:
    """Words against the transcripts of clear recordings of a kind, joined half a second apart."""
    with labelled("wideband", "recordings.tsv").open(encoding="utf-8", newline="") as file:
        listed = [
            row
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["kind"].partition(",")[0] == kind
            and row["language"] == "en"
            # One transcript is a table of its own.
            and not row["transcript"].startswith("@")
        ]
    samples = dict(recordings.clear(0.0))
    between = np.zeros(SAMPLE_RATE // 2, np.int16)
    joined = np.concatenate([part for row in listed for part in (samples[row["file"]], between)])
    true = sum(
        not ENGLISH.is_filled_pause(word) for row in listed for word in row["transcript"].split()
    )
    found = _measured(joined, path).value("words") or 0.0
    return _row(f"words, {len(listed)} clear recordings, {kind}, joined", [(found, true)])


def _hand_counts(calls: Sequence[Counted]) -> Iterator[Row]:
    name = f"{len(calls)} files of telephone calls"
    words = [(call.report.value("words") or 0.0, len(call.middles)) for call in calls]
    yield _row(f"words, {name}", words)
    rates = [(call.report.value("speech_rate") or 0.0, call.rate) for call in calls]
    yield _row(f"speech rate, {name}, over labelled time", rates, PERCENT)


def _local(calls: Sequence[Counted]) -> Row:
    """The same windows, filled with labelled words and with recognised ones."""
    apart, paces = [], []
    for call in calls:
        found = dict(call.report.series["local_pace"])
        start = min(found) - pace.WINDOW / 2
        true = pace.local_pace(call.middles, Span(start, max(found) + pace.WINDOW))
        for time, words in true:
            if time in found:
                apart.append(abs(found[time] - words))
                paces.append(words)
    return Row(
        SECTION,
        f"local pace in {len(apart)} windows of 10 s of the same: mean difference"
        f" (nine of ten within), mean pace {np.mean(paces):.0f}",
        f"{np.mean(apart):.1f} ({np.percentile(apart, 90):.0f}) words/min",
    )


def _articulation(calls: Sequence[Counted]) -> Iterator[Row]:
    syllables = [(call.report.value("syllables") or 0.0, call.syllables) for call in calls]
    yield _row("syllables of the same, by the dictionary from the transcripts", syllables)
    rates = [(call.report.value("articulation_rate") or 0.0, call.articulation) for call in calls]
    yield _row("articulation rate of the same, over labelled time without pauses", rates)


def _nuclei(calls: Sequence[Counted]) -> Iterator[Row]:
    """Clip by clip, because Praat's thresholds lie below the loudest moment of a file."""
    counted = [_nuclei_of(call.file) for call in calls]
    yield _row(
        "for comparison, Praat's syllable nuclei (de Jong and Wempe) against the same transcripts",
        [(count, call.syllables) for (count, _), call in zip(counted, calls, strict=True)],
    )
    yield _row(
        "articulation rate of the same against nuclei over what Praat calls sounding",
        [
            (call.report.value("articulation_rate") or 0.0, count / seconds)
            for (count, seconds), call in zip(counted, calls, strict=True)
        ],
    )


def _nuclei_of(file: Joined) -> tuple[int, float]:
    found = [
        praat.nuclei(file.samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)], SHORTEST)
        for start, end in (clip.span for clip in file.clips)
        if end - start >= 1
    ]
    return sum(count for count, _ in found), sum(seconds for _, seconds in found)


def _row(what: str, pairs: Sequence[tuple[float, float]], percent: float | None = None) -> Row:
    """The error over all, in per cent of the truth, and of each."""
    errors = [100 * (found / true - 1) for found, true in pairs]
    whole = float(np.average(errors, weights=[true for _, true in pairs]))
    each = f" ({', '.join(f'{error:+.1f}' for error in errors)})" if len(errors) > 1 else ""
    return Row(
        SECTION,
        f"{what}: error",
        f"{whole:+.1f} %{each}",
        f"each within {percent:g} %" if percent else "",
        max(map(abs, errors)) <= percent if percent else None,
    )
