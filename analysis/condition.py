"""What the recording itself does to the numbers: noise, clipping, level, band, music, voices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.runs import runs
from analysis.sound import SECOND, Sound
from analysis.timeline import Span, total
from analysis.vad import SAMPLE_RATE

CLIPPED_SHARE = 0.001
NOISY_BELOW = 15.0
QUIET_BELOW = -35.0
# Measured on telephone calls in wide files: 48 dB and more below what the telephone carries.
NARROW_BELOW = -48.0
NARROW_RATE = 11_025
NARROW_SECONDS = 1.0

# Sound this near to speech may still belong to it.
MARGIN = 0.15
FEWEST_QUIET = round(0.5 / SECOND)
# A file that begins or ends within this time of loud speech was cut there.
CUT_WITHIN = 0.1
CUT_DECIBELS = 12.0

# Tones outside speech, no further than this below it.
TONE_DECIBELS = 30.0
TONE_SECONDS = 3.0
TONE_SHARE = 0.4
# In speech the pitch seldom rests; in music most of it does.
STEADY_FRAMES = 10
STEADY_SEMITONES = 0.3
STEADY_SHARE = 0.6

VOICES_APART = 7.0
VOICE_SHARE = 0.2
BETWEEN_SHARE = 0.1
FEWEST_PHRASES = 6
PHRASE_FRAMES = 10
# Half of speech and more is voiced; creak and whisper have no pitch to follow.
LITTLE_VOICE = 0.25


@dataclass(frozen=True, slots=True)
class Condition:
    """The state of a recording. Levels in dB of full scale; None where nothing can be said."""

    speech_level: float
    noise_level: float | None
    clipped: bool = False
    noisy: bool = False
    quiet: bool = False
    telephone: bool = False
    tones: bool = False
    second_voice: bool = False
    cut_start: bool = False
    cut_end: bool = False
    little_voice: bool = False

    @property
    def over_noise(self) -> float | None:
        """How far speech stands above the noise, in dB."""
        return None if self.noise_level is None else self.speech_level - self.noise_level


def condition_of(
    sound: Sound | None, speech: Sequence[Span], duration: float, facts: Mapping[str, Any]
) -> Condition | None:
    """Judge a recording; None without sound. `facts`: `sample_rate` of the file, if known."""
    if sound is None or not speech:
        return None
    spoken = sound.frames_in(speech)
    levels = sound.decibels
    if not spoken.any():
        return None
    speech_level = _mean_level(levels[spoken])
    noise = _noise_level(sound, speech)
    voiced = spoken & (sound.pitch > 0)
    samples = total(speech) * SAMPLE_RATE
    return Condition(
        speech_level=round(speech_level, 1),
        noise_level=None if noise is None else round(noise, 1),
        clipped=sound.clipped > CLIPPED_SHARE * samples,
        noisy=noise is not None and speech_level - noise < NOISY_BELOW,
        quiet=speech_level < QUIET_BELOW,
        telephone=0 < facts.get("sample_rate", 0) <= NARROW_RATE or _narrow(sound, speech),
        tones=_tones_outside(sound, speech, speech_level) or _steady_share(sound) > STEADY_SHARE,
        second_voice=_second_voice(sound, voiced),
        cut_start=_cut(sound, speech[0].start, 0.0, speech_level),
        cut_end=_cut(sound, speech[-1].end, duration, speech_level),
        little_voice=bool(voiced.sum() < LITTLE_VOICE * spoken.sum()),
    )


def _mean_level(decibels: NDArray[np.float64]) -> float:
    return float(10 * np.log10(np.mean(10 ** (decibels / 10))))


def _noise_level(sound: Sound, speech: Sequence[Span]) -> float | None:
    """Middle level of what is heard away from speech; the quietest frames where that is little."""
    levels = sound.decibels
    heard = ~np.isnan(levels)
    outside = levels[heard & ~sound.frames_in(speech, MARGIN)]
    if len(outside) >= FEWEST_QUIET:
        return float(np.median(outside))
    return float(np.percentile(levels[heard], 5)) if heard.sum() >= FEWEST_QUIET else None


def _narrow(sound: Sound, speech: Sequence[Span]) -> bool:
    """Whether nothing lies above what a telephone carries."""
    above = 10 * np.log10(max(sound.above, 1e-12) / max(sound.inside, 1e-12))
    return total(speech) >= NARROW_SECONDS and bool(above < NARROW_BELOW)


def _tones_outside(sound: Sound, speech: Sequence[Span], speech_level: float) -> bool:
    """Whether something with a pitch sounds while nobody speaks."""
    outside = ~np.isnan(sound.decibels) & ~sound.frames_in(speech, MARGIN)
    loud = np.nan_to_num(sound.decibels, nan=-100.0) > speech_level - TONE_DECIBELS
    tones = int((outside & loud & (sound.pitch > 0)).sum())
    enough = tones * SECOND >= TONE_SECONDS
    return enough and tones >= TONE_SHARE * int(outside.sum())


def _steady_share(sound: Sound) -> float:
    """How much of all that has a pitch rests on it for a third of a second and more."""
    voiced = sound.pitch > 0
    count = int(voiced.sum())
    if count * SECOND < TONE_SECONDS or len(voiced) < STEADY_FRAMES:
        return 0.0
    semitones = np.where(voiced, 12 * np.log2(np.maximum(sound.hertz, 1.0)), np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(semitones, STEADY_FRAMES)
    # A gap in a window makes its range NaN, which is not below anything.
    still = windows.max(axis=1) - windows.min(axis=1) < STEADY_SEMITONES
    steady = np.convolve(still, np.ones(STEADY_FRAMES)) > 0
    return float(steady.sum() / count)


def _second_voice(sound: Sound, voiced: NDArray[np.bool_]) -> bool:
    """Whether phrases lie in two groups of pitch, well apart and with little between."""
    phrases = [
        (float(np.median(sound.hertz[start:end])), int(end - start))
        for start, end in runs(voiced)
        if end - start >= PHRASE_FRAMES
    ]
    if len(phrases) < 2 * FEWEST_PHRASES:
        return False
    pitches = 12 * np.log2(np.array([pitch for pitch, _ in phrases]))
    weights = np.array([weight for _, weight in phrases], dtype=np.float64)
    low, high = _two_means(pitches, weights)
    if high - low < VOICES_APART:
        return False
    split = (low + high) / 2
    between = np.abs(pitches - split) < (high - low) / 6
    lower, upper = pitches < split, pitches >= split
    fewest = min(int(lower.sum()), int(upper.sum()))
    smaller = min(weights[lower].sum(), weights[upper].sum())
    whole = weights.sum()
    return bool(
        fewest >= FEWEST_PHRASES
        and smaller >= VOICE_SHARE * whole
        and weights[between].sum() <= BETWEEN_SHARE * whole
    )


def _two_means(values: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[float, float]:
    """Centres of the two groups that part the values best."""
    low, high = float(values.min()), float(values.max())
    for _ in range(20):
        upper = values >= (low + high) / 2
        if upper.all() or not upper.any():
            break
        low = float(np.average(values[~upper], weights=weights[~upper]))
        high = float(np.average(values[upper], weights=weights[upper]))
    return low, high


def _cut(sound: Sound, spoken: float, end: float, speech_level: float) -> bool:
    """Whether speech at full level reaches an end of the file."""
    if abs(spoken - end) > CUT_WITHIN:
        return False
    near = Span(max(0.0, end - CUT_WITHIN), end + CUT_WITHIN)
    levels = sound.decibels[sound.frames_in([near])]
    levels = levels[~np.isnan(levels)]
    return bool(len(levels) and _mean_level(levels) > speech_level - CUT_DECIBELS)
