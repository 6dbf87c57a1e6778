"""Word times held against voice activity: a word does not sound through a silence."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from analysis.timeline import Span, gaps
from engines.transcribers import Word

SHORTEST_SILENCE = 0.2
SHORTEST_WORD = 0.05


def settle(words: Sequence[Word], speech: Sequence[Span]) -> tuple[Word, ...]:
    """The words, each cut back to the side of a silence where more of it sounds.

    Recognisers stretch a word over the pause beside it. A word that lies in silence as a whole is
    left where it is: there it was voice activity that missed it. No word is moved past the one that
    follows it.
    """
    silences = [gap for gap in gaps(speech) if gap.length >= SHORTEST_SILENCE]
    ends = [silence.end for silence in silences]
    starts = [silence.start for silence in silences]
    settled = []
    following = [*(word.start for word in words[1:]), math.inf]
    for word, next_start in zip(words, following, strict=True):
        span = Span(word.start, word.end)
        for silence in silences[bisect_right(ends, span.start) : bisect_left(starts, span.end)]:
            span = _on_one_side(span, silence, next_start)
        settled.append(replace(word, start=round(span.start, 3), end=round(span.end, 3)))
    return tuple(settled)


def _on_one_side(span: Span, silence: Span, next_start: float) -> Span:
    before, after = silence.start - span.start, span.end - silence.end
    if after >= SHORTEST_WORD and after >= before and silence.end <= next_start:
        return Span(silence.end, span.end)
    return Span(span.start, silence.start) if before >= SHORTEST_WORD else span
