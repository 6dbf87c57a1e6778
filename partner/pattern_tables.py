"""Patterns as they stand in data files."""

from collections.abc import Iterable

from .data_files import Table
from .patterns import BadPattern, Pattern, pattern


def patterns_under(table: Table, key: str, more: Iterable[str] = ()) -> tuple[Pattern, ...]:
    """The patterns of a list, `more` first; raises DataError for one that cannot be read."""
    found = []
    for source in (*more, *table.lines(key)):
        try:
            found.append(pattern(source))
        except BadPattern:
            raise table.fail(key, f"cannot read the pattern {source!r}") from None
    return tuple(dict.fromkeys(found))
