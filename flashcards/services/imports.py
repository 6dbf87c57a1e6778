"""Taking in the words of a file."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from accounts.languages import code_of
from accounts.models import User
from flashcards.exchange import Row
from flashcards.models import Card, key_of
from flashcards.services.cards import MOST_CARDS, TooManyCards


@dataclass(frozen=True, slots=True)
class Imported:
    """How many words were new, and how many there were already; those stay as they are."""

    added: int
    known: int


def import_rows(user: User, rows: Iterable[Row]) -> Imported:
    """Add the words that `user` does not have; all of them or, where it breaks off, none.

    Raises TooManyCards.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        there = set(Card.objects.filter(user=user).values_list("language_code", "word_key"))
        before, known, made = len(there), 0, []
        for row in rows:
            key = (code_of(row.language), key_of(row.word))
            if key in there:
                known += 1
                continue
            there.add(key)
            made.append(_card(user, row, *key))
        if before + len(made) > MOST_CARDS:
            raise TooManyCards
        # A word that is met at this very moment stays as it was met.
        Card.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)
    return Imported(len(made), known)


def _card(user: User, row: Row, language_code: str, word_key: str) -> Card:
    card = Card(
        user=user,
        word=row.word,
        word_key=word_key,
        meaning=row.meaning,
        sentence=row.sentence,
        source=row.source,
        language=row.language,
        language_code=language_code,
    )
    if row.schedule is not None:
        card.take(row.schedule)
    return card
