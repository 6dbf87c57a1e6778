"""Cutting a recording where nobody speaks: blocks to store one by one, windows to recognise."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.timeline import Span

SAMPLE_RATE = 16_000
BLOCK_SECONDS = 300.0
WINDOW_SECONDS = 30.0
# Voice activity starts late on soft consonants and ends early on fading ones.
MARGIN = 0.3
# A cut in the last part of a window may take the longest silence there instead of the last.
CHOICE = 0.4


def plan_blocks(speech: Sequence[Span], duration: float) -> tuple[Span, ...]:
    """Blocks of at most 300 s that hold all the speech, cut in silence, in order.

    Silence at the ends of the recording and between blocks is left out. No speech: no blocks.
    """
    return _packed(_padded(speech, Span(0.0, duration)), BLOCK_SECONDS)


def plan_windows(
    speech: Sequence[Span],
    block: Span,
    samples: NDArray[np.int16],
    longest: float = WINDOW_SECONDS,
) -> tuple[Span, ...]:
    """Windows of at most `longest` seconds that hold the speech of `block`.

    Speech that goes on for longer without a silence is cut where it is quietest.
    """
    inside = [
        Span(max(span.start, block.start), min(span.end, block.end))
        for span in speech
        if span.overlap(block) > 0
    ]
    pieces = [
        piece
        for span in _padded(inside, block)
        for piece in _cut_where_quiet(span, samples, longest)
    ]
    return _packed(pieces, longest)


def _padded(speech: Sequence[Span], limits: Span) -> list[Span]:
    """Speech with a margin on both sides; a silence shorter than two margins is halved."""
    padded: list[Span] = []
    for number, span in enumerate(speech):
        before = (span.start - speech[number - 1].end) / 2 if number else MARGIN
        after = (speech[number + 1].start - span.end) / 2 if number + 1 < len(speech) else MARGIN
        padded.append(
            Span(
                max(limits.start, span.start - min(MARGIN, before)),
                min(limits.end, span.end + min(MARGIN, after)),
            )
        )
    return padded


def _packed(pieces: Sequence[Span], longest: float) -> tuple[Span, ...]:
    """As many neighbours together as fit; the cut falls in the longest late silence."""
    packed: list[Span] = []
    first = 0
    while first < len(pieces):
        start = pieces[first].start
        last = first
        while last + 1 < len(pieces) and pieces[last + 1].end - start <= longest:
            last += 1
        if last + 1 < len(pieces):
            late = [
                number
                for number in range(first, last + 1)
                if pieces[number].end - start >= longest * (1 - CHOICE) or number == last
            ]
            last = max(late, key=lambda n: (pieces[n + 1].start - pieces[n].end, n))
        packed.append(Span(start, pieces[last].end))
        first = last + 1
    return tuple(packed)


def _cut_where_quiet(span: Span, samples: NDArray[np.int16], longest: float) -> list[Span]:
    pieces = []
    start, end = span
    while end - start > longest:
        cut = _quietest(samples, start + longest * (1 - CHOICE), start + longest)
        pieces.append(Span(start, cut))
        start = cut
    return [*pieces, Span(start, end)]


def _quietest(samples: NDArray[np.int16], start: float, end: float) -> float:
    """Middle of the tenth of a second with the least energy between two times."""
    tenth = SAMPLE_RATE // 10
    first = int(start * SAMPLE_RATE)
    stretch = samples[first : int(end * SAMPLE_RATE)].astype(np.float32)
    count = len(stretch) // tenth
    if count == 0:
        return end
    energies = (stretch[: count * tenth].reshape(count, tenth) ** 2).sum(axis=1)
    return (first + (int(energies.argmin()) + 0.5) * tenth) / SAMPLE_RATE
