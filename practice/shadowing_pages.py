"""What the pages of shadowing show: phrases by language and level, and how they were said."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from practice.models import Kind, Level, PracticeSession, Sequence, ShadowedPhrase
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
class Shadowed:
    """How phrases were said: `slower` is the learner's time beyond the model's, in percent.

    It is None where no phrase has both times; `pace` is in words a minute, `accuracy` the percent
    of words said as written, None until that is measured.
    """

    phrases: list[ShadowedPhrase]
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
    return Shadowed(
        phrases,
        _pace(phrases, sum(each.own_seconds for each in phrases)),
        _pace([each for each, _seconds in both], model),
        round(100 * (own / model - 1)) if model else None,
        _accuracy(document),
    )


def _pace(phrases: list[ShadowedPhrase], seconds: float) -> int | None:
    words = sum(len(each.text.split()) for each in phrases)
    return round(60 * words / seconds) if seconds else None


def _accuracy(document: dict[str, Any] | None) -> int | None:
    measures = {each["name"]: each["value"] for each in (document or {}).get("measures", ())}
    share = measures.get("reading_accuracy")
    return None if share is None else round(100 * share)
