"""How loud a recording is from frame to frame, how often it is clipped, how wide its band is."""

import numpy as np
from numpy.typing import NDArray

from analysis.vad import FRAME, SAMPLE_RATE, as_floats

QUIETEST = -100.0
# Decoding and resampling bend the flat tops of clipped sound a little.
FULL_SCALE = 31_500
CLIPPED_RUN = 3

TELEPHONE_BAND = (300.0, 3400.0)
ABOVE_TELEPHONE = (4300.0, 7500.0)


def contour(samples: NDArray[np.int16]) -> NDArray[np.float64]:
    """Level of each frame of 32 ms in dB of full scale, -100 for digital silence."""
    power = np.square(_frames(samples)).mean(axis=1, dtype=np.float64)
    level: NDArray[np.float64] = 10 * np.log10(np.maximum(power, 1e-12))
    return np.clip(level, QUIETEST, None)


def clipped(samples: NDArray[np.int16]) -> int:
    """Samples in runs of three or more at full scale."""
    full = np.flatnonzero((samples >= FULL_SCALE) | (samples <= -FULL_SCALE))
    edges = np.flatnonzero(np.diff(full, prepend=-2, append=len(samples) + 1) > 1)
    lengths = np.diff(edges)
    return int(lengths[lengths >= CLIPPED_RUN].sum())


def band_energies(samples: NDArray[np.int16], chosen: NDArray[np.bool_]) -> tuple[float, float]:
    """Energy of the chosen frames within the telephone's band, and above it."""
    frames = _frames(samples)[chosen] * np.hanning(FRAME).astype(np.float32)
    power = np.square(np.abs(np.fft.rfft(frames, axis=1))).sum(axis=0, dtype=np.float64)
    steps = np.fft.rfftfreq(FRAME, 1 / SAMPLE_RATE)
    inside, above = (
        float(power[(steps >= low) & (steps <= high)].sum())
        for low, high in (TELEPHONE_BAND, ABOVE_TELEPHONE)
    )
    return inside, above


def _frames(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    whole = as_floats(np.asarray(samples))
    return np.pad(whole, (0, -len(whole) % FRAME)).reshape(-1, FRAME)
