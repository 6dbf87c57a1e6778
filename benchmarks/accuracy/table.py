"""The rows of the accuracy table: what each section gives, and how they are written.

A section is a module of this package with `def rows() -> list[Row]`. One that needs the labelled
recordings asks `labelled()` for them, and is left out, saying so, where they are missing.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

LABELLED = Path(__file__).resolve().parents[3] / "shared" / "data"


class LeftOut(Exception):
    """A section cannot be measured here; the message says what it lacks."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: where it belongs, what was measured, its value, and the goal it has, if any.

    `figure` and `goal` are written as they shall be read, with their units and intervals; `met` is
    None where there is no goal to meet: a baseline, or something told for information.
    """

    section: str
    what: str
    figure: str
    goal: str = ""
    met: bool | None = None


def labelled(*parts: str) -> Path:
    """A folder or file of the labelled recordings. Raises LeftOut where it is missing."""
    path = LABELLED.joinpath(*parts)
    if not path.exists():
        raise LeftOut(f"needs the labelled recordings ({'/'.join(parts) or LABELLED.name})")
    return path


def listed(*parts: str) -> list[dict[str, str]]:
    """The rows of a table of the labelled recordings. Raises LeftOut where it is missing."""
    with labelled(*parts).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def markdown(rows: Sequence[Row]) -> str:
    """The rows as one table, sections in the order in which they first come."""
    lines = ["| | what | figure | goal | |", "|---|---|---|---|---|"]
    for section, group in groupby(_together(rows), key=lambda row: row.section):
        for number, row in enumerate(group):
            title = "" if number else f"**{_cell(section)}**"
            cells = (title, _cell(row.what), _cell(row.figure), _cell(row.goal), _verdict(row))
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _together(rows: Iterable[Row]) -> list[Row]:
    """Rows of one section side by side."""
    sections: dict[str, list[Row]] = {}
    for row in rows:
        sections.setdefault(row.section, []).append(row)
    return [row for group in sections.values() for row in group]


def _verdict(row: Row) -> str:
    if row.met is None:
        return ""
    return "met" if row.met else "MISSED"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
