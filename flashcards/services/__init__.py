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
from flashcards.services.limits import change_settings
from flashcards.services.reviews import NothingToUndo, ReviewIdTaken, review, undo

__all__ = [
    "MOST_CARDS",
    "NothingToUndo",
    "ReviewIdTaken",
    "TooManyCards",
    "WordTaken",
    "add",
    "change",
    "change_settings",
    "delete",
    "meet",
    "review",
    "undo",
]
