"""The questions that a session begins with, and those that follow."""

from dataclasses import dataclass

from practice import question_bank
from practice.models import Kind, Question, Sequence
from practice.question_bank import ANYTHING, Wish


@dataclass(frozen=True, slots=True)
class Plan:
    """What a session is to be about, and how long it is to last without a sequence (s)."""

    wish: Wish = ANYTHING
    seconds: int | None = None


FREELY = Plan()


def questions_for(
    kind: str, sequence: Sequence | None, wish: Wish = ANYTHING
) -> tuple[Question | None, list[str]]:
    """The question that practice of `kind` begins with, and the texts of those that follow it.

    Table topics ask a new question in each spoken step; an interview asks further.
    """
    # A sequence without fillers says itself what to speak about.
    if kind == Kind.FILLER_FREE and sequence:
        return None, []
    spoken = sum(step.is_spoken for step in sequence.steps.all()) if sequence else 1
    count = spoken if kind == Kind.TABLE_TOPICS else 1
    drawn = question_bank.draw(kind, wish, max(1, count))
    if not drawn:
        return None, []
    if kind == Kind.INTERVIEW:
        return drawn[0], further_questions(drawn[0], spoken)
    return drawn[0], [question.text for question in drawn[1:]]


def further_questions(question: Question, spoken_steps: int) -> list[str]:
    """What an interviewer asks next, one in each spoken step after the first."""
    return [str(text) for text in question.follow_ups[: max(0, spoken_steps - 1)]]
