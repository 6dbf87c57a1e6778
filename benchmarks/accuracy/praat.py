"""Praat as a yardstick: pitch, silences and syllable nuclei, by parselmouth.

No part of the product: `pip install -r requirements-yardsticks.txt` brings it.
"""

import importlib
import importlib.util
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.timeline import Span
from analysis.vad import SAMPLE_RATE, as_floats
from benchmarks.accuracy.table import LeftOut

Samples = NDArray[np.int16]
Floats = NDArray[np.float64]

FLOOR, CEILING = 60.0, 600.0
STEP = 0.01


def require() -> None:
    """Raises LeftOut where Praat is not installed."""
    if importlib.util.find_spec("parselmouth") is None:
        message = "needs requirements-yardsticks.txt"
        raise LeftOut(message)


def pitch(
    samples: Samples, floor: float = FLOOR, ceiling: float = CEILING
) -> tuple[Floats, Floats]:
    """Times and fundamental frequencies (Hz, 0 where unvoiced), by autocorrelation."""
    found = _sound(samples).to_pitch_ac(time_step=STEP, pitch_floor=floor, pitch_ceiling=ceiling)
    return np.asarray(found.xs()), np.asarray(found.selected_array["frequency"])


def intensity(samples: Samples, times: Floats) -> Floats:
    """Level at these times in dB, as windows of 64 ms have it."""
    found = _sound(samples).to_intensity(minimum_pitch=50.0, time_step=STEP)
    return np.asarray(np.interp(times, found.xs(), found.values[0]))


def own_range(hertz: Floats) -> tuple[float, float]:
    """Floor and ceiling for a second pass, from the voiced pitches of the first.

    0.72 q35 - 10 and 1.9 q65 + 10 Hz (De Looze and Hirst 2008).
    """
    low, high = np.percentile(hertz, [35, 65])
    return float(0.72 * low - 10), float(1.9 * high + 10)


def silences(samples: Samples, threshold: float, shortest: float) -> list[Span]:
    """What lies so far (negative dB) below the loudest moment, for so long; 0.1 s sounds."""
    found = _ask(
        _sound(samples), "To TextGrid (silences)", 100, 0.0, threshold, shortest, 0.1, "0", "1"
    )
    return [span for label, span in _intervals(found) if label == "0"]


def nuclei(samples: Samples, shortest: float) -> tuple[int, float]:
    """Syllable nuclei, and seconds of sound, as the script of de Jong and Wempe (2009) finds them.

    A nucleus is a voiced peak of intensity within 25 dB of the loud (99th percentile), 2 dB and
    more above the dip before the next.
    """
    sound = _sound(samples)
    intensity = sound.to_intensity(minimum_pitch=50.0)
    loudest = _ask(intensity, "Get maximum", 0, 0, "Parabolic")
    loud = _ask(intensity, "Get quantile", 0, 0, 0.99)
    lowest = _ask(intensity, "Get minimum", 0, 0, "Parabolic")
    threshold = max(loud - 25, lowest)
    relative = -25 - (loudest - loud)
    grid = _ask(intensity, "To TextGrid (silences)", relative, shortest, 0.1, "silent", "sounding")
    sounding = [span for label, span in _intervals(grid) if label == "sounding"]
    voiced = sound.to_pitch_ac(
        time_step=0.02, pitch_floor=30.0, max_number_of_candidates=4, voicing_threshold=0.25,
        octave_jump_cost=0.35, voiced_unvoiced_cost=0.25, pitch_ceiling=450.0,
    )  # fmt: skip
    times, level = np.asarray(intensity.xs()), np.asarray(intensity.values[0])
    count = sum(
        any(start <= time <= end for start, end in sounding)
        and not np.isnan(voiced.get_value_at_time(time))
        for time in _peaks(times, level, threshold)
    )
    return count, sum(span.length for span in sounding)


def _peaks(times: Floats, level: Floats, threshold: float) -> Iterator[float]:
    """Peaks above the threshold, each 2 dB above the dip that follows it."""
    inner = level[1:-1]
    at = 1 + np.flatnonzero((inner > level[:-2]) & (inner >= level[2:]) & (inner > threshold))
    if not len(at):
        return
    current = at[0]
    for following in at[1:]:
        dip = level[current:following].min()
        if level[current] - dip > 2:
            yield float(times[current])
        current = following
    yield float(times[current])


def _intervals(grid: Any) -> Iterator[tuple[str, Span]]:
    for number in range(1, _ask(grid, "Get number of intervals", 1) + 1):
        yield (
            _ask(grid, "Get label of interval", 1, number),
            Span(
                _ask(grid, "Get start time of interval", 1, number),
                _ask(grid, "Get end time of interval", 1, number),
            ),
        )


def _ask(what: Any, *question: Any) -> Any:
    return importlib.import_module("parselmouth.praat").call(what, *question)


def _sound(samples: Samples) -> Any:
    return importlib.import_module("parselmouth").Sound(
        as_floats(samples).astype(np.float64), SAMPLE_RATE
    )
