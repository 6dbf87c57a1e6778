"""Words in files: our own CSV, and what Anki writes and reads."""

from collections.abc import Callable, Iterable

from flashcards.exchange.anki_package import MAGIC, read_package
from flashcards.exchange.anki_text import is_anki_text, read_anki_text, write_anki_text
from flashcards.exchange.csv_table import read_csv, write_csv
from flashcards.exchange.rows import LARGEST_FILE, MOST_ROWS, Row, RowError, Table, Unreadable
from flashcards.models import Card

__all__ = [
    "LARGEST_FILE",
    "MOST_ROWS",
    "Row",
    "RowError",
    "Table",
    "Unreadable",
    "Writer",
    "read",
    "write_anki_text",
    "write_csv",
]

Writer = Callable[[Iterable[Card]], str]


def read(content: bytes, language: str) -> Table:
    """The words in a file, of whichever of the three forms it is.

    `language` stands for rows that name none. Raises Unreadable where it is no such file.
    """
    if content.startswith(MAGIC):
        return read_package(content, language)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable.encoding() from error
    return read_anki_text(text, language) if is_anki_text(text) else read_csv(text, language)
