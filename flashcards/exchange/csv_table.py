"""Words as CSV: one row a word, the first line names the columns; schedules come along."""

import csv
import io
import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from flashcards.exchange.rows import (
    COLUMNS,
    SCHEDULE_COLUMNS,
    Table,
    Unreadable,
    by_column,
    column_called,
)
from flashcards.models import Card

# A spreadsheet would reckon with a cell that begins so; an apostrophe before it keeps it text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write_csv(cards: Iterable[Card]) -> str:
    """The words with everything that `read_csv` takes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for card in cards:
        schedule = card.schedule.as_json()
        values = [
            schedule[name] if name in SCHEDULE_COLUMNS else _guarded(getattr(card, name))
            for name in COLUMNS
        ]
        writer.writerow("" if value is None else value for value in values)
    return out.getvalue()


def read_csv(text: str, language: str) -> Table:
    """The words of a table; commas, semicolons or tabs between its columns.

    Raises Unreadable where the first line names no column of words.
    """
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    table = Table("csv")
    try:
        names = [column_called(name) for name in next(reader, [])]
        if "word" not in names:
            raise Unreadable(
                "no_columns",
                _("The first line must name the columns, such as: word, meaning, sentence."),
            )
        line = reader.line_num
        for cells in reader:
            first, line = line + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                table.add(first, by_column(names, map(_plain, cells), language))
    except csv.Error as error:
        told = _("Line %(line)d is no line of a table.") % {"line": reader.line_num}
        raise Unreadable("invalid", told) from error
    return table


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
