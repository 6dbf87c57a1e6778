"""Reading aloud: the words that were heard against the text that was to be read.

Accuracy is 1 - (S + D + I) / N and completeness (N - D) / N, with S words read as others, D left
out and I added against the N words of the text, in the alignment with the fewest of them
(Levenshtein). Case, punctuation, hyphens and the way numbers are written do not count, nor do
filled pauses.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.languages import Language, bare_word
from analysis.number_words import in_digits
from analysis.timeline import Tier
from engines.transcribers import Word

# Below this confidence the recogniser may have misheard what was read right: of all words it is
# sure of three quarters, of those it got wrong of less than half.
UNSURE_BELOW = 0.8

SlipKind = Literal["misread", "left_out", "added"]
# What stands between the thousands of a number in digits.
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_MATCH, _MISREAD, _LEFT_OUT, _ADDED = range(4)


@dataclass(frozen=True, slots=True)
class Slip:
    """Where the reading left the text: `text` is what should be read, or the word that was added.

    `first_word` and `last_word` are those said; for what was left out they are None, and
    `after_word` is the number of the word said before it (None at the beginning).
    """

    kind: SlipKind
    text: str
    tier: Tier
    first_word: int | None = None
    last_word: int | None = None
    after_word: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading held against its text: counts in words of the text."""

    expected: int
    misread: int
    left_out: int
    added: int
    slips: tuple[Slip, ...]

    @property
    def accuracy(self) -> float:
        """1 - (S + D + I) / N, not below 0."""
        return max(0.0, 1 - (self.misread + self.left_out + self.added) / self.expected)

    @property
    def completeness(self) -> float:
        """(N - D) / N."""
        return (self.expected - self.left_out) / self.expected


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Step:
    kind: int
    expected: _Token | None
    said: _Token | None
    after: int | None


def compare(
    reference: str, words: Sequence[Word], language: Language, hesitations: Collection[int]
) -> Reading | None:
    """Hold the words against the text; None where the text has no words.

    `hesitations`: numbers of the words that are filled pauses. Time and memory grow with the
    product of both lengths: 3,500 words of text against 20,000 said take 70 MB.
    """
    text = [_bare(part) for part in reference.split()]
    expected = _tokens(text, range(len(text)), language)
    kept = [at for at in range(len(words)) if at not in hesitations]
    said = _tokens([_bare(words[at].text) for at in kept], kept, language)
    if not expected:
        return None
    steps = _aligned(expected, said)
    return Reading(
        expected=len(expected),
        misread=sum(step.kind == _MISREAD for step in steps),
        left_out=sum(step.kind == _LEFT_OUT for step in steps),
        added=sum(step.kind == _ADDED for step in steps),
        slips=tuple(
            _slip(kind, list(group), words, trusted=language.measured is not None)
            for kind, group in groupby(steps, key=lambda step: step.kind)
            if kind != _MATCH
        ),
    )


def _bare(written: str) -> str:
    return bare_word(_THOUSANDS.sub("", written))


def _tokens(bare: Sequence[str], numbers: Sequence[int], language: Language) -> list[_Token]:
    parts = [
        (part, numbers[at])
        for at, text in enumerate(bare)
        for part in text.replace("-", " ").split()
    ]
    joined = in_digits([part for part, _ in parts], language.number_values)
    return [_Token(text, parts[first][1], parts[last][1]) for text, first, last in joined]


def _aligned(expected: Sequence[_Token], said: Sequence[_Token]) -> list[_Step]:
    moves = _moves(expected, said)
    steps: list[_Step] = []
    row, column = len(expected), len(said)
    while row or column:
        move = int(moves[row, column])
        want = expected[row - 1] if move != _ADDED else None
        got = said[column - 1] if move != _LEFT_OUT else None
        before = said[column - 1].last if move == _LEFT_OUT and column else None
        steps.append(_Step(move, want, got, before))
        row -= want is not None
        column -= got is not None
    return steps[::-1]


def _moves(expected: Sequence[_Token], said: Sequence[_Token]) -> NDArray[np.uint8]:
    """How the cheapest path comes to each cell: one row a word of the text."""
    codes: dict[str, int] = {}
    heard = np.array([codes.setdefault(token.text, len(codes)) for token in said], dtype=np.int64)
    places = np.arange(len(said) + 1)
    moves = np.full((len(expected) + 1, len(said) + 1), _ADDED, np.uint8)
    costs = places.copy()
    for row, token in enumerate(expected, start=1):
        same = heard == codes.get(token.text, -1)
        across = costs[:-1] + ~same
        down = costs + 1
        best = down.copy()
        best[1:] = np.minimum(down[1:], across)
        # Adding words costs one each: the cheapest cell to the left decides.
        final = np.minimum.accumulate(best - places) + places
        moves[row, :] = np.where(down == final, _LEFT_OUT, _ADDED)
        # Where several are as cheap, words side by side belong together.
        moves[row, 1:][across == final[1:]] = _MISREAD
        moves[row, 1:][same & (across == final[1:])] = _MATCH
        costs = final
    return moves


def _slip(kind: int, steps: Sequence[_Step], words: Sequence[Word], *, trusted: bool) -> Slip:
    """A slip is possible only where recognition may have misheard what was read right.

    `trusted`: recognition of this language was measured. In others it mishears without doubting it:
    of nine slips in a Spanish reading, most were its own.
    """
    said = [step.said for step in steps if step.said]
    expected = [step.expected.text for step in steps if step.expected]
    if not said:
        before = steps[0].after
        # What was said on either side tells how clear it is that nothing was said between.
        beside = words[:1] if before is None else words[before : before + 2]
        tier: Tier = "sure" if trusted and _clear(beside) else "possible"
        return Slip("left_out", " ".join(expected), tier, after_word=before)
    first, last = said[0].first, said[-1].last
    return Slip(
        kind="misread" if kind == _MISREAD else "added",
        text=" ".join(expected or [token.text for token in said]),
        tier="sure" if trusted and _clear(words[first : last + 1]) else "possible",
        first_word=first,
        last_word=last,
    )


def _clear(words: Sequence[Word]) -> bool:
    """Whether every word was clear to the recogniser; words without confidence are taken so."""
    return all(word.confidence is None or word.confidence >= UNSURE_BELOW for word in words)
