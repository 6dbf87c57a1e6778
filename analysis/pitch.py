"""The pitch of a voice: Swift-F0, a small network, over a stretch of a recording.

It answers every 16 ms; kept is one value for each frame of voice activity (32 ms), the median of
the three answers that lie in it, so that a single stray answer changes nothing.
"""

import functools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from swift_f0 import SwiftF0

from analysis.vad import FRAME, SAMPLE_RATE, as_floats

# From the creak of a low voice to the squeal of a high one; beyond are errors of an octave.
LOWEST = 60.0
HIGHEST = 600.0
VOICED = 0.5
# What the network sees on either side of a value, in frames; with it a block is as the whole.
CONTEXT = 6
# How many frames it is given at once: a block takes three times the memory and no less time.
AT_ONCE = 250
# The network uses one core for one stretch; stretches do not depend on one another.
SIDE_BY_SIDE = 2


def contour(samples: NDArray[np.int16], first: int, last: int) -> NDArray[np.float64]:
    """Fundamental frequency (Hz) of the frames `first` to `last` (not included), 0 where unvoiced.

    `samples` are the whole recording's: mono, 16-bit, 16 kHz. Times are those of voice activity:
    frame n lies from 32 ms times n on.
    """
    detector = _detector()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as both:
        steps = list(
            both.map(
                lambda at: _heard(detector, samples, at, min(last, at + AT_ONCE)),
                range(first, last, AT_ONCE),
            )
        )
    return np.concatenate(steps) if steps else np.zeros(0)


def _heard(
    detector: SwiftF0, samples: NDArray[np.int16], first: int, last: int
) -> NDArray[np.float64]:
    left = max(0, first - CONTEXT)
    part = as_floats(np.asarray(samples[left * FRAME : (last + CONTEXT) * FRAME]))
    if not len(part):
        return np.zeros(last - first)
    heard = detector.detect(part, SAMPLE_RATE, fmin=LOWEST, fmax=HIGHEST)
    fine = np.where(heard.confidence >= VOICED, heard.pitch_hz, np.nan)
    fine = fine[2 * (first - left) :]
    needed = 2 * (last - first) + 1
    fine = np.pad(fine[:needed], (0, max(0, needed - len(fine))), constant_values=np.nan)
    three = np.sort(np.stack([fine[:-1:2], fine[1::2], fine[2::2]]), axis=0)
    # Sorting puts the unvoiced ones last: two voiced have their mean, three their middle one.
    two = np.isnan(three[2])
    pitch: NDArray[np.float64] = np.where(two, np.sqrt(three[0] * three[1]), three[1])
    pitch[np.isnan(pitch)] = 0.0
    return pitch


@functools.lru_cache(maxsize=1)
def _detector() -> SwiftF0:
    return SwiftF0(threads=1, spin=False)
