"""A person's own sequences."""

from typing import NotRequired, TypedDict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from practice.models import DeletedPractice, PracticeSession, Sequence, Step

MOST_STEPS = 100
# Words a minute that a step may ask for.
SLOWEST, FASTEST = 30, 400
# Nobody keeps so many; a program that went wrong makes them.
MOST_SEQUENCES = 500


class SequenceSteps(TypedDict):
    """One step, as it is sent: its number is its place."""

    title: str
    text: str
    seconds: int
    is_spoken: bool
    words_per_minute: NotRequired[int | None]
    reading: NotRequired[str]
    breathing: NotRequired[str]


class TooManySequences(Exception):
    """The person has 500 of their own; `str()` says so."""

    def __str__(self) -> str:
        return _("You have 500 sequences of your own. Delete one you no longer use first.")


def save_sequence(
    sequence: Sequence, *, title: str, description: str, steps: list[SequenceSteps] | None
) -> Sequence:
    """Store `sequence` (new or its owner's) with exactly these steps; None leaves them.

    Raises TooManySequences.
    """
    with transaction.atomic():
        if not sequence.pk and sequence.owner is not None:
            # Whoever sends two at once is counted once after the other.
            User.objects.select_for_update().get(pk=sequence.owner.pk)
            if Sequence.objects.filter(owner=sequence.owner).count() >= MOST_SEQUENCES:
                raise TooManySequences
        sequence.title, sequence.description = title, description
        sequence.save()
        if steps is not None:
            sequence.steps.all().delete()
            Step.objects.bulk_create(
                Step(sequence=sequence, number=number, **step)
                for number, step in enumerate(steps, start=1)
            )
    return sequence


def copy_sequence(user: User, sequence: Sequence) -> Sequence:
    """A copy of `sequence`, of the same kind, that belongs to `user` and can be changed.

    Raises TooManySequences.
    """
    steps: list[SequenceSteps] = [
        {
            "title": step.title,
            "text": step.text,
            "seconds": step.seconds,
            "is_spoken": step.is_spoken,
            "words_per_minute": step.words_per_minute,
            "reading": step.reading,
            "breathing": step.breathing,
        }
        for step in sequence.steps.all()
    ]
    copy = Sequence(
        owner=user, kind=sequence.kind, language=sequence.language, level=sequence.level
    )
    return save_sequence(copy, title=sequence.title, description=sequence.description, steps=steps)


def delete_sequence(sequence: Sequence) -> None:
    """Delete it with its links; sessions practised with it stay, and offline clients learn it."""
    with transaction.atomic():
        PracticeSession.objects.filter(sequence=sequence).update(updated_at=timezone.now())
        if sequence.owner is not None:
            DeletedPractice.objects.create(
                user=sequence.owner, thing=DeletedPractice.Thing.SEQUENCE, thing_id=sequence.pk
            )
        sequence.delete()
