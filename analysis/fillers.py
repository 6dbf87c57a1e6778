"""Filled pauses and lexical fillers in recognised or written words.

Filled pauses ("um") are taken from the words as written. Lexical fillers ("like", "you know") are
words with another use, so each has rules for its surroundings (languages/*.toml): the sure tier
goes into the headline number, the possible tier is only shown. Rules after Zufferey and
Popescu-Belis 2004, who reach 70 % precision with comma, pause and neighbours.
"""

from collections.abc import Iterator, Sequence

from analysis.languages import (
    Condition,
    Language,
    Phrase,
    bare_word,
    ends_clause,
    ends_sentence,
)
from analysis.timeline import Filler
from engines.transcribers import Word

PAUSE_BESIDE = 0.15


def find_fillers(
    words: Sequence[Word], language: Language, *, timed: bool = True
) -> tuple[Filler, ...]:
    """Fillers in order, never overlapping.

    `timed` False: the words have no times, so only punctuation tells where one stands apart.
    """
    bare = [bare_word(word.text) for word in words]
    found: list[Filler] = []
    at = 0
    while at < len(words):
        filler = _filled_pause(words, at, language) or _phrase_at(
            words, bare, at, language, timed=timed
        )
        if filler:
            found.append(filler)
        at = filler.last_word + 1 if filler else at + 1
    return tuple(found)


def _filled_pause(words: Sequence[Word], at: int, language: Language) -> Filler | None:
    if not language.is_filled_pause(words[at].text):
        return None
    return Filler(
        kind="filled_pause",
        text=bare_word(words[at].text),
        first_word=at,
        last_word=at,
        tier="possible" if words[at].doubted else "sure",
        after_sentence=_starts_sentence(words, at),
        confidence=words[at].confidence,
    )


def _phrase_at(
    words: Sequence[Word], bare: Sequence[str], at: int, language: Language, *, timed: bool
) -> Filler | None:
    for phrase in language.phrases:
        last = at + len(phrase.words) - 1
        if tuple(bare[at : last + 1]) != phrase.words or _divided(words, at, last):
            continue
        place = _Place(words, bare, at, last, language, timed=timed)
        if not place.allows(phrase):
            continue
        known = [
            confidence
            for word in words[at : last + 1]
            if (confidence := word.confidence) is not None
        ]
        return Filler(
            kind=phrase.kind,
            text=" ".join(phrase.words),
            first_word=at,
            last_word=last,
            tier="sure" if place.conditions() & phrase.sure_if else "possible",
            after_sentence=_starts_sentence(words, at),
            confidence=min(known, default=None),
        )
    return None


def _divided(words: Sequence[Word], first: int, last: int) -> bool:
    """Punctuation inside a phrase makes it two."""
    return any(ends_clause(word.text) for word in words[first:last])


def _starts_sentence(words: Sequence[Word], at: int) -> bool:
    return at == 0 or ends_sentence(words[at - 1].text)


class _Place:
    """The surroundings of a phrase, as far as the rules ask about them."""

    def __init__(
        self,
        words: Sequence[Word],
        bare: Sequence[str],
        first: int,
        last: int,
        language: Language,
        *,
        timed: bool,
    ) -> None:
        self._words, self._bare = words, bare
        self._first, self._last = first, last
        self._language = language
        self._timed = timed

    def allows(self, phrase: Phrase) -> bool:
        """Neighbours that give the words their ordinary meaning count only when they touch."""
        before = self._bare[self._first - 1] if self._first and not self._comma_before() else ""
        after = self._next() if not self._comma_after() else ""
        ordinary = before in phrase.never_after or after in phrase.never_before
        return not ordinary and phrase.needs <= self.conditions()

    def conditions(self) -> frozenset[Condition]:
        return frozenset(self._conditions())

    def _conditions(self) -> Iterator[Condition]:
        starts = _starts_sentence(self._words, self._first)
        ends = ends_sentence(self._words[self._last].text) or self._next() == ""
        before = self._comma_before() or self._silence(self._first - 1)
        after = self._comma_after() or self._silence(self._last)
        if starts:
            yield "sentence_start"
        if ends:
            yield "sentence_end"
        # The start of a sentence is no sign by itself: most words can stand there.
        if after or (before and not starts):
            yield "set_off"
        if (before or starts) and (after or ends):
            yield "set_off_both"
        if self._next() and self._language.is_number(self._next()):
            yield "before_number"
        if self._quotes():
            yield "quotative"

    def _quotes(self) -> bool:
        """As in "and he was like, no": a form of "be" before and a subject after."""
        before = self._bare[self._first - 1] if self._first else ""
        return before in _BE and self._next() in self._language.subjects

    def _next(self) -> str:
        return self._bare[self._last + 1] if self._last + 1 < len(self._bare) else ""

    def _comma_before(self) -> bool:
        return self._first > 0 and ends_clause(self._words[self._first - 1].text)

    def _comma_after(self) -> bool:
        return ends_clause(self._words[self._last].text)

    def _silence(self, at: int) -> bool:
        """A pause between word `at` and the next."""
        if not self._timed or at < 0 or at + 1 >= len(self._words):
            return False
        return self._words[at + 1].start - self._words[at].end >= PAUSE_BESIDE


_BE = {"is", "was", "were", "am", "are", "be", "i'm", "he's", "she's", "we're", "they're", "it's"}
