"""Everything that writes words, their reviews and the daily limits."""

from flashcards.services.cards import (
    MOST_CARDS,
    TooManyCards,
    WordTaken,
    add,
    change,
    delete,
    meet,
)
from flashcards.services.imports import Imported, import_rows
from flashcards.services.limits import change_settings
from flashcards.services.reviews import NothingToUndo, ReviewIdTaken, review, undo

__all__ = [
    "MOST_CARDS",
    "Imported",
    "NothingToUndo",
    "ReviewIdTaken",
    "TooManyCards",
    "WordTaken",
    "add",
    "change",
    "change_settings",
    "delete",
    "import_rows",
    "meet",
    "review",
    "undo",
]
