"""What the page of practice offers first, so that nobody has to choose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from practice import question_bank
from practice.models import Kind, Question, Sequence
from speech_sessions.presentation.focus import Focus

# The kind of practice that trains what a report's focus is about, by the measure of the focus.
_TRAINS = {
    "filled_pauses": Kind.FILLER_FREE,
    "fillers": Kind.FILLER_FREE,
    "lexical_fillers": Kind.FILLER_FREE,
    "hedges": Kind.FILLER_FREE,
    "repetitions": Kind.FILLER_FREE,
    "speech_rate": Kind.PACE_LADDER,
    "local_pace": Kind.PACE_LADDER,
    "pause_share": Kind.READ_ALOUD,
    "mid_clause_share": Kind.READ_ALOUD,
    "reading_accuracy": Kind.READ_ALOUD,
    "pitch_variation": Kind.READ_ALOUD,
    "trailing_off": Kind.WARM_UP,
}
_TOPIC_SECONDS = 150


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to practise: a sequence for the newest focus, or the table topic of the day."""

    seconds: int
    sequence: Sequence | None = None
    focus: Focus | None = None
    question: Question | None = None


def offer(focus: Focus | None, sequences: Iterable[Sequence], today: date, others: int) -> Offer:
    """What to practise on `today`: what the newest `focus` asks for, else a table topic.

    `others` counts how often something else was wished for. Two queries for a table topic.
    """
    drill = _drill(focus, sequences) if focus and not others else None
    if drill:
        return Offer(drill.total_seconds, sequence=drill, focus=focus)
    return Offer(_TOPIC_SECONDS, question=_topic_of(today, others))


def _drill(focus: Focus, sequences: Iterable[Sequence]) -> Sequence | None:
    """The shortest of the product's own sequences that train what `focus` is about."""
    kind = _TRAINS.get(focus.measure)
    languages = {"", focus.session.language.partition("-")[0].lower()}
    fitting = [
        each
        for each in sequences
        if each.owner_id is None and each.kind == kind and each.language in languages
    ]
    return min(fitting, key=lambda each: each.total_seconds, default=None)


def _topic_of(today: date, others: int) -> Question | None:
    """The table topic of the day, the same all day; the next ones for who wants another."""
    topics = question_bank.offered().filter(category=Question.Category.TABLE_TOPICS)
    count = topics.count()
    if not count:
        return None
    # A step that shares no factor with most counts: neighbours in the bank are not neighbours here.
    return topics.order_by("pk")[((today.toordinal() + others) * 37) % count]
