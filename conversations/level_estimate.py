"""Which CEFR level a talk looks like, as a range with its reasons, or why that cannot be said.

A level of the CEFR is what one gets done in a language (Council of Europe 2001 and 2020), so the
situation comes first: what was got done in one of level L speaks for L, and for no more. How it was
said can only take something away, by the words of the framework's own table of spoken fluency
(2001, table 3): A2 speaks "in very short utterances", and from B2 on there are "few noticeably long
pauses". The limits put to those words are ours; docs/analysis.md names them. Filled pauses count
for nothing: they part no levels (Tavakoli et al. 2023).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from partner.scenarios import LEVELS

FEWEST_WORDS = 60
FEWEST_TURNS = 4
SHORT_TURN = 4.0  # words
MANY_LONG_PAUSES = 4.0  # of a second and more, a minute
MANY_CORRECTIONS = 10.0  # for each 100 words


@dataclass(frozen=True, slots=True)
class Shown:
    """What a talk showed: `level` of its situation, empty where it has none.

    `long_pauses` a minute within the turns; None where they were not measured.
    """

    level: str
    met: int
    checks: int
    turns: int
    words: int
    corrections: int
    long_pauses: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A range of levels, empty where nothing can be said; `reasons` are codes with parameters."""

    low: str = ""
    high: str = ""
    reasons: tuple[Mapping[str, Any], ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {"low": self.low, "high": self.high, "reasons": [dict(one) for one in self.reasons]}


def estimate(shown: Shown) -> Estimate:
    """The levels that the talk speaks for."""
    if shown.level not in LEVELS or not shown.checks:
        return Estimate(reasons=({"code": "no_level"},))
    if shown.words < FEWEST_WORDS or shown.turns < FEWEST_TURNS:
        needed = {"words": FEWEST_WORDS, "turns": FEWEST_TURNS}
        return Estimate(reasons=({"code": "too_little", **needed},))
    low, high = _by_what_was_done(shown)
    reasons: list[Mapping[str, Any]] = [
        {"code": "done", "met": shown.met, "checks": shown.checks, "level": shown.level}
    ]
    for ceiling, reason in _limits(shown):
        if ceiling < high:
            high = ceiling
            reasons.append(reason)
    rate = round(100 * shown.corrections / shown.words, 1)
    if rate >= MANY_CORRECTIONS:
        low = min(low, high - 1)
        reasons.append({"code": "corrections", "rate": rate})
    low = max(0, min(low, high))
    return Estimate(LEVELS[low], LEVELS[high], tuple(reasons))


def _by_what_was_done(shown: Shown) -> tuple[int, int]:
    """The lowest and highest level, by their places, that what was got done speaks for."""
    at = LEVELS.index(shown.level)
    if shown.met >= shown.checks:
        return at, at
    high = at if 2 * shown.met >= shown.checks else max(0, at - 1)
    return max(0, high - 1), high


def _limits(shown: Shown) -> list[tuple[int, Mapping[str, Any]]]:
    """The highest level that the manner of speaking allows, each with its reason."""
    found: list[tuple[int, Mapping[str, Any]]] = []
    a_turn = round(shown.words / shown.turns, 1)
    if a_turn < SHORT_TURN:
        found.append((LEVELS.index("A2"), {"code": "short_turns", "words": a_turn}))
    if shown.long_pauses is not None and shown.long_pauses > MANY_LONG_PAUSES:
        rate = round(shown.long_pauses, 1)
        found.append((LEVELS.index("B1"), {"code": "long_pauses", "rate": rate}))
    return found
