"""What every hundredth of a second sounds like, within the band of a telephone line.

Everything is measured below 3.5 kHz and against the eight seconds around, so that neither the line
nor the microphone nor the voice makes the difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.timeline import Span
from engines.transcribers import SAMPLE_RATE

Floats = NDArray[np.float64]

HOP = 160
STEP = HOP / SAMPLE_RATE
_WINDOW = 640
_FFT = 1024
_CHUNK = 250
_HIGHEST = 3_500.0
_BANDS = 20
_CEPSTRA = 8
# The fundamental: sought from 65 to 400 Hz in what lies below 1,200 Hz.
_LAGS = (SAMPLE_RATE // 400, SAMPLE_RATE // 65)
# Half the stretch that a frame is held against, in frames: long enough for a mean, short enough
# that two people in turn do not share one.
_AROUND = 800
VOICED = 0.5


@dataclass(frozen=True, slots=True)
class Frames:
    """One row for each hundredth of a second.

    `level`: dB against speech around. `voicing`: height of the autocorrelation's peak, 0-1.
    `pitch`: semitones above the mean around, 0 where unvoiced. `cepstra`: eight mel cepstra without
    their mean around. `change`: how far the cepstra move in 60 ms. `speech`: voice activity.
    """

    level: Floats
    voicing: Floats
    pitch: Floats
    cepstra: Floats
    change: Floats
    speech: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.level)


def frames(samples: NDArray[np.float32], speech: Sequence[Span]) -> Frames:
    """Frames of mono samples at 16 kHz; `speech` are the stretches of it that are voice."""
    count = len(samples) // HOP
    power = np.empty(count)
    mel = np.empty((count, _BANDS))
    voicing = np.empty(count)
    fundamental = np.empty(count)
    padded = np.pad(samples, (_WINDOW // 2, _WINDOW))
    for first in range(0, count, _CHUNK):
        here = slice(first, min(first + _CHUNK, count))
        starts = np.arange(here.start, here.stop) * HOP
        windows = padded[starts[:, None] + np.arange(_WINDOW)] * _HANN
        spectra = np.abs(np.fft.rfft(windows, _FFT)) ** 2
        power[here] = spectra[:, _SPEECH_BINS].sum(axis=1)
        mel[here] = spectra @ _FILTERS
        voicing[here], fundamental[here] = _periodicity(spectra)
    spoken = _mask(speech, count)
    level = 10 * np.log10(power + 1e-9)
    cepstra = np.log(mel + 1e-9) @ _COSINES
    cepstra -= _mean_around(cepstra, spoken)
    voiced = spoken & (voicing >= VOICED)
    tones = 12 * np.log2(fundamental)
    return Frames(
        level=level - _mean_around(level[:, None], voiced)[:, 0],
        voicing=voicing,
        pitch=np.where(voiced, tones - _mean_around(tones[:, None], voiced)[:, 0], 0.0),
        cepstra=cepstra,
        change=_change(cepstra),
        speech=spoken,
    )


def smoothed(rows: Floats, width: int) -> Floats:
    """Running mean of `width` frames (odd), over the first axis."""
    half = width // 2
    padded = np.pad(rows, [(half + 1, half)] + [(0, 0)] * (rows.ndim - 1), mode="edge")
    sums = np.cumsum(padded, axis=0)
    return np.asarray((sums[width:] - sums[:-width]) / width)


def _periodicity(spectra: Floats) -> tuple[Floats, Floats]:
    """Height and frequency (Hz) of the best peak of the normalised autocorrelation."""
    lags = np.fft.irfft(np.where(_PITCH_BINS, spectra, 0.0))[:, : _LAGS[1] + 1]
    lags = lags / np.maximum(lags[:, :1], 1e-9) / _WINDOW_LAGS
    # Every multiple of the period fits as well as the period: the shortest good one is meant.
    sought = lags[:, _LAGS[0] :] - 0.03 * np.log2(np.arange(_LAGS[0], _LAGS[1] + 1) / _LAGS[0])
    best = _LAGS[0] + sought.argmax(axis=1)
    height = lags[np.arange(len(lags)), best]
    return np.clip(height, 0.0, 1.0), SAMPLE_RATE / best


def _change(cepstra: Floats) -> Floats:
    padded = np.pad(smoothed(cepstra, 3), ((3, 3), (0, 0)), mode="edge")
    return np.asarray(np.linalg.norm(padded[6:] - padded[:-6], axis=1))


def _mean_around(rows: Floats, counted: NDArray[np.bool_]) -> Floats:
    """For each row the mean of the counted rows around it; of all counted ones where none is."""
    weights = counted.astype(float)
    whole = rows[counted].mean(axis=0) if counted.any() else rows.mean(axis=0)
    sums = np.cumsum(np.vstack([np.zeros(rows.shape[1]), rows * weights[:, None]]), axis=0)
    counts = np.concatenate([[0.0], np.cumsum(weights)])
    at = np.arange(len(rows))
    low, high = np.maximum(at - _AROUND, 0), np.minimum(at + _AROUND + 1, len(rows))
    # The whole counts for a fifth of a second, for where there is little speech.
    known = (counts[high] - counts[low])[:, None]
    return np.asarray((sums[high] - sums[low] + 20 * whole) / (known + 20))


def _mask(speech: Sequence[Span], count: int) -> NDArray[np.bool_]:
    mask = np.zeros(count, dtype=bool)
    for span in speech:
        mask[round(span.start / STEP) : round(span.end / STEP)] = True
    return mask


def _filters() -> Floats:
    """Triangles of equal width in mel from 100 to 3,500 Hz, (bins, bands)."""

    def mel(hertz: float | NDArray[np.floating[Any]]) -> Floats:
        return np.asarray(2595 * np.log10(1 + np.asarray(hertz) / 700))

    edges = np.linspace(mel(100.0), mel(_HIGHEST), _BANDS + 2)
    bins = mel(_FREQUENCIES)[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    return np.asarray(np.clip(np.minimum(rising, falling), 0, None))


_FREQUENCIES = np.fft.rfftfreq(_FFT, 1 / SAMPLE_RATE)
_HANN = np.hanning(_WINDOW).astype(np.float32)
_SPEECH_BINS = (_FREQUENCIES >= 100) & (_FREQUENCIES <= _HIGHEST)
_LOWEST_PITCH, _HIGHEST_PITCH = 60.0, 1_200.0
_PITCH_BINS = (_FREQUENCIES >= _LOWEST_PITCH) & (_FREQUENCIES <= _HIGHEST_PITCH)
_WINDOW_LAGS = np.fft.irfft(np.abs(np.fft.rfft(_HANN, _FFT)) ** 2)[: _LAGS[1] + 1]
_WINDOW_LAGS = _WINDOW_LAGS / _WINDOW_LAGS[0]
_FILTERS = _filters()
_COSINES = np.cos(
    np.pi * np.outer(np.arange(_BANDS) + 0.5, np.arange(1, _CEPSTRA + 1)) / _BANDS
) * np.sqrt(2 / _BANDS)
