"""How a voice moves: pitch and loudness over the talk, flat stretches, ends of sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.languages import ends_sentence
from analysis.sound import SECOND, Sound
from analysis.timeline import Event, Span, mark
from analysis.translatable import gettext_noop
from engines.transcribers import Word

UNITS = {
    "pitch_variation": "semitones",
    "loudness_variation": "dB",
    "final_rises": "ratio",
    "trailing_off": "ratio",
}
_LITTLE_VOICE = gettext_noop("There are not five seconds of voice with a pitch to measure.")
_FEW_ENDS = gettext_noop("There are not five ends of sentences that can be heard clearly.")
# Why a measure has no value where a recording is long enough for the others.
TOO_LITTLE = {
    "pitch_variation": _LITTLE_VOICE,
    "loudness_variation": _LITTLE_VOICE,
    "final_rises": _FEW_ENDS,
    "trailing_off": _FEW_ENDS,
}

Points = Sequence[tuple[float, float]]

# Under five seconds of voice a spread says little.
FEWEST_VOICED = round(5 / SECOND)
FEWEST_ENDS = 5
TRIMMED = (5.0, 95.0)

# A stretch is flat where the pitch of each five seconds in it spreads by less than a semitone.
FLAT_WINDOW = 5.0
FLAT_STEP = 1.0
FLAT_BELOW = 1.0
FLAT_VOICED = 1.5
SHORTEST_FLAT = 8.0

RISE_SEMITONES = 3.0
RISE_LAST = 0.08
RISE_BEFORE = (0.3, 0.2)
# What a sentence loses to its end: its last voice against its own middle level.
TRAIL_SECONDS = 0.4
TRAIL_DECIBELS = 10.0
SHORTEST_SENTENCE = 1.0
# Recognised ends of words come a little early or late.
WORD_MARGIN = 0.15

MOST_POINTS = 900
FINEST_POINT = 0.1


@dataclass(frozen=True, slots=True)
class Voice:
    """What was found; None where there is too little voice, or no sentence to judge.

    `pitch_variation` in semitones, `loudness_variation` in dB. `ends` are the judged ends of
    sentences, `rising` and `trailing` those of them that rise or trail off. The series are points
    of (seconds, semitones from the median) and (seconds, dB of full scale).
    """

    pitch_variation: float | None = None
    loudness_variation: float | None = None
    flat: tuple[Span, ...] = ()
    ends: tuple[Span, ...] = ()
    rising: tuple[Span, ...] = ()
    trailing: tuple[Span, ...] = ()
    pitch: Points = ()
    loudness: Points = ()


SILENT = Voice()


def hear(sound: Sound | None, speech: Sequence[Span], words: Sequence[Word]) -> Voice:
    """Judge the voice in stretches of speech. `words`: only such as have times of their own."""
    if sound is None or not speech:
        return SILENT
    spoken = sound.frames_in(speech)
    voiced = spoken & (sound.pitch > 0)
    if not voiced.any():
        return SILENT
    semitones = np.full(len(voiced), np.nan)
    hertz = sound.hertz[voiced]
    semitones[voiced] = 12 * np.log2(hertz / np.median(hertz))
    levels = np.where(voiced, sound.decibels, np.nan)
    enough = int(voiced.sum()) >= FEWEST_VOICED
    ends, rising, trailing = _sentence_ends(sound.first, semitones, levels, words)
    return Voice(
        pitch_variation=spread(semitones[voiced]) if enough else None,
        loudness_variation=float(np.std(levels[voiced])) if enough else None,
        flat=_flat_stretches(sound.first, semitones),
        ends=ends,
        rising=rising,
        trailing=trailing,
        pitch=_thinned(sound.first, semitones),
        loudness=_thinned(sound.first, np.where(spoken, sound.decibels, np.nan)),
    )


def spread(semitones: NDArray[np.float64]) -> float:
    """Standard deviation of what lies between the 5th and the 95th percentile."""
    low, high = np.percentile(semitones, TRIMMED)
    return float(np.std(semitones[(semitones >= low) & (semitones <= high)]))


def values(voice: Voice) -> dict[str, tuple[float | None, Sequence[Span]]]:
    """The measures of a voice, with what there is to hear of each."""
    judged = len(voice.ends)
    enough = judged >= FEWEST_ENDS
    return {
        "pitch_variation": (voice.pitch_variation, voice.flat),
        "loudness_variation": (voice.loudness_variation, ()),
        "final_rises": (len(voice.rising) / judged if enough else None, voice.rising),
        "trailing_off": (len(voice.trailing) / judged if enough else None, voice.trailing),
    }


def events(voice: Voice) -> list[Event]:
    """Flat stretches and sentences that trail off, for the time line."""
    return [
        *(mark("flat_pitch", span.rounded) for span in voice.flat),
        *(mark("trailing_off", span.rounded, tier="possible") for span in voice.trailing),
    ]


def series(voice: Voice) -> dict[str, Points]:
    """What is drawn of a voice."""
    return {"pitch": voice.pitch, "loudness": voice.loudness} if voice.loudness else {}


def _flat_stretches(first: int, semitones: NDArray[np.float64]) -> tuple[Span, ...]:
    """Where the pitch hardly moves for eight seconds and more."""
    window, step = round(FLAT_WINDOW / SECOND), round(FLAT_STEP / SECOND)
    found: list[Span] = []
    for at in range(0, len(semitones) - window + 1, step):
        here = semitones[at : at + window]
        here = here[~np.isnan(here)]
        if len(here) < FLAT_VOICED / SECOND or spread(here) >= FLAT_BELOW:
            continue
        start, end = (first + at) * SECOND, (first + at + window) * SECOND
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, end)
        else:
            found.append(Span(start, end))
    return tuple(span.rounded for span in found if span.length >= SHORTEST_FLAT)


def _sentence_ends(
    first: int, semitones: NDArray[np.float64], levels: NDArray[np.float64], words: Sequence[Word]
) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
    """All ends that can be judged, those that rise, those that trail off."""
    ends: list[Span] = []
    rising: list[Span] = []
    trailing: list[Span] = []
    begun = 0
    for at, word in enumerate(words):
        if not ends_sentence(word.text):
            continue
        sentence = Span(words[begun].start, word.end)
        begun = at + 1
        if sentence.length < SHORTEST_SENTENCE:
            continue
        limit = words[at + 1].start if at + 1 < len(words) else word.end + WORD_MARGIN
        close = _last_voiced(first, semitones, word, min(limit, word.end + WORD_MARGIN))
        if close is None:
            continue
        end = Span(round(min(word.start, close - TRAIL_SECONDS), 2), round(close, 2))
        ends.append(end)
        if _rises(first, semitones, close):
            rising.append(end)
        if _trails(first, levels, sentence.start, close):
            trailing.append(end)
    return tuple(ends), tuple(rising), tuple(trailing)


def _last_voiced(
    first: int, semitones: NDArray[np.float64], word: Word, limit: float
) -> float | None:
    """When the voice of a word stops; None where it has none."""
    start = max(0, round(word.start / SECOND) - first)
    here = np.flatnonzero(~np.isnan(semitones[start : max(0, round(limit / SECOND) - first)]))
    return None if not len(here) else float((first + start + here[-1] + 1) * SECOND)


def _rises(first: int, semitones: NDArray[np.float64], end: float) -> bool:
    last = _between(first, semitones, end - RISE_LAST, end)
    before = _between(first, semitones, end - RISE_BEFORE[0], end - RISE_BEFORE[1])
    if not len(last) or not len(before):
        return False
    return bool(np.median(last) - np.median(before) >= RISE_SEMITONES)


def _trails(first: int, levels: NDArray[np.float64], start: float, end: float) -> bool:
    last = _between(first, levels, end - TRAIL_SECONDS, end)
    before = _between(first, levels, start, end - TRAIL_SECONDS)
    if not len(last) or not len(before):
        return False
    return bool(np.median(before) - np.max(last) >= TRAIL_DECIBELS)


def _between(
    first: int, contour: NDArray[np.float64], start: float, end: float
) -> NDArray[np.float64]:
    """What is known of a contour between two times."""
    here = contour[max(0, round(start / SECOND) - first) : max(0, round(end / SECOND) - first)]
    return here[~np.isnan(here)]


def _thinned(first: int, contour: NDArray[np.float64]) -> Points:
    """At most 900 points: medians over equal parts, nothing where a part holds nothing."""
    step = max(round(FINEST_POINT / SECOND), -(-len(contour) // MOST_POINTS))
    points = []
    for at in range(0, len(contour), step):
        here = contour[at : at + step]
        here = here[~np.isnan(here)]
        if len(here):
            middle = (first + at + step / 2) * SECOND
            points.append((round(middle, 2), round(float(np.median(here)), 1)))
    return points
