"""Voices made of harmonics, whose pitch and level are known to the sample."""

import numpy as np

SAMPLE_RATE = 16_000


def sine_glide(seconds: float, spread: float) -> np.ndarray:
    """Semitones around a middle that rise and fall once in 2.3 s, with that standard deviation."""
    times = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return spread * np.sqrt(2) * np.sin(2 * np.pi * times / 2.3)


def glide(middle: float, semitones: np.ndarray) -> np.ndarray:
    """Fundamental frequency (Hz) of each sample."""
    return middle * 2 ** (semitones / 12)


def spoken(hertz: np.ndarray, *, syllables: bool = True) -> np.ndarray:
    """A buzz at that pitch, its harmonics falling by 6 dB an octave, four syllables a second."""
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE
    sound = sum(np.sin(number * phase) / number for number in range(1, 13))
    times = np.arange(len(hertz)) / SAMPLE_RATE
    level = 0.65 + 0.35 * np.cos(2 * np.pi * 4 * times) if syllables else 1.0
    return (6000 * level * sound).astype(np.int16)
