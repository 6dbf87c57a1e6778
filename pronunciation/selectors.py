"""Reading attempts."""

from django.db.models import QuerySet

from accounts.languages import spoken_in
from accounts.models import User
from flashcards.models import Card
from pronunciation.models import LONGEST_TEXT, Attempt

MOST_SENTENCES = 8
MOST_TRIES_READ = 60


def attempts_of(user: User) -> "QuerySet[Attempt]":
    """Those of one person, the newest first."""
    return Attempt.objects.filter(user=user)


def before(attempt: Attempt) -> "QuerySet[Attempt]":
    """Earlier tries at the same sentence that were judged, the last first."""
    return Attempt.objects.filter(
        user=attempt.user_id,
        text=attempt.text,
        language=attempt.language,
        state=Attempt.State.DONE,
        pk__lt=attempt.pk,
    ).order_by("-pk")


def last_said(user: User) -> list[dict[str, str]]:
    """The sentences that were said last, each once: `text` and `language`."""
    found: dict[tuple[str, str], None] = {}
    rows = attempts_of(user).values_list("text", "language")[:MOST_TRIES_READ]
    for text, language in rows:
        found.setdefault((text, language))
    return [{"text": text, "language": language} for text, language in list(found)[:MOST_SENTENCES]]


def sentences_of_words(user: User, language: str) -> list[str]:
    """Sentences in which words were met that one is learning, the newest first."""
    kinds = spoken_in("language_code", language.partition("-")[0])
    cards = Card.objects.filter(kinds, user=user)
    rows = cards.exclude(sentence="").order_by("-pk").values_list("sentence", flat=True)
    fitting = [sentence for sentence in rows[:MOST_TRIES_READ] if len(sentence) <= LONGEST_TEXT]
    return list(dict.fromkeys(fitting))[:MOST_SENTENCES]
