"""The product's own sequences and questions: data files, brought into the database once each.

What staff changed or stopped offering stays so: a name that is there already is left alone.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from practice.models import Question, Sequence, Step
from practice.services.sequences import SequenceSteps, save_sequence

DATA = Path(__file__).resolve().parent.parent / "data"


def add_missing_content() -> None:
    """Add the sequences and questions of the data files that are not there yet."""
    with transaction.atomic():
        _add_questions(_read("questions")["question"])
        _add_sequences(_read("sequences")["sequence"])


def _add_questions(entries: list[dict[str, Any]]) -> None:
    known = set(Question.objects.values_list("name", flat=True))
    Question.objects.bulk_create(
        [Question(**entry) for entry in entries if entry["name"] not in known],
        ignore_conflicts=True,
    )


def _add_sequences(entries: list[dict[str, Any]]) -> None:
    known = set(Sequence.objects.exclude(name=None).values_list("name", flat=True))
    for entry in entries:
        if entry["name"] in known:
            continue
        fields = {name: value for name, value in entry.items() if name not in {"step", "phrases"}}
        sequence, is_new = Sequence.objects.get_or_create(name=entry["name"], defaults=fields)
        if is_new:
            Step.objects.bulk_create(
                Step(sequence=sequence, number=number, **step)
                for number, step in enumerate(_steps(entry), start=1)
            )


def _steps(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps of an entry; of phrases to say after a voice, one each."""
    if "phrases" not in entry:
        return list(entry["step"])
    return [
        {"title": phrase, "reading": phrase, "seconds": _seconds_to_shadow(phrase)}
        for phrase in entry["phrases"]
    ]


def _seconds_to_shadow(phrase: str) -> int:
    """About as long as a phrase takes twice, and two breaths."""
    return 4 + len(phrase.split())


def _read(name: str) -> dict[str, Any]:
    """Every `data/<name>*.toml`, its lists joined."""
    joined: dict[str, Any] = {}
    for file in sorted(DATA.glob(f"{name}*.toml")):
        for key, entries in tomllib.loads(file.read_text("utf-8")).items():
            joined.setdefault(key, []).extend(entries)
    return joined


def store_questions(questions: list[Question]) -> None:
    """Store new and changed questions, all or none."""
    with transaction.atomic():
        for question in questions:
            question.save()


def store_sequences(sequences: list[tuple[Sequence, list[SequenceSteps]]]) -> None:
    """Store new and changed sequences of the product with their steps, all or none."""
    with transaction.atomic():
        for sequence, steps in sequences:
            save_sequence(
                sequence, title=sequence.title, description=sequence.description, steps=steps
            )
