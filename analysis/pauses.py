"""Silences inside the talk, from voice activity; words only say where in a clause they fall."""

from bisect import bisect_left
from collections.abc import Collection, Sequence

from analysis.languages import ends_clause
from analysis.timeline import Pause, Span, gaps
from analysis.translatable import gettext_noop
from engines.transcribers import Word

_NO_PAUSES = gettext_noop("There is no pause to measure.")
# Why a measure has no value where a recording is long enough for the others.
TOO_LITTLE = {"mean_pause": _NO_PAUSES, "mid_clause_share": _NO_PAUSES}

SHORTEST = 0.25
LONG = 1.0
VERY_LONG = 2.0
# What ends a monologue; a shorter silence is part of it.
BREAK = VERY_LONG


def talk_span(speech: Sequence[Span]) -> Span:
    """From the first onset of speech to its last offset."""
    return Span(speech[0].start, speech[-1].end)


def find_pauses(
    speech: Sequence[Span], words: Sequence[Word], fillers: Collection[int]
) -> tuple[Pause, ...]:
    """Silences of at least 0.25 s between stretches of speech.

    Mid-clause: the last word before it has no punctuation. `fillers`: numbers of the words that
    are filled pauses, whose own comma says nothing. Without timed words mid-clause is None.
    """
    kept = [word for at, word in enumerate(words) if at not in fillers]
    middles = [(word.start + word.end) / 2 for word in kept]
    return tuple(
        Pause(span, _mid_clause(span, kept, middles))
        for span in gaps(speech)
        if span.length >= SHORTEST
    )


def longest_monologue(pauses: Sequence[Pause], talk: Span) -> Span:
    """The longest stretch of the talk without a silence of 2 s; the first of equals.

    Two people are not told apart: where a recording holds a second voice, its turns count too.
    """
    breaks = [pause.span for pause in pauses if pause.span.length >= BREAK]
    edges = [Span(talk.start, talk.start), *breaks, Span(talk.end, talk.end)]
    return max(gaps(edges), key=lambda span: span.length)


def _mid_clause(span: Span, words: Sequence[Word], middles: Sequence[float]) -> bool | None:
    before = bisect_left(middles, (span.start + span.end) / 2)
    return not ends_clause(words[before - 1].text) if before else None
