"""Where speech begins and ends to the hundredth of a second, by how loud it is.

Voice activity is sure of speech but not of its edges: it leaves a fading sound early, stays on
through a short pause, and comes late after a long silence. So its edges are moved to where the
sound rises out of the noise, and stretches of noise inside are taken out. How loud noise and voice
are is found anew for every half second; where they are too near to one another, nothing is moved.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.timeline import Span

HOP = 160
STEP = 0.01
QUIETEST = -100.0

# Steps around each half second in which noise (the quietest tenth) and voice (the loudest) are
# sought: ten seconds of talk hold a second of silence; a voice changes faster than a room.
NOISE_WINDOW, NOISE_PERCENTILE = 1001, 10
VOICE_WINDOW, VOICE_PERCENTILE = 201, 90
HALF_SECOND = 50
BATCH = 512
CHUNK = 6_000 * HOP

# What counts as sound stands out of the noise by this share of the distance between noise and
# voice, within limits (dB), and is not further than that below the voice. Chosen on read speech
# with silences and noise of known length put in (benchmarks/accuracy/synthetic.py).
SHARE = 0.15
LEAST_OUT, MOST_OUT = 3.0, 6.0
BELOW_VOICE = 30.0
# With noise nearer to the voice than this, voice activity knows better.
FEWEST_DECIBELS = 15.0

# In steps: how far an edge is moved outwards, over which dips; shorter sounds are clicks; a quiet
# stretch inside speech of this length and more is no closure of a stop; shorter silences are
# bridged, shorter speech dropped.
FURTHEST = 15
DIP = 4
CLICK = 3
QUIET = 20
BRIDGED = 10
DROPPED = 5

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def levels(samples: NDArray[np.int16]) -> Floats:
    """Level of each whole step of 10 ms in dB of full scale, -100 for digital silence."""
    count = len(samples) // HOP
    power = np.empty(count)
    for first in range(0, len(samples), CHUNK):
        steps = samples[first : min(first + CHUNK, count * HOP)].reshape(-1, HOP)
        at = first // HOP
        power[at : at + len(steps)] = np.square(steps, dtype=np.float32).mean(axis=1)
    return 10 * np.log10(np.maximum(power / 32_768**2, 10 ** (QUIETEST / 10)))


def sharpened(speech: Sequence[Span], level: Floats, duration: float) -> tuple[Span, ...]:
    """Stretches of voice activity with their edges where the sound is; times in seconds.

    `level`: from `levels`, of the whole recording. Ordered, none shorter than 50 ms, no silence
    between them shorter than 100 ms. A stretch in which nothing stands out keeps its edges.
    """
    if not speech or not len(level):
        return tuple(speech)
    noise = _around(level, NOISE_WINDOW, NOISE_PERCENTILE)
    voice = _around(level, VOICE_WINDOW, VOICE_PERCENTILE)
    apart = voice - noise
    out = np.clip(SHARE * apart, LEAST_OUT, MOST_OUT)
    sound = level > np.maximum(noise + out, voice - BELOW_VOICE)
    clear = apart >= FEWEST_DECIBELS
    steady = _without_short(sound, CLICK)
    spoken = np.zeros(len(level), dtype=np.bool_)
    for span in speech:
        spoken[round(span.start / STEP) : round(span.end / STEP)] = True
    spoken &= ~(clear & ~_bridged(steady, QUIET))
    moved = np.zeros(len(level), dtype=np.bool_)
    for first, last in _moved(_runs(spoken), steady, _bridged(sound, DIP), clear):
        moved[first:last] = True
    moved = _without_short(_bridged(moved, BRIDGED), DROPPED)
    return tuple(
        Span(round(int(first) * STEP, 3), round(_end(int(last), len(level), duration), 3))
        for first, last in _runs(moved)
    )


def _end(last: int, steps: int, duration: float) -> float:
    """What is left of a recording behind its last whole step belongs to that."""
    return duration if last == steps else last * STEP


def _moved(
    runs: NDArray[np.intp], steady: Mask, joined: Mask, clear: Mask
) -> list[tuple[int, int]]:
    """Each run from its first steady sound to its last, and on while the sound goes on."""
    moved = []
    for start, end in runs.tolist():
        first, last = start, end
        sounding = np.flatnonzero(steady[start:end])
        if len(sounding) and clear[start]:
            first = start + int(sounding[0])
            first -= _lasting(joined[max(0, first - FURTHEST) : first][::-1])
        if len(sounding) and clear[end - 1]:
            last = start + int(sounding[-1]) + 1
            last += _lasting(joined[last : last + FURTHEST])
        moved.append((first, last))
    return moved


def _lasting(mask: Mask) -> int:
    """How many are True from the first on."""
    return len(mask) if mask.all() else int(mask.argmin())


def _around(level: Floats, width: int, percentile: int) -> Floats:
    """For each step the percentile of the steps around it, found twice a second."""
    steps = len(level)
    width = min(width, steps)
    middles = np.arange(0, steps + HALF_SECOND, HALF_SECOND)
    starts = np.clip(middles - width // 2, 0, steps - width)
    windows = np.lib.stride_tricks.sliding_window_view(level, width)
    found = np.empty(len(starts))
    for first in range(0, len(starts), BATCH):
        here = slice(first, first + BATCH)
        found[here] = np.percentile(windows[starts[here]], percentile, axis=1)
    return np.asarray(np.interp(np.arange(steps), middles, found), dtype=np.float64)


def _runs(mask: Mask) -> NDArray[np.intp]:
    """First and last (not included) of each stretch of True, one row a stretch."""
    edges = np.diff(np.concatenate(([False], mask, [False])).astype(np.int8))
    return np.flatnonzero(edges).reshape(-1, 2)


def _without_short(mask: Mask, fewest: int) -> Mask:
    """Without the stretches of fewer than so many steps."""
    runs = _runs(mask)
    short = runs[runs[:, 1] - runs[:, 0] < fewest]
    change = np.zeros(len(mask) + 1, dtype=np.int8)
    change[short[:, 0]] += 1
    change[short[:, 1]] -= 1
    return np.asarray(mask & (np.cumsum(change[:-1]) == 0))


def _bridged(mask: Mask, fewest: int) -> Mask:
    """With the gaps of fewer than so many steps closed; what is before and after stays open."""
    gaps = ~mask
    ends = np.flatnonzero(mask)
    if not len(ends):
        return mask
    inner = np.zeros(len(mask), dtype=np.bool_)
    inner[ends[0] : ends[-1] + 1] = True
    short = gaps & inner & ~_without_short(gaps & inner, fewest)
    return np.asarray(mask | short)
