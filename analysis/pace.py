"""How fast: speech rate, articulation rate, local pace and how much it varies."""

import statistics
from bisect import bisect_left
from collections.abc import Sequence

from analysis.timeline import Span
from analysis.translatable import gettext_noop

# Why a measure has no value where a recording is long enough for the others.
TOO_LITTLE = {
    "pace_variability": gettext_noop(
        "The talk is shorter than half a minute, in which a pace has no time to change."
    )
}

WINDOW = 10.0
HOP = 1.0
# Flagged when it lasts; our estimate (docs/analysis.md).
FAST = 190.0
SLOW = 90.0
LASTING = 5.0


def speech_rate(words: int, talk: Span) -> float:
    """Words a minute over the talk with its pauses: 60 W / T."""
    return 60 * words / talk.length


def articulation_rate(syllables: int, talk: Span, silence: float) -> float:
    """Syllables a second while sounding: S / (T - PT), both with filled pauses."""
    return syllables / (talk.length - silence)


def local_pace(middles: Sequence[float], talk: Span) -> list[tuple[float, float]]:
    """(middle of the window, words a minute) over 10 s windows, one a second.

    `middles`: the words' middle times in order. Empty for a talk shorter than a window.
    """
    points = []
    start = talk.start
    while start + WINDOW <= talk.end:
        words = bisect_left(middles, start + WINDOW) - bisect_left(middles, start)
        points.append((round(start + WINDOW / 2, 2), words * 60 / WINDOW))
        start += HOP
    return points


def variability(points: Sequence[tuple[float, float]]) -> float | None:
    """Standard deviation over mean of the local pace; None below two windows' worth of it."""
    paces = [pace for _, pace in points]
    if len(paces) < 2 * WINDOW / HOP or not any(paces):
        return None
    return statistics.pstdev(paces) / statistics.fmean(paces)


def lasting_stretches(
    points: Sequence[tuple[float, float]], *, faster: float = FAST, slower: float = SLOW
) -> tuple[list[Span], list[Span]]:
    """Stretches of at least 5 s whose windows are all faster, and all slower, than the limits."""
    fast = _runs([(time, pace > faster) for time, pace in points])
    slow = _runs([(time, pace < slower) for time, pace in points])
    return fast, slow


def _runs(flags: Sequence[tuple[float, bool]]) -> list[Span]:
    runs: list[Span] = []
    start: float | None = None
    last = 0.0
    for time, flagged in [*flags, (0.0, False)]:
        if flagged and start is None:
            start = time
        elif not flagged and start is not None:
            if last - start >= LASTING:
                runs.append(Span(start, last))
            start = None
        last = time
    return runs
