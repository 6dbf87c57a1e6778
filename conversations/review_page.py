"""What a finished talk came to, as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from accounts.languages import code_of
from conversations import review_sentences, summing_up
from conversations.live_page import Piece, pieces_of
from conversations.models import TalkReview, TutorMessage, TutorSession
from conversations.situations import OWN
from flashcards.models import key_of
from flashcards.selectors import cards_of
from speech_sessions.presentation.measures import measure_called
from speech_sessions.presentation.measures_table import (
    MeasureRow,
    delivery_sections,
    words_sections,
)

MOMENTS_SHOWN = 3
EXAMPLES_SHOWN = 3
# What says most of a learner's fluency; all else stands behind a fold.
FIRST = frozenset({"speech_rate", "articulation_rate", "mean_length_of_run", "filled_pauses"})


@dataclass(frozen=True, slots=True)
class TurnMoment:
    """A stretch of one turn to hear, in seconds; `turn` counts the learner's own from 1."""

    source: str
    turn: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class FluencyRow:
    """A measure, and where it is to be heard."""

    row: MeasureRow
    moments: list[TurnMoment]


@dataclass(frozen=True, slots=True)
class Fluency:
    """What was measured so far; `hidden` says which of it is not shown, and why."""

    is_measuring: bool
    measured: int
    to_measure: int
    first: list[FluencyRow] = field(default_factory=list)
    others: list[FluencyRow] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A sentence of the learner's with what is wrong in it marked, and the better words."""

    pieces: list[Piece]
    better: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is the same mistake: why, how often, and the learner's own sentences."""

    why: str
    times: int
    examples: list[Corrected]


@dataclass(frozen=True, slots=True)
class MetWord:
    """A word that came; `kept` where the learner has a card of it."""

    word: str
    meaning: str
    kept: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything that the page of a finished talk says of it.

    `repeats`: the same situation stands among the next ones.
    """

    summary: list[str]
    seconds: int
    turns: int
    words: int
    patterns: list[Pattern]
    new_words: list[MetWord]
    fluency: Fluency | None
    level: Mapping[str, Any] | None
    next_topics: list[dict[str, Any]]

    repeats: bool = False

    @property
    def words_to_keep(self) -> int:
        """How many of the words have no card yet."""
        return sum(not word.kept for word in self.new_words)


def review_of(
    session: TutorSession,
    checks: Sequence[Mapping[str, Any]],
    turns: Sequence[TutorMessage],
) -> ReviewPage:
    """The page of a talk that is over; one of before there were reviews has no measures."""
    review: TalkReview | None = getattr(session, "review", None)
    facts = review.facts if review else summing_up.facts_of(session, turns)
    ended = session.ended_at or session.changed_at
    own = f"{OWN}{session.custom_scenario_id}"
    next_topics = review_sentences.next_topics(session, facts)
    return ReviewPage(
        summary=review_sentences.summary(checks, facts),
        seconds=max(0, round((ended - session.started_at).total_seconds())),
        turns=facts["turns"],
        words=facts["words"],
        patterns=[_pattern(group) for group in facts["corrections"]],
        new_words=_met(session, facts["new_words"]),
        fluency=_fluency(review, turns) if review else None,
        level=review_sentences.level(facts) if facts["turns"] else None,
        next_topics=next_topics,
        repeats=any(each["slug"] in {session.scenario, own} for each in next_topics),
    )


def _pattern(group: Mapping[str, Any]) -> Pattern:
    examples = [
        Corrected(pieces_of(each["sentence"] or each["said"], [each["said"]]), each["better"])
        for each in group["examples"][:EXAMPLES_SHOWN]
    ]
    return Pattern(group["why"], group["times"], examples)


def _met(session: TutorSession, words: Sequence[Mapping[str, str]]) -> list[MetWord]:
    keys = [key_of(each["word"]) for each in words]
    cards = cards_of(session.user).filter(
        language_code=code_of(session.target_language), word_key__in=keys
    )
    kept = set(cards.values_list("word_key", flat=True)) if keys else set()
    return [
        MetWord(each["word"], each["meaning"], key in kept)
        for each, key in zip(words, keys, strict=True)
    ]


def _fluency(review: TalkReview, turns: Sequence[TutorMessage]) -> Fluency:
    entries = review.facts.get("fluency", {}).get("measures", [])
    known = [each for each in entries if each["value"] is not None]
    document = {"measures": [{**each, "evidence": []} for each in known]}
    sections = [*delivery_sections(document), *words_sections(document)]
    evidence = {each["name"]: each["evidence"] for each in known}
    heard = _sounds(turns)
    rows = [
        FluencyRow(row, _moments(evidence[row.name], heard))
        for section in sections
        for row in section.rows
    ]
    hidden: dict[str, list[str]] = {}
    for each in review_sentences.measures(review.facts):
        if each["value"] is None:
            label = str(measure_called(each["name"], each["unit"]).label)
            hidden.setdefault(each["reliability"]["reason"], []).append(label)
    return Fluency(
        is_measuring=review.due_at is not None,
        measured=review.turns_measured,
        to_measure=review.turns_to_measure,
        first=[row for row in rows if row.row.name in FIRST],
        others=[row for row in rows if row.row.name not in FIRST],
        hidden=[(", ".join(labels), reason) for reason, labels in hidden.items()],
        missing=review_sentences.missing(review.facts),
    )


def _sounds(turns: Sequence[TutorMessage]) -> dict[int, tuple[str, int]]:
    """By position, where the sound of each of the learner's turns is, and which turn it is."""
    own = [turn for turn in turns if turn.side == TutorMessage.Side.LEARNER]
    return {
        turn.position: (
            reverse(
                "tutor-session-message-audio",
                kwargs={"pk": turn.session_id, "number": turn.position},
            ),
            number,
        )
        for number, turn in enumerate(own, 1)
        if turn.audio
    }


def _moments(
    evidence: Sequence[Mapping[str, Any]], heard: Mapping[int, tuple[str, int]]
) -> list[TurnMoment]:
    found = [
        TurnMoment(*heard[each["position"]], each["start"], each["end"])
        for each in evidence
        if each["position"] in heard
    ]
    return found[:MOMENTS_SHOWN]
