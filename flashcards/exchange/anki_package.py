"""Anki's packages (.apkg): a zip with a SQLite database in it, from somebody we do not know.

Read in the form that Anki calls "Support older Anki versions"; the newer one is compressed with
zstd, which Python 3.11 does not read. Nothing is unpacked but the one database, up to a limit; it
is opened read-only, its own code (views, triggers, functions) is not trusted, nothing but reading
two tables is allowed, and no query runs for long.
"""

import io
import json
import sqlite3
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from flashcards.exchange.anki_text import USUAL
from flashcards.exchange.note_text import plain
from flashcards.exchange.rows import MOST_ROWS, Table, Unreadable, by_column, column_called

MAGIC = b"PK\x03\x04"
LARGEST_DATABASE = 64 * 1024 * 1024
LONGEST_VALUE = 4 * 1024 * 1024
LONGEST_READING = 5.0  # seconds
_NEWEST, _OLDER = "collection.anki21b", ("collection.anki21", "collection.anki2")
_BLOCK = 256 * 1024
_READ = {
    ("notes", "id"),
    ("notes", "mid"),
    ("notes", "flds"),
    ("notes", ""),
    ("col", "models"),
    ("col", ""),
    ("sqlite_master", "name"),
    ("sqlite_master", "type"),
    ("sqlite_master", ""),
}


def read_package(content: bytes, language: str) -> Table:
    """The notes of a package. Raises Unreadable."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "collection.sqlite3"
            _unpack(content, file)
            return _notes(file, language)
    except (zipfile.BadZipFile, zlib.error, sqlite3.Error, EOFError, OSError) as error:
        raise _broken() from error
    except (NotImplementedError, RuntimeError) as error:  # an unknown compression, a password
        raise _broken() from error


def _broken() -> Unreadable:
    told = _("This package cannot be read. Export the deck again, or as “Notes in Plain Text”.")
    return Unreadable("invalid", told)


def _unpack(content: bytes, file: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = set(package.namelist())
        if _NEWEST in names:
            told = _(
                "This package is of the newest form. Export it again with “Support older Anki"
                " versions” ticked, or as “Notes in Plain Text”."
            )
            raise Unreadable("newest_form", told)
        name = next((each for each in _OLDER if each in names), None)
        if name is None:
            raise _broken()
        written = 0
        with package.open(name) as packed, file.open("wb") as out:
            while block := packed.read(_BLOCK):
                written += len(block)
                if written > LARGEST_DATABASE:
                    raise Unreadable("too_large", _("The deck in this package is too large."))
                out.write(block)


def _notes(file: Path, language: str) -> Table:
    table = Table("anki_package")
    with _opened(file) as connection:
        kinds = dict(connection.execute("SELECT name, type FROM sqlite_master"))
        if kinds.get("notes") != "table" or kinds.get("col") != "table":
            raise _broken()
        names_by_kind = _names_by_kind(connection)
        found = connection.execute("SELECT mid, flds FROM notes ORDER BY id")
        for number, (kind, fields) in enumerate(found, 1):
            if number > MOST_ROWS:
                raise Unreadable.too_many()
            names = names_by_kind.get(str(kind), USUAL)
            texts = map(plain, str(fields).split("\x1f"))
            table.add(number, by_column(names, texts, language))
    return table


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    address = f"{file.as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        end = time.monotonic() + LONGEST_READING
        connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
        connection.set_authorizer(_allowed)
        yield connection


def _allowed(action: int, table: str | None, column: str | None, *_more: Any) -> int:
    if action == sqlite3.SQLITE_SELECT:
        return sqlite3.SQLITE_OK
    is_known = action == sqlite3.SQLITE_READ and ((table or "").lower(), column or "") in _READ
    return sqlite3.SQLITE_OK if is_known else sqlite3.SQLITE_DENY


def _names_by_kind(connection: sqlite3.Connection) -> dict[str, list[str | None]]:
    """Our columns by the fields of each kind of note; where none is a word, by their places."""
    row = connection.execute("SELECT models FROM col").fetchone()
    try:
        kinds = json.loads(row[0]) if row else {}
        fields = {
            str(kind): [column_called(str(each["name"])) for each in model["flds"]]
            for kind, model in kinds.items()
        }
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return {}
    return {kind: names for kind, names in fields.items() if "word" in names}
