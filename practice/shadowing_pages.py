"""What the pages of shadowing show: phrases by language and level, and how they were said."""

from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Any

from django.db.models import QuerySet

from analysis.reading import Reading
from practice.models import Kind, Level, PracticeSession, Sequence, ShadowedPhrase
from practice.results.phrases import Phrase, accuracy, readings
from speech_sessions.presentation.wording import language_name

# A learner within so much of the model's time is as fast as it.
ALIKE = 0.1


@dataclass(frozen=True, slots=True)
class LanguageSets:
    """The sets of phrases in one language, the easiest first."""

    code: str
    name: str
    sets: list[Sequence]


@dataclass(frozen=True, slots=True)
class Line:
    """A phrase, how long the model and the learner took (s), and the percent said as written.

    The model's time is None where no voice spoke, the percent until that is measured.
    """

    text: str
    model_seconds: float | None
    own_seconds: float
    said: int | None


@dataclass(frozen=True, slots=True)
class Shadowed:
    """How phrases were said: `slower` is the learner's time beyond the model's, in percent.

    It is None where no phrase has both times; `pace` is in words a minute, `accuracy` the percent
    of words said as written, None until that is measured.
    """

    phrases: list[Line]
    is_measured: bool
    pace: int | None
    model_pace: int | None
    slower: int | None
    accuracy: int | None

    @property
    def faster(self) -> int | None:
        """How much less time than the model, in percent."""
        return None if self.slower is None else -self.slower

    @property
    def is_alike(self) -> bool:
        """Whether both took about as long."""
        return self.slower is not None and abs(self.slower) <= 100 * ALIKE


def by_language(sets: QuerySet[Sequence], first: str) -> list[LanguageSets]:
    """The sets for shadowing by language: that of `first` before the others."""
    rank = {level: place for place, level in enumerate(Level.values)}
    base = first.partition("-")[0].lower()

    def place(each: Sequence) -> tuple[bool, str, int, str]:
        return (each.language != base, each.language, rank.get(each.level, 0), each.title)

    ordered = sorted(sets.filter(kind=Kind.SHADOWING), key=place)
    return [
        LanguageSets(code, language_name(code), list(group))
        for code, group in groupby(ordered, key=lambda each: each.language)
    ]


def shadowed(session: PracticeSession, document: dict[str, Any] | None) -> Shadowed | None:
    """How the phrases of `session` were said; None where none was."""
    if session.kind != Kind.SHADOWING:
        return None
    phrases = list(session.shadowed_phrases.all())
    if not phrases:
        return None
    both = [(each, each.model_seconds) for each in phrases if each.model_seconds]
    model = sum(seconds for _each, seconds in both)
    own = sum(each.own_seconds for each, _seconds in both)
    said = _said(phrases, document)
    whole = accuracy(said) if said else None
    return Shadowed(
        [
            Line(each.text, each.model_seconds, each.own_seconds, _percent(reading))
            for each, reading in zip_longest(phrases, said or ())
        ],
        document is not None,
        _pace(phrases, sum(each.own_seconds for each in phrases)),
        _pace([each for each, _seconds in both], model),
        round(100 * (own / model - 1)) if model else None,
        None if whole is None else round(100 * whole),
    )


def _pace(phrases: list[ShadowedPhrase], seconds: float) -> int | None:
    words = sum(len(each.text.split()) for each in phrases)
    return round(60 * words / seconds) if seconds else None


def _said(
    phrases: list[ShadowedPhrase], document: dict[str, Any] | None
) -> list[Reading | None] | None:
    if document is None:
        return None
    return readings([Phrase(each.text, each.own_seconds) for each in phrases], document)


def _percent(reading: Reading | None) -> int | None:
    return None if reading is None else round(100 * reading.accuracy)
