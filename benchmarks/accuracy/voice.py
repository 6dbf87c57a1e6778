"""Voice: pitch against Praat and against known glides, pauses against Praat's silences, cost.

Praat is no part of the product: `pip install -r requirements-yardsticks.txt` brings it. Without it
its rows say so.
"""

import csv
import importlib
import importlib.util
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from analysis import voice
from analysis.pauses import SHORTEST, talk_span
from analysis.sound import listen
from analysis.timeline import Span, gaps, total
from analysis.vad import SAMPLE_RATE, as_floats, detect_speech
from benchmarks.accuracy.table import Row, labelled

SECTION = "Voice"
SHIPPED = Path(__file__).resolve().parents[2] / "analysis" / "tests" / "data" / "jfk.flac"
SHORTEST_FILE = 8.0
CALL_SECONDS = 60.0
SPREADS = (0.0, 1.0, 2.0, 3.5)
MIDDLES = (95.0, 130.0, 210.0)
HUNDREDTH = 0.01

Samples = NDArray[np.int16]


def rows() -> list[Row]:
    """What the voice costs and how far it is off."""
    found = [_glides(), _cost()]
    if importlib.util.find_spec("parselmouth") is None:
        left_out = "not measured: needs requirements-yardsticks.txt"
        return [*found, Row(SECTION, "against Praat", left_out)]
    wide = list(_wide())
    calls = list(_calls())
    return [
        *found,
        _pitch("clear recordings", wide),
        _pitch("telephone calls", calls),
        _silences("clear recordings", wide),
        _silences("telephone calls", calls),
    ]


def _glides() -> Row:
    """Largest error over buzzes whose pitch rises and falls by a known spread."""
    times = np.arange(20 * SAMPLE_RATE) / SAMPLE_RATE
    whole = Span(0.0, 20.0)
    worst = 0.0
    for middle in MIDDLES:
        for spread in SPREADS:
            semitones = spread * np.sqrt(2) * np.sin(2 * np.pi * times / 2.3)
            phase = 2 * np.pi * np.cumsum(middle * 2 ** (semitones / 12)) / SAMPLE_RATE
            buzz = sum(np.sin(number * phase) / number for number in range(1, 13))
            samples = (5000 * np.asarray(buzz)).astype(np.int16)
            heard = voice.hear(listen(samples, whole, [whole]), [whole], ())
            worst = max(worst, abs((heard.pitch_variation or 0.0) - voice.spread(semitones)))
    return Row(
        SECTION,
        f"pitch variation of {len(MIDDLES) * len(SPREADS)} known glides, largest error",
        f"{worst:.2f} semitones",
        "<= 0.3 semitones",
        met=worst <= 0.3,
    )


def _cost() -> Row:
    """Processor time of pitch and loudness for a second of sound, best of three."""
    samples = np.tile(_read(SHIPPED), 6)
    speech = detect_speech(samples)
    block = Span(0.0, len(samples) / SAMPLE_RATE)
    costs = []
    for _ in range(3):
        began = time.process_time()
        voice.hear(listen(samples, block, speech), speech, ())
        costs.append((time.process_time() - began) / block.length)
    return Row(
        SECTION,
        "pitch and loudness, processor time for a second of sound",
        f"{min(costs):.4f} s",
        "< 0.03 s",
        met=min(costs) < 0.03,
    )


def _pitch(name: str, recordings: list[Samples]) -> Row:
    errors = []
    for samples in recordings:
        speech = detect_speech(samples)
        heard = voice.hear(listen(samples, _whole(samples), speech), speech, ())
        if heard.pitch_variation is not None:
            errors.append(abs(heard.pitch_variation - _praat_spread(samples, speech)))
    middle, mean = float(np.median(errors)), float(np.mean(errors))
    return Row(
        SECTION,
        f"pitch variation against Praat, {len(errors)} {name}, median (mean, largest) difference",
        f"{middle:.2f} ({mean:.2f}, {max(errors):.2f}) semitones",
        "<= 0.3 semitones",
        met=middle <= 0.3,
    )


def _silences(name: str, recordings: list[Samples]) -> Row:
    """Shared silence over all silence that either finds, both of 0.25 s and more in the talk."""
    shared = united = 0.0
    for samples in recordings:
        speech = detect_speech(samples)
        if not speech:
            continue
        talk = talk_span(speech)
        ours = _drawn([gap for gap in gaps(speech) if gap.length >= SHORTEST], talk)
        theirs = _drawn(_praat_silences(samples, talk), talk)
        shared += float((ours & theirs).sum())
        united += float((ours | theirs).sum())
    return Row(
        SECTION,
        f"pauses against Praat's silences, {len(recordings)} {name}, overlap (IoU)",
        f"{shared / united:.2f}",
    )


def _praat_spread(samples: Samples, speech: tuple[Span, ...]) -> float:
    pitch = _praat(samples).to_pitch_ac(time_step=HUNDREDTH, pitch_floor=60.0, pitch_ceiling=600.0)
    hertz = pitch.selected_array["frequency"]
    times = pitch.xs()
    inside = np.zeros(len(times), dtype=np.bool_)
    for span in speech:
        inside |= (times >= span.start) & (times < span.end)
    voiced = hertz[inside & (hertz > 0)]
    return voice.spread(12 * np.log2(voiced / np.median(voiced)))


def _praat_silences(samples: Samples, talk: Span) -> list[Span]:
    ask = importlib.import_module("parselmouth.praat").call
    found = ask(_praat(samples), "To TextGrid (silences)", 100, 0.0, -25.0, SHORTEST, 0.1, "0", "1")
    spans = []
    for number in range(1, ask(found, "Get number of intervals", 1) + 1):
        label = ask(found, "Get label of interval", 1, number)
        start = ask(found, "Get start time of interval", 1, number)
        end = ask(found, "Get end time of interval", 1, number)
        span = Span(max(start, talk.start), min(end, talk.end))
        if label == "0" and span.length >= SHORTEST:
            spans.append(span)
    return spans


def _praat(samples: Samples) -> Any:
    return importlib.import_module("parselmouth").Sound(
        as_floats(samples).astype(np.float64), SAMPLE_RATE
    )


def _drawn(spans: list[Span], talk: Span) -> NDArray[np.bool_]:
    drawn = np.zeros(round(talk.length / HUNDREDTH) + 1, dtype=np.bool_)
    for start, end in spans:
        drawn[round((start - talk.start) / HUNDREDTH) : round((end - talk.start) / HUNDREDTH)] = (
            True
        )
    return drawn


def _wide() -> Iterator[Samples]:
    """Recordings of running speech of eight seconds and more; isolated sounds are left out."""
    for path in sorted(labelled("wideband", "audio").iterdir()):
        if not path.name.startswith("mfa_"):
            samples = _read(path)
            if len(samples) >= SHORTEST_FILE * SAMPLE_RATE and total(detect_speech(samples)) > 0:
                yield samples


def _calls() -> Iterator[Samples]:
    """The first minute of what each caller said, in the part kept for choosing."""
    folder = labelled("telephone", "recordings.tsv").parent
    with (folder / "recordings.tsv").open(encoding="utf-8", newline="") as file:
        listed = [row for row in csv.DictReader(file, delimiter="\t") if row["split"] == "dev"]
    for _, of_call in groupby(sorted(listed, key=lambda row: row["call"]), lambda row: row["call"]):
        parts = [_read(folder / "audio" / row["file"]) for row in of_call]
        samples = np.concatenate(parts)[: int(CALL_SECONDS * SAMPLE_RATE)]
        if len(samples) >= SHORTEST_FILE * SAMPLE_RATE:
            yield samples


def _whole(samples: Samples) -> Span:
    return Span(0.0, len(samples) / SAMPLE_RATE)


def _read(path: Path) -> Samples:
    """Mono 16-bit samples at 16 kHz."""
    resampler = av.AudioResampler("s16", "mono", SAMPLE_RATE)
    with av.open(str(path)) as container:
        frames = [
            part.to_ndarray()[0]
            for frame in container.decode(audio=0)
            for part in resampler.resample(frame)
        ]
    return np.concatenate(frames)
