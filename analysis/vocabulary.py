"""How varied the words are: MTLD (McCarthy and Jarvis 2010) and the moving-average ratio."""

from collections import Counter
from collections.abc import Sequence

from analysis.translatable import gettext_noop

_FEW_WORDS = gettext_noop("There are not a hundred words, under which this says little.")
# Why a measure has no value where a recording is long enough for the others.
TOO_LITTLE = {"diversity": _FEW_WORDS, "moving_ratio": _FEW_WORDS}

FEWEST = 100
FACTOR = 0.72
WINDOW = 50


def mtld(words: Sequence[str]) -> float | None:
    """Mean length of a run of words that keeps a type-token ratio over 0.72, both directions.

    None under 100 words, where the figure says little.
    """
    if len(words) < FEWEST:
        return None
    return (_one_way(words) + _one_way(words[::-1])) / 2


def moving_ratio(words: Sequence[str]) -> float | None:
    """Mean share of different words in windows of 50 (MATTR-50); None under 100 words."""
    if len(words) < FEWEST:
        return None
    inside = Counter(words[:WINDOW])
    kinds = [len(inside)]
    for gone, come in zip(words, words[WINDOW:], strict=False):
        inside[come] += 1
        inside[gone] -= 1
        if not inside[gone]:
            del inside[gone]
        kinds.append(len(inside))
    return sum(kinds) / len(kinds) / WINDOW


def _one_way(words: Sequence[str]) -> float:
    factors = 0.0
    seen: set[str] = set()
    length = 0
    ratio = 1.0
    for word in words:
        length += 1
        seen.add(word)
        ratio = len(seen) / length
        if ratio < FACTOR:
            factors += 1
            seen, length, ratio = set(), 0, 1.0
    factors += (1 - ratio) / (1 - FACTOR)
    return len(words) / factors if factors else float(len(words))
