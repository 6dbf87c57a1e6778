"""Questions and sequences as tables (CSV) for staff: written, read back, and judged row by row.

A name says which question or sequence a row is: one that is there is changed, another is added. A
column that is left out leaves what is there. Nothing is stored here (`services.store_*`), and what
has a problem anywhere is not stored at all.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practice.models import LONGEST_SESSION, Question, Sequence
from practice.sequence_forms import TOO_LONG, StepForm
from practice.services import MOST_STEPS, SequenceSteps

MOST_LINES = 5000
YES, NO = "yes", "no"
BETWEEN = "|"
# A spreadsheet runs a cell that begins so; written with an apostrophe before it, read without.
_RUN = ("=", "+", "-", "@", "\t")

SEQUENCE_COLUMNS = ("name", "title", "kind", "description", "language", "level")
# A step's column in the table, and in its form.
STEP_COLUMNS = {
    "step_title": "title",
    "step_text": "text",
    "seconds": "seconds",
    "is_spoken": "is_spoken",
    "words_per_minute": "words_per_minute",
    "reading": "reading",
    "breathing": "breathing",
}
QUESTION_COLUMNS = (
    "name",
    "category",
    "level",
    "role",
    "competence",
    "text",
    "follow_ups",
    "is_offered",
)

Line = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one line (from 1, the heads included), and in which column."""

    line: int
    column: str
    message: str


@dataclass(slots=True)
class Plan:
    """What a table would do: add, change, leave; or why nothing of it is done."""

    new: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, line: int, errors: dict[str, list[str]]) -> None:
        """Note the errors of one line, by column."""
        for column, messages in errors.items():
            self.problems += [Problem(line, column, str(message)) for message in messages]


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of content: its columns, those it needs, how it is written and judged."""

    columns: tuple[str, ...]
    needed: frozenset[str]
    rows: Callable[[], Iterator[dict[str, Any]]]
    judge: Callable[[list[Line], Plan], None]


class _YesOrNoField(forms.TypedChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=((YES, YES), (NO, NO)),
            coerce=lambda value: value == YES,
            required=False,
            empty_value=True,
            error_messages={"invalid_choice": gettext_lazy("Write yes or no.")},
            **options,
        )


class _QuestionRow(forms.ModelForm):
    follow_ups = forms.CharField(required=False, max_length=2000)
    is_offered = _YesOrNoField()

    class Meta:
        model = Question
        fields = QUESTION_COLUMNS

    def clean_follow_ups(self) -> list[str]:
        """The questions between the bars."""
        parts = self.cleaned_data["follow_ups"].split(BETWEEN)
        return [part.strip() for part in parts if part.strip()]


class _SequenceRow(forms.ModelForm):
    class Meta:
        model = Sequence
        fields = SEQUENCE_COLUMNS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


class _StepRow(StepForm):
    is_spoken = _YesOrNoField()


def write(table: Table) -> str:
    """Everything there is, as CSV with a head."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, table.columns)
    writer.writeheader()
    for row in table.rows():
        writer.writerow({name: _safe(value) for name, value in row.items()})
    return stream.getvalue()


def read(table: Table, text: str) -> Plan:
    """What `text` would do, if it were imported."""
    plan = Plan()
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    try:
        columns = [column.strip() for column in reader.fieldnames or ()]
        reader.fieldnames = columns
        if not _heads_fit(table, columns, plan):
            return plan
        for row in reader:
            _keep(row, reader.line_num, lines, plan)
    except csv.Error as error:
        problem = _("This line is not CSV: %(error)s.") % {"error": error}
        plan.refuse(reader.reader.line_num, {"": [problem]})
    if not lines and not plan.problems:
        plan.refuse(1, {"": [_("There are no rows below the heads.")]})
    if not plan.problems:
        table.judge(lines, plan)
    return plan


def _heads_fit(table: Table, columns: list[str], plan: Plan) -> bool:
    for column in columns:
        if column not in table.columns:
            known = ", ".join(table.columns)
            plan.refuse(
                1, {column: [_("No such column. There are: %(known)s.") % {"known": known}]}
            )
        elif columns.count(column) > 1:
            plan.refuse(1, {column: [_("This column stands there twice.")]})
    for column in sorted(table.needed - set(columns)):
        plan.refuse(1, {column: [_("This column is missing.")]})
    return not plan.problems


def _keep(row: dict[Any, Any], line: int, lines: list[Line], plan: Plan) -> None:
    """Take one row in; empty ones are passed by."""
    if None in row or None in row.values():
        plan.refuse(line, {"": [_("This line has more or fewer cells than there are heads.")]})
    elif len(lines) >= MOST_LINES:
        raise csv.Error(_("more than 5000 lines"))
    elif any(cell.strip() for cell in row.values()):
        lines.append((line, {name: _unsafe(cell) for name, cell in row.items()}))


def _question_rows() -> Iterator[dict[str, Any]]:
    for question in Question.objects.all():
        row = model_to_dict(question, QUESTION_COLUMNS)
        yield row | _words_of(question)


def _words_of(question: Question) -> dict[str, Any]:
    return {
        "follow_ups": f" {BETWEEN} ".join(question.follow_ups),
        "is_offered": YES if question.is_offered else NO,
    }


def _judge_questions(lines: list[Line], plan: Plan) -> None:
    known = {question.name: question for question in Question.objects.all()}
    seen: set[str] = set()
    for line, row in lines:
        name = row["name"].strip()
        if name in seen:
            plan.refuse(line, {"name": [_("This name stands in the table twice.")]})
        seen.add(name)
        question = known.get(name)
        present = question or Question()
        before = model_to_dict(present, QUESTION_COLUMNS)
        form = _QuestionRow(before | _words_of(present) | row, instance=question)
        if not form.is_valid():
            plan.refuse(line, form.errors)
        elif question and model_to_dict(question, QUESTION_COLUMNS) == before:
            plan.same += 1
        else:
            (plan.changed if question else plan.new).append(form.instance)


def _sequence_rows() -> Iterator[dict[str, Any]]:
    for sequence in Sequence.objects.filter(owner=None).prefetch_related("steps"):
        row = model_to_dict(sequence, SEQUENCE_COLUMNS)
        for step in sorted(sequence.steps.all(), key=lambda step: step.number):
            cells = {column: getattr(step, name) for column, name in STEP_COLUMNS.items()}
            yield row | cells | {"is_spoken": YES if step.is_spoken else NO}


def _judge_sequences(lines: list[Line], plan: Plan) -> None:
    ours = Sequence.objects.filter(owner=None).prefetch_related("steps")
    known = {sequence.name: sequence for sequence in ours}
    by_name: dict[str, list[Line]] = {}
    for line, row in lines:
        by_name.setdefault(row["name"].strip(), []).append((line, row))
    for name, rows in by_name.items():
        _judge_sequence(known.get(name), rows, plan)


def _judge_sequence(sequence: Sequence | None, rows: list[Line], plan: Plan) -> None:
    """One sequence: its first row says what it is, each row is a step."""
    first, head = rows[0]
    before = model_to_dict(sequence or Sequence(), SEQUENCE_COLUMNS)
    present = {name: head[name] for name in SEQUENCE_COLUMNS if name in head}
    form = _SequenceRow(before | present, instance=sequence)
    problems = len(plan.problems)
    if not form.is_valid():
        plan.refuse(first, form.errors)
    steps = [step for line, row in rows if (step := _step_of(line, row, plan)) is not None]
    if len(rows) > MOST_STEPS or sum(step["seconds"] for step in steps) > LONGEST_SESSION:
        plan.refuse(first, {"seconds": [str(TOO_LONG)]})
    if len(plan.problems) > problems:
        return
    after = model_to_dict(form.instance, SEQUENCE_COLUMNS)
    if sequence and after == before and steps == _steps_of(sequence):
        plan.same += 1
    else:
        (plan.changed if sequence else plan.new).append((form.instance, steps))


def _step_of(line: int, row: dict[str, str], plan: Plan) -> SequenceSteps | None:
    form = _StepRow({name: row.get(column, "") for column, name in STEP_COLUMNS.items()})
    if form.is_valid():
        return SequenceSteps(**form.cleaned_data)
    columns = {name: column for column, name in STEP_COLUMNS.items()}
    plan.refuse(line, {columns.get(name, name): form.errors[name] for name in form.errors})
    return None


def _steps_of(sequence: Sequence) -> list[dict[str, Any]]:
    steps = sorted(sequence.steps.all(), key=lambda step: step.number)
    return [{name: _bare(getattr(step, name)) for name in STEP_COLUMNS.values()} for step in steps]


def _bare(value: Any) -> Any:
    """As forms read it: without space around it."""
    return value.strip() if isinstance(value, str) else value


def _safe(value: Any) -> Any:
    is_run = isinstance(value, str) and value.startswith(_RUN)
    return f"'{value}" if is_run else value


def _unsafe(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RUN) else cell


QUESTIONS = Table(
    QUESTION_COLUMNS, frozenset({"name", "category", "text"}), _question_rows, _judge_questions
)
SEQUENCES = Table(
    (*SEQUENCE_COLUMNS, *STEP_COLUMNS),
    frozenset({"name", "title", "kind", "step_title", "seconds"}),
    _sequence_rows,
    _judge_sequences,
)


def names_of(things: Iterable[Any]) -> list[str]:
    """What staff are told would be added or changed."""
    return [str(thing[0] if isinstance(thing, tuple) else thing) for thing in things]
