"""Adding, changing and deleting words."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.languages import code_of
from accounts.models import User
from contract.stored_files import delete_on_commit
from flashcards.models import (
    LONGEST_MEANING,
    LONGEST_SENTENCE,
    LONGEST_SOURCE,
    LONGEST_WORD,
    Card,
    DeletedCard,
    key_of,
)

MOST_CARDS = 50_000
_CHANGEABLE = frozenset({"word", "language", "meaning", "sentence", "source", "audio"})
_LONGEST = {
    "word": LONGEST_WORD,
    "meaning": LONGEST_MEANING,
    "sentence": LONGEST_SENTENCE,
    "source": LONGEST_SOURCE,
}


class WordTaken(Exception):
    """There is that word in that language already: `card`."""

    def __init__(self, card: Card) -> None:
        self.card = card
        super().__init__(_("You have “%(word)s” already.") % {"word": card.word})


class TooManyCards(Exception):
    """One has as many words as one may."""

    def __init__(self) -> None:
        super().__init__(_("You have %(count)d words already.") % {"count": MOST_CARDS})


def meet(
    user: User,
    *,
    language: str,
    word: str,
    meaning: str = "",
    sentence: str = "",
    source: str = "",
    audio: "File[bytes] | None" = None,
) -> Card:
    """The card of a word that was met or missed; a new one, or the one there is.

    What is known of it already stays as it stands; what was empty is filled. Texts that are too
    long are cut. Raises ValueError for no word, TooManyCards.
    """
    told = {"word": word, "meaning": meaning, "sentence": sentence, "source": source}
    values: dict[str, Any] = {
        name: text.replace("\x00", "").strip()[: _LONGEST[name]] for name, text in told.items()
    }
    if not values["word"]:
        raise ValueError("There is no word.")
    try:
        return add(user, {**values, "language": language, "audio": audio})
    except WordTaken as taken:
        return _fill(taken.card, {**values, "audio": audio})


def _fill(card: Card, values: Mapping[str, Any]) -> Card:
    with transaction.atomic():
        locked = Card.objects.select_for_update().get(pk=card.pk)
        names = [name for name, value in values.items() if value and not getattr(locked, name)]
        if names:
            for name in names:
                setattr(locked, name, values[name])
            locked.save()
        return locked


def add(user: User, values: Mapping[str, Any]) -> Card:
    """A new word: `word`, `language`, and what else is known.

    Raises WordTaken where there is that word in that language, TooManyCards.
    """
    card = Card(user=user)
    _set(card, values)
    if Card.objects.filter(user=user).count() >= MOST_CARDS:
        raise TooManyCards
    return _stored(card)


def change(card: Card, values: Mapping[str, Any]) -> Card:
    """Change what `values` names; the schedule stays. Raises WordTaken."""
    with transaction.atomic():
        locked = Card.objects.select_for_update().get(pk=card.pk)
        old = locked.audio.name
        _set(locked, values)
        kept = _stored(locked)
        if old != kept.audio.name:
            delete_on_commit(locked.audio.storage, [old])
        return kept


def delete(card: Card) -> None:
    """Delete it with its reviews, and keep that it is gone."""
    with transaction.atomic():
        DeletedCard.objects.create(user_id=card.user_id, card_id=card.pk)
        delete_on_commit(card.audio.storage, [card.audio.name])
        card.delete()


def _set(card: Card, values: Mapping[str, Any]) -> None:
    unknown = set(values) - _CHANGEABLE
    if unknown:
        raise ValueError(f"These fields cannot be set: {', '.join(sorted(unknown))}.")
    for name in values:
        setattr(card, name, values[name])
    card.word_key = key_of(card.word)
    card.language_code = code_of(card.language)


def _stored(card: Card) -> Card:
    """Store it with its sound, unless another row has its word: then neither stays."""
    sent = card.audio.name
    try:
        with transaction.atomic():
            card.save()
    except IntegrityError:
        if card.audio.name != sent:
            card.audio.storage.delete(card.audio.name or "")
        same = Card.objects.filter(
            user_id=card.user_id, language_code=card.language_code, word_key=card.word_key
        ).exclude(pk=card.pk)
        taken = same.first()
        if taken is None:
            raise
        raise WordTaken(taken) from None
    return card
