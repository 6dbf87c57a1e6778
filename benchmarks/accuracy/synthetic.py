"""Recordings put together from real speech and silences of known length: pauses, rates.

The pieces are cut from the recording that the repository ships, at the first and last hundredth of
a second that stands out of its noise, so what is speech and what is silence is known exactly.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.engine import measure_file
from analysis.options import AnalysisOptions
from analysis.pauses import SHORTEST
from analysis.report import Report
from analysis.timeline import Span, total
from analysis.weights.corpus import decoded
from benchmarks.accuracy.recordings import written
from benchmarks.accuracy.table import Row

SECTION = "Synthetic recordings"
ENGLISH = AnalysisOptions(language="en")
RATE = 16_000
HUNDREDTH = RATE // 100
RECORDING = Path(__file__).resolve().parents[2] / "analysis" / "tests" / "data" / "jfk.flac"
# About where its phrases lie, with the words in each; the exact edges are found in the sound. Its
# "ask, not" is left out: it holds a pause of its own.
PHRASES = ((0.2, 2.5, 5), (5.2, 7.9, 7), (8.0, 10.5, 8))
# Its noise lies at -42 dB and rises to -31; its voice at -12.
STANDS_OUT_DB = -30.0
# Seconds of silence between phrases, from and to, and how many phrases.
TALKS = {"brisk": (0.3, 0.7, 36), "calm": (0.5, 1.5, 36), "slow": (1.0, 2.5, 36)}


@dataclass(slots=True)
class Made:
    """A recording with what is known of it: silences between phrases, words, first to last."""

    samples: NDArray[np.int16]
    talk: Span
    words: int
    silences: list[Span] = field(default_factory=list)


def rows() -> list[Row]:
    """Pauses within 1 %, rates within 2 %."""
    with tempfile.TemporaryDirectory() as folder:
        measured = [
            (made, measure_file(written(made.samples, Path(folder) / f"{name}.wav"), ENGLISH))
            for name, made in ((name, make(*how)) for name, how in TALKS.items())
        ]
    return [*_pauses(measured), *_rates(measured)]


def make(shortest: float, longest: float, phrases: int) -> Made:
    """Phrases in their order, over and over, with silences of changing length between them."""
    pieces = list(_pieces())
    lengths = np.random.default_rng(round(1000 * longest)).uniform(shortest, longest, phrases)
    lead = np.zeros(RATE // 2, np.int16)
    parts = [lead]
    made = Made(lead, Span(0.5, 0.5), 0)
    at = len(lead)
    for number, length in enumerate(lengths):
        piece, words = pieces[number % len(pieces)]
        silence = np.zeros(round(length * 100) * HUNDREDTH, np.int16)
        parts += [piece, silence]
        end = at + len(piece)
        made.words += words
        made.talk = Span(made.talk.start, end / RATE)
        at = end + len(silence)
        made.silences.append(Span(end / RATE, at / RATE))
    # What follows the last phrase is no pause.
    made.silences.pop()
    made.samples = np.concatenate(parts)
    return made


def _pieces() -> Iterator[tuple[NDArray[np.int16], int]]:
    samples = decoded(RECORDING)
    for start, end, words in PHRASES:
        around = samples[round(start * RATE) : round(end * RATE)]
        steps = around.reshape(-1, HUNDREDTH).astype(np.float64)
        levels = 10 * np.log10((steps**2).mean(axis=1) / 32_768**2 + 1e-10)
        loud = np.flatnonzero(levels > STANDS_OUT_DB)
        yield around[loud[0] * HUNDREDTH : (loud[-1] + 1) * HUNDREDTH], words


def _pauses(measured: Sequence[tuple[Made, Report]]) -> Iterator[Row]:
    spans = [
        [Span(e.start or 0.0, e.end or 0.0) for e in report.events_of("pause")]
        for _, report in measured
    ]
    counted = sum(map(len, spans)), sum(len(made.silences) for made, _ in measured)
    yield Row(
        SECTION, f"pauses of {SHORTEST} s and more, found of", f"{counted[0]} of {counted[1]}"
    )
    yield _within(
        "pause time",
        [(total(s), total(m.silences)) for s, (m, _) in zip(spans, measured, strict=True)],
        1,
    )
    yield _within(
        "phonation ratio",
        [
            (report.value("phonation_ratio") or 0.0, 1 - total(made.silences) / made.talk.length)
            for made, report in measured
        ],
        1,
    )
    shared = [
        (_shared(s, made.silences), total(s) + total(made.silences))
        for s, (made, _) in zip(spans, measured, strict=True)
    ]
    same = sum(both for both, _ in shared)
    union = sum(all_of for _, all_of in shared) - same
    yield Row(
        SECTION,
        "pauses: time shared of all time that either calls one (IoU)",
        f"{same / union:.3f}",
    )


def _shared(found: Sequence[Span], true: Sequence[Span]) -> float:
    return sum(span.overlap(other) for span in found for other in true)


def _rates(measured: Sequence[tuple[Made, Report]]) -> Iterator[Row]:
    yield _within("words", [(r.value("words") or 0.0, m.words) for m, r in measured], 2)
    yield _within(
        "speech rate",
        [(r.value("speech_rate") or 0.0, 60 * m.words / m.talk.length) for m, r in measured],
        2,
    )


def _within(what: str, pairs: Sequence[tuple[float, float]], percent: float) -> Row:
    """The largest error over the recordings, in per cent of the truth."""
    errors = [100 * (found / true - 1) for found, true in pairs]
    worst = max(errors, key=abs)
    said = ", ".join(f"{error:+.1f}" for error in errors)
    return Row(
        SECTION,
        f"{what}: largest error over {', '.join(TALKS)} ({said} %)",
        f"{abs(worst):.1f} %",
        f"within {percent:g} %",
        abs(worst) <= percent,
    )
