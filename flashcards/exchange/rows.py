"""What a row of words must be, whatever the file."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.languages import LONGEST as LONGEST_LANGUAGE
from flashcards.models import LONGEST_MEANING, LONGEST_SENTENCE, LONGEST_SOURCE, LONGEST_WORD
from flashcards.scheduling import LEARNING, NEW, RELEARNING, STATES, Schedule

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_ERRORS = 100
SCHEDULE_COLUMNS = (
    "state",
    "step",
    "stability",
    "difficulty",
    "due_at",
    "last_review_at",
    "reviews",
    "lapses",
)
_LONGEST = {
    "word": LONGEST_WORD,
    "meaning": LONGEST_MEANING,
    "sentence": LONGEST_SENTENCE,
    "source": LONGEST_SOURCE,
    "language": LONGEST_LANGUAGE,
}
COLUMNS = (*_LONGEST, *SCHEDULE_COLUMNS)
# What people and programs call the same columns.
NAMES = {
    "word": {"word", "front", "term", "expression", "vocabulary", "phrase"},
    "meaning": {"meaning", "back", "definition", "translation"},
    "sentence": {"sentence", "example", "example sentence", "context"},
    "source": {"source"},
    "language": {"language", "lang"},
}
_MOST_STEPS = 10
_FARTHEST = timedelta(days=366 * 150)


class Unreadable(Exception):
    """A file that holds no words we can read; the text says why, and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    @classmethod
    def encoding(cls) -> "Unreadable":
        """It is no text in UTF-8."""
        told = _("This is no text in UTF-8. Save it as “CSV UTF-8” and try again.")
        return cls("encoding", told)

    @classmethod
    def too_many(cls) -> "Unreadable":
        """It has more rows than one file may."""
        told = _("A file may hold %(count)d words at most. Divide it.") % {"count": MOST_ROWS}
        return cls("too_many", told)


@dataclass(frozen=True, slots=True)
class Row:
    """One word of a file. Without a schedule it is new."""

    word: str
    meaning: str
    sentence: str
    source: str
    language: str
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row; `line` counts from 1."""

    line: int
    detail: str


@dataclass(slots=True)
class Table:
    """What a file holds: words, and rows that are none, of which the first hundred are named."""

    form: str
    rows: list[Row] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    refused: int = 0

    def add(self, line: int, values: Mapping[str, str]) -> None:
        """Take a row in, or what is wrong with it. Raises Unreadable for one too many."""
        if len(self.rows) + self.refused >= MOST_ROWS:
            raise Unreadable.too_many()
        try:
            self.rows.append(row_of(values))
        except ValueError as error:
            self.refused += 1
            if len(self.errors) < MOST_ERRORS:
                self.errors.append(RowError(line, str(error)))


def column_called(name: str) -> str | None:
    """The column that goes by `name`; None for one we have no use for."""
    plain = " ".join(name.replace("_", " ").split()).casefold()
    if plain.replace(" ", "_") in SCHEDULE_COLUMNS:
        return plain.replace(" ", "_")
    return next((column for column, names in NAMES.items() if plain in names), None)


def by_column(names: Iterable[str | None], cells: Iterable[str], language: str) -> dict[str, str]:
    """The cells of a row by their columns; `language` where the row names none.

    Of several columns that go by the same name the first that says something counts.
    """
    values: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if name is not None and not values.get(name, "").strip():
            values[name] = cell
    values["language"] = values.get("language", "").strip() or language
    return values


def row_of(values: Mapping[str, str]) -> Row:
    """A row of its columns' texts. Raises ValueError, saying what is wrong."""
    texts = {name: values.get(name, "").strip() for name in _LONGEST}
    if not texts["word"]:
        raise ValueError(_("The word is missing."))
    if not texts["language"]:
        raise ValueError(_("The language is missing: name it in the file, or choose one for all."))
    for name, text in texts.items():
        if len(text) > _LONGEST[name]:
            raise ValueError(
                _("%(column)s is longer than %(count)d characters.")
                % {"column": name, "count": _LONGEST[name]}
            )
        if "\x00" in text:
            raise ValueError(_("%(column)s holds characters that no text has.") % {"column": name})
    return Row(**texts, schedule=_schedule_of(values))


def _schedule_of(values: Mapping[str, str]) -> Schedule | None:
    told = {name: values.get(name, "").strip() for name in SCHEDULE_COLUMNS}
    state = told["state"].lower()
    if state in ("", NEW):
        return None
    if state not in STATES:
        raise ValueError(_("state is one of: %(states)s.") % {"states": ", ".join(STATES)})
    now = timezone.now()
    last = _moment(told, "last_review_at", datetime(1990, 1, 1, tzinfo=UTC), now)
    has_steps = state in (LEARNING, RELEARNING)
    return Schedule(
        state=state,
        step=_whole(told, "step", _MOST_STEPS) if has_steps else None,
        stability=_number(told, "stability", 0.001, 1e6),
        difficulty=_number(told, "difficulty", 1, 10),
        due_at=_moment(told, "due_at", last, now + _FARTHEST),
        last_review_at=last,
        reviews=max(1, _whole(told, "reviews", 1_000_000)),
        lapses=_whole(told, "lapses", 1_000_000),
    )


def _number(told: Mapping[str, str], name: str, least: float, most: float) -> float:
    try:
        value = float(told[name])
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise ValueError(
            _("%(column)s is a number from %(least)s to %(most)s.")
            % {"column": name, "least": f"{least:g}", "most": f"{most:g}"}
        )
    return value


def _whole(told: Mapping[str, str], name: str, most: int) -> int:
    text = told[name] or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= most):
        raise ValueError(
            _("%(column)s is a whole number up to %(most)d.") % {"column": name, "most": most}
        )
    return int(text)


def _moment(told: Mapping[str, str], name: str, first: datetime, last: datetime) -> datetime:
    try:
        found = parse_datetime(told[name])
    except ValueError:
        found = None
    if found is not None and timezone.is_naive(found):
        found = found.replace(tzinfo=UTC)
    if found is None or not first <= found <= last:
        raise ValueError(
            _("%(column)s is a moment such as 2026-11-21T09:30:00Z, and one that can be.")
            % {"column": name}
        )
    return found.astimezone(UTC)
