"""Other languages: syllables by spelling, and filled pauses by sound in Spanish.

Running text cut into syllables by hand, which no rule was written with in view
(analysis/tests/data/syllables.toml). No recording of hesitant Spanish was at hand, so what callers
said ("ah") is spliced into the pauses of one who reads.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis import engine
from analysis.languages import language
from analysis.options import AnalysisOptions
from analysis.timeline import Span, gaps
from analysis.vad import detect_speech
from analysis.weights.corpus import decoded
from benchmarks.accuracy.table import LeftOut, Row, labelled, listed
from engines.transcribers import SAMPLE_RATE, Word, make

SECTION = "Other languages"
CUT = Path(__file__).resolve().parents[2] / "analysis" / "tests" / "data" / "syllables.toml"


READING = "13697_11991_000000.flac"
SHORTEST_FILLER = 0.3
FILLERS = 9
AROUND = 0.15

Samples = NDArray[np.int16]


def rows() -> list[Row]:
    """One figure a language, and what is found in Spanish where the labelled recordings are."""
    texts = tomllib.loads(CUT.read_text(encoding="utf-8"))["running"]
    found = [_counted(code, text.split()) for code, text in texts.items()]
    try:
        return [*found, _in_spanish()]
    except LeftOut as why:
        return [*found, Row(SECTION, "filled pauses in Spanish", f"not measured: {why}")]


def _in_spanish() -> Row:
    counted = doubted = false = 0
    reading = decoded(labelled("wideband", "audio", READING))
    fillers = _callers_fillers()
    pauses = [gap for gap in gaps(detect_speech(reading)) if gap.length > 0.2]
    for first in range(0, len(fillers), len(pauses)):
        samples, places = _spliced(reading, pauses, fillers[first : first + len(pauses)])
        heard = [word for word in _heard(samples) if language("es").is_filled_pause(word.text)]
        for word in heard:
            if not any(Span(word.start, word.end).overlap(place) for place in places):
                false += 1
            elif word.doubted:
                doubted += 1
            else:
                counted += 1
    return Row(
        SECTION,
        f"filled pauses of callers spliced into a Spanish reading, of {len(fillers)}",
        f"{counted} counted, {doubted} possible, {false} false",
    )


def _callers_fillers() -> list[Samples]:
    rows = [
        row
        for row in listed("telephone", "words.tsv")
        if row["kind"] == "filler" and row["word"] == "ah" and row["quality"] == "ok"
    ]
    found: list[Samples] = []
    for row in rows:
        start, end = float(row["start"]), float(row["end"])
        if end - start >= SHORTEST_FILLER and len(found) < FILLERS:
            samples = decoded(labelled("telephone", "audio", row["file"]))
            found.append(samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)])
    return found


def _spliced(
    reading: Samples, pauses: Sequence[Span], fillers: Sequence[Samples]
) -> tuple[Samples, list[Span]]:
    """A filler in the middle of each pause, as loud as the reading, and where they are now."""
    silence = np.zeros(round(AROUND * SAMPLE_RATE), np.int16)
    parts: list[Samples] = []
    places: list[Span] = []
    at = done = 0
    for pause, filler in zip(pauses, fillers, strict=False):
        middle = round((pause.start + pause.end) / 2 * SAMPLE_RATE)
        louder = np.std(reading) / np.std(filler)
        said = np.clip(filler * louder, -32_768, 32_767).astype(np.int16)
        parts += [reading[at:middle], silence, said, silence]
        start = done + middle - at + len(silence)
        places.append(Span(start / SAMPLE_RATE, (start + len(said)) / SAMPLE_RATE))
        done, at = start + len(said) + len(silence), middle
    return np.concatenate([*parts, reading[at:]]), places


def _heard(samples: Samples) -> list[Word]:
    options = AnalysisOptions(language="es")
    transcriber = make(options.transcriber)
    speech = detect_speech(samples)
    return [
        word
        for block in engine.plan_blocks(speech, len(samples) / SAMPLE_RATE)
        for word in engine.transcribe(samples, block, options, transcriber, speech=speech).words
    ]


def _counted(code: str, cut: list[str]) -> Row:
    rules = language(code)
    true = [word.count("-") + 1 for word in cut]
    counted = [rules.syllables.count(word.replace("-", "")) for word in cut]
    wrong = sum(one != other for one, other in zip(true, counted, strict=True))
    error = sum(counted) / sum(true) - 1
    return Row(
        SECTION,
        f"syllables by spelling, {rules.name}, {len(cut)} words of running text",
        f"{100 * error:+.1f} % in all, {wrong} words wrong",
        "within 2 %",
        abs(error) <= 0.02,
    )
