"""How words and their times read on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from flashcards.models import Card, Review
from flashcards.scheduling import RATINGS


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four ways to rate a word, and when it would come again."""

    rating: int
    name: str
    again_in: str


def answers_to(card: Card, now: datetime, retention: float) -> list[Answer]:
    """The four ratings of `card`."""
    names = dict(Review.Rating.choices)
    schedule = card.schedule
    return [
        Answer(
            rating,
            str(names[Review.Rating(rating)]),
            how_long(schedule.after(rating, now, retention).due_at - now),
        )
        for rating in RATINGS
    ]


def how_long(span: timedelta) -> str:
    """A stretch of time in its largest unit: 10 min, 3 days, 2 months, 1.5 years."""
    minutes = span.total_seconds() / 60
    days = minutes / (24 * 60)
    if minutes < 60:
        return _("%(count)d min") % {"count": max(1, round(minutes))}
    if days < 1:
        return _("%(count)d h") % {"count": round(minutes / 60)}
    if days < 30:
        count = round(days)
        return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
    if days < 365:
        count = round(days / 30.4)
        return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}
    return _("%(count).1f years") % {"count": days / 365}


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers a day as one line, and in words for who does not see it."""

    values: str
    total: int
    most: int


def chart(numbers: Iterable[int]) -> Chart:
    """The line of `numbers`."""
    found = list(numbers)
    return Chart(",".join(map(str, found)), sum(found), max(found, default=0))
