"""Read the files under `data/` so that whatever is wrong in one is named with its place."""

import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


class DataError(ValueError):
    """A data file breaks its format; the message names the file and the key."""


class Table:
    """One table of a file. Every reader takes its key away; `close()` refuses what is left over."""

    def __init__(self, rows: dict[str, Any], where: str) -> None:
        self.rows = dict(rows)
        self.where = where

    def fail(self, key: str, wrong: str) -> DataError:
        """The error to raise for a key."""
        return DataError(f"{self.where}: {key}: {wrong}")

    def _take(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        if key not in self.rows:
            if default is None:
                raise self.fail(key, "is missing")
            return default
        value = self.rows.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fail(key, f"has a wrong type, {type(value).__name__}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty."""
        value = str(self._take(key, str, default)).strip()
        if not value and default is None:
            raise self.fail(key, "is empty")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of the allowed words."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.fail(key, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number from low to high."""
        value = float(self._take(key, (int, float), default))
        if not low <= value <= high:
            raise self.fail(key, f"{value} is not between {low} and {high}")
        return value

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from low to high."""
        value = self.number(key, low, high, default)
        if value != int(value):
            raise self.fail(key, "is no whole number")
        return int(value)

    def yes(self, key: str, default: bool = False) -> bool:
        """True or false."""
        return bool(self._take(key, bool, default))

    def lines(self, key: str, least: int = 0) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        value = self._take(key, (list, str), [])
        texts = [value] if isinstance(value, str) else value
        if not all(isinstance(text, str) and text.strip() for text in texts):
            raise self.fail(key, "holds something that is no text")
        if len(texts) < least:
            raise self.fail(key, f"needs {least} lines at least")
        return tuple(text.strip() for text in texts)

    def table(self, key: str) -> "Table":
        """The table under a key; empty when it is not there."""
        return Table(self._take(key, dict, {}), f"{self.where}: {key}")

    def tables(self, key: str) -> list["Table"]:
        """The list of tables under a key; none when it is not there."""
        rows = self._take(key, list, [])
        if not all(isinstance(row, dict) for row in rows):
            raise self.fail(key, "is no list of tables")
        return [Table(row, f"{self.where}: {key}[{number}]") for number, row in enumerate(rows)]

    def each(self) -> dict[str, "Table"]:
        """The tables in this one by name."""
        return {name: self.table(name) for name in list(self.rows)}

    def close(self) -> None:
        """Refuse the keys nobody has read."""
        if self.rows:
            raise self.fail(", ".join(self.rows), "is not known here")


def read(path: Path) -> Table:
    """The file as a table; raises DataError where it is no TOML."""
    where = str(path.relative_to(DATA)) if path.is_relative_to(DATA) else str(path)
    try:
        return Table(tomllib.loads(path.read_text("utf-8")), where)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{where}: {error}") from error
