"""Voice: pitch against Praat and against known glides, and what it costs.

Praat is asked three ways: once with one range for every voice (60 to 600 Hz), where it often takes
a whispered edge or a creak for a pitch an octave off; twice, the second time in the range that the
first pass shows of the voice, as phoneticians do (De Looze and Hirst 2008); and once held against
ours only where both hear a pitch.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis import voice
from analysis.sound import SECOND, listen
from analysis.timeline import Span
from analysis.vad import SAMPLE_RATE, detect_speech
from analysis.weights.corpus import decoded
from benchmarks.accuracy import praat, recordings
from benchmarks.accuracy.recordings import Samples
from benchmarks.accuracy.table import LeftOut, Row

SECTION = "Voice"
SHIPPED = Path(__file__).resolve().parents[2] / "analysis" / "tests" / "data" / "jfk.flac"
SPREADS = (0.0, 1.0, 2.0, 3.5)
MIDDLES = (95.0, 130.0, 210.0)
# Two answers further apart than this (semitones) are an octave's error of one of them.
OCTAVE_ERROR = 6.0
GOAL = 0.3


@dataclass(frozen=True, slots=True)
class Spreads:
    """Pitch variation of one recording in semitones, ours and Praat's, by the way of asking.

    `louder`: how far our loudness variation lies over that of Praat's level where both hear a
    pitch, in dB.
    `apart`: frames in which the two lie half an octave and more apart; `theirs`: those of them in
    which Praat's is the further from the middle pitch of the recording.
    """

    ours: float
    once: float
    twice: float
    ours_where_both: float
    theirs_where_both: float
    frames: int
    apart: int
    theirs: int
    louder: float


def rows() -> list[Row]:
    """What the voice costs and how far it is off. Raises LeftOut without labelled recordings."""
    found = [_glides(), _cost()]
    try:
        praat.require()
    except LeftOut as why:
        return [*found, Row(SECTION, "pitch against Praat", f"not measured: {why}")]
    clear = [samples for _, samples in recordings.clear()]
    return [
        *found,
        *_pitch("clear recordings", clear),
        *_pitch("telephone calls", list(recordings.by_call())),
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
        f"<= {GOAL} semitones",
        met=worst <= GOAL,
    )


def _cost() -> Row:
    """Processor time of pitch and loudness for a second of sound, best of three."""
    samples = np.tile(decoded(SHIPPED), 6)
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


def _pitch(name: str, heard: Sequence[Samples]) -> list[Row]:
    found = [spreads for samples in heard if (spreads := _spreads(samples)) is not None]
    ways = {
        "asked once, 60 to 600 Hz": [each.ours - each.once for each in found],
        "asked twice, in the voice's own range": [each.ours - each.twice for each in found],
        "where both hear a pitch": [
            each.ours_where_both - each.theirs_where_both for each in found
        ],
    }
    frames, apart, theirs = (
        sum(getattr(each, of) for each in found) for of in ("frames", "apart", "theirs")
    )
    louder = np.abs([each.louder for each in found])
    return [
        *(
            _difference(f"{len(found)} {name}", way, errors, goal="twice" in way)
            for way, errors in ways.items()
        ),
        Row(
            SECTION,
            f"{name}: frames in which Praat, asked once, and we are half an octave and more apart"
            " (of these, Praat's is the further from the speaker's middle pitch)",
            f"{apart} of {frames} ({theirs})",
        ),
        Row(
            SECTION,
            f"loudness variation, {len(found)} {name}, against that of Praat's level, which is"
            " smoothed over 64 ms: mean difference (largest)",
            f"{np.mean(louder):.1f} ({louder.max():.1f}) dB",
        ),
    ]


def _difference(what: str, way: str, errors: Sequence[float], *, goal: bool) -> Row:
    sizes = np.abs(errors)
    middle, mean = float(np.median(sizes)), float(np.mean(sizes))
    return Row(
        SECTION,
        f"pitch variation, {what}, against Praat {way}: mean difference (median, largest)",
        f"{mean:.2f} ({middle:.2f}, {sizes.max():.2f}) semitones",
        f"<= {GOAL} semitones" if goal else "",
        met=mean <= GOAL if goal else None,
    )


def _spreads(samples: Samples) -> Spreads | None:
    """None where there is too little voice."""
    speech = detect_speech(samples)
    sound = listen(samples, Span(0.0, len(samples) / SAMPLE_RATE), speech)
    variation = voice.hear(sound, speech, ()).pitch_variation
    if variation is None:
        return None
    times, once = praat.pitch(samples)
    once = np.where(_inside(times, speech), once, 0.0)
    again, twice = praat.pitch(samples, *praat.own_range(once[once > 0]))
    frames = np.minimum((times / SECOND).astype(int), len(sound.hertz) - 1)
    ours = sound.hertz[frames]
    both = (once > 0) & (ours > 0)
    ours, theirs = ours[both], once[both]
    middle = np.median(np.concatenate([ours, theirs]))
    apart = np.abs(12 * np.log2(ours / theirs)) >= OCTAVE_ERROR
    further = np.abs(np.log2(theirs / middle)) > np.abs(np.log2(ours / middle))
    return Spreads(
        ours=variation,
        once=_spread(once[once > 0]),
        twice=_spread(twice[_inside(again, speech) & (twice > 0)]),
        ours_where_both=_spread(ours),
        theirs_where_both=_spread(theirs),
        frames=int(both.sum()),
        apart=int(apart.sum()),
        theirs=int((apart & further).sum()),
        louder=float(
            np.std(sound.decibels[frames][both])
            - np.std(praat.intensity(samples, SECOND * (frames[both] + 0.5)))
        ),
    )


def _spread(hertz: NDArray[np.float64]) -> float:
    return voice.spread(12 * np.log2(hertz / np.median(hertz)))


def _inside(times: NDArray[np.float64], speech: Sequence[Span]) -> NDArray[np.bool_]:
    inside = np.zeros(len(times), dtype=np.bool_)
    for span in speech:
        inside |= (times >= span.start) & (times < span.end)
    return inside
