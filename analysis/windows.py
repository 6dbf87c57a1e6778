"""Cutting a recording where nobody speaks: blocks to store one by one, windows to recognise."""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.timeline import Span

SAMPLE_RATE = 16_000
BLOCK_SECONDS = 300.0
# Shorter than what the recogniser can take at once: in 20 s it keeps more of the fillers than in
# 30 s, in 14 s it loses words (docs/benchmarks.md).
WINDOW_SECONDS = 20.0
# Voice activity starts late on soft consonants and ends early on fading ones.
MARGIN = 0.7
# What a cut is worth: one group fewer beats everything, then a second of silence at the cut weighs
# as much as the difference between a full and an empty group.
ONE_MORE = 100.0
EVEN = 3.0
GOOD_SILENCE = 0.5
# Speech without a silence is cut in the last part of what fits.
LATE = 0.4


def plan_blocks(speech: Sequence[Span], duration: float) -> tuple[Span, ...]:
    """Blocks of at most 300 s that hold all the speech, cut in silence, in order.

    Silence at the ends of the recording and between blocks is left out. No speech: no blocks.
    """
    whole = Span(0.0, duration)
    budget = BLOCK_SECONDS - 2 * MARGIN
    pieces = [piece for span in speech for piece in _cut(span, budget, None)]
    return _with_margins(_packed(pieces, budget), whole, None)


def plan_windows(
    speech: Sequence[Span],
    block: Span,
    samples: NDArray[np.int16],
    longest: float = WINDOW_SECONDS,
) -> tuple[Span, ...]:
    """Windows of at most `longest` seconds that hold the speech of `block`.

    `samples` are the recording's, from its start. Speech that goes on for longer without a silence
    is cut where it is quietest.
    """
    budget = longest - 2 * MARGIN
    pieces = [
        piece
        for span in speech
        if span.overlap(block) > 0
        for piece in _cut(
            Span(max(span.start, block.start), min(span.end, block.end)), budget, samples
        )
    ]
    return _with_margins(_packed(pieces, budget), block, samples)


def _with_margins(
    groups: Sequence[Span], limits: Span, samples: NDArray[np.int16] | None
) -> tuple[Span, ...]:
    """Groups with the silence around them, at most a margin on either side.

    A silence that is shorter than two margins is parted where it is quietest, because voice
    activity can miss a soft word there; in its middle without `samples`.
    """
    starts, ends = [limits.start], []
    for before, after in itertools.pairwise(groups):
        parted = (before.end + after.start) / 2
        if samples is not None and after.start - before.end <= 2 * MARGIN:
            parted = _quietest(samples, before.end, after.start)
        ends.append(parted)
        starts.append(parted)
    ends.append(limits.end)
    return tuple(
        Span(max(start, group.start - MARGIN), min(end, group.end + MARGIN))
        for group, start, end in zip(groups, starts, ends, strict=False)
    )


def _packed(pieces: Sequence[Span], longest: float) -> tuple[Span, ...]:
    """Neighbours together in as few groups as can be, of like lengths, cut in long silences.

    Dynamic programming over where the last group begins.
    """
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last, piece in enumerate(pieces):
        gap = pieces[last + 1].start - piece.end if last + 1 < len(pieces) else 0.0
        choices = []
        for first in range(last, -1, -1):
            length = piece.end - pieces[first].start
            if length > longest and first < last:
                break
            cost = ONE_MORE + EVEN * (length / longest) ** 2 - min(gap, GOOD_SILENCE)
            choices.append((best[first][0] + cost, first))
        best.append(min(choices))
    packed: list[Span] = []
    end = len(pieces)
    while end:
        first = best[end][1]
        packed.append(Span(pieces[first].start, pieces[end - 1].end))
        end = first
    return tuple(reversed(packed))


def _cut(span: Span, longest: float, samples: NDArray[np.int16] | None) -> list[Span]:
    """A span in pieces of at most `longest` seconds, cut where it is quietest."""
    pieces = []
    start, end = span
    while end - start > longest:
        cut = start + longest
        if samples is not None:
            cut = _quietest(samples, start + longest * (1 - LATE), cut)
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
