"""A person's own sequences."""

from typing import TypedDict

from django.db import transaction

from accounts.models import User
from practice.models import Kind, Sequence, Step


class SequenceSteps(TypedDict):
    """One step, as it is sent: its number is its place."""

    title: str
    text: str
    seconds: int
    is_spoken: bool


def save_sequence(
    sequence: Sequence, *, title: str, description: str, steps: list[SequenceSteps]
) -> Sequence:
    """Store `sequence` (new or its owner's) with exactly these steps."""
    with transaction.atomic():
        sequence.title, sequence.description = title, description
        sequence.save()
        sequence.steps.all().delete()
        Step.objects.bulk_create(
            Step(sequence=sequence, number=number, **step)
            for number, step in enumerate(steps, start=1)
        )
    return sequence


def copy_sequence(user: User, sequence: Sequence) -> Sequence:
    """A copy of `sequence` that belongs to `user` and can be changed."""
    steps: list[SequenceSteps] = [
        {
            "title": step.title,
            "text": step.text,
            "seconds": step.seconds,
            "is_spoken": step.is_spoken,
        }
        for step in sequence.steps.all()
    ]
    copy = Sequence(owner=user, kind=Kind.CUSTOM)
    return save_sequence(copy, title=sequence.title, description=sequence.description, steps=steps)
