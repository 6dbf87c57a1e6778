"""Reading words: the lists, what is due today, and what was learned."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, overload
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.languages import code_of, spoken_in
from accounts.models import User
from accounts.time_zones import first_known
from flashcards.models import Card, Review, VocabularySettings
from flashcards.scheduling import (
    AGAIN,
    LEARNING,
    MASTERED_STABILITY,
    NEW,
    RELEARNING,
    REVIEW,
    STATES,
)

HISTORY_DAYS = 30
FORECAST_DAYS = 14
SECONDS_A_WORD = 15
_MASTERED = Q(state=REVIEW, stability__gte=MASTERED_STABILITY)


@dataclass(frozen=True, slots=True)
class Day:
    """A day in the learner's own zone: its first moment, and the first after it."""

    zone: ZoneInfo
    date: date
    start: datetime
    end: datetime


def day_of(user: User, now: datetime) -> Day:
    """The learner's day that `now` is in."""
    zone = first_known(user.time_zone, timezone.get_default_timezone_name()) or ZoneInfo("UTC")
    today = now.astimezone(zone).date()
    start = datetime.combine(today, time(), zone)
    return Day(zone, today, start, datetime.combine(today + timedelta(days=1), time(), zone))


def cards_of(user: User) -> QuerySet[Card]:
    """The words of `user`, the newest first."""
    return Card.objects.filter(user=user)


def settings_of(user: User) -> VocabularySettings:
    """What `user` set; the usual where nothing was set (not stored then)."""
    found = VocabularySettings.objects.filter(user=user).first()
    return found or VocabularySettings(user=user)


def languages_of(user: User) -> list[str]:
    """The codes of the languages that `user` has words of."""
    codes = cards_of(user).order_by("language_code").values_list("language_code", flat=True)
    return list(codes.distinct())


def in_language(cards: QuerySet[Card], language: str) -> QuerySet[Card]:
    """Those in a language by its name or code; `en` finds `en-GB` too."""
    return cards.filter(spoken_in("language_code", code_of(language)))


def containing(cards: QuerySet[Card], text: str) -> QuerySet[Card]:
    """Those whose word, meaning or sentence holds every word of `text`."""
    for word in text.split()[:10]:
        held = Q(word__icontains=word) | Q(meaning__icontains=word) | Q(sentence__icontains=word)
        cards = cards.filter(held)
    return cards


def comes_today(now: datetime, end: datetime) -> Q:
    """Which words come before the day ends: short steps at their minute, the others any time."""
    return _steps_until(now) | _learned_before(end) | Q(state=NEW)


def _steps_until(now: datetime) -> Q:
    return Q(state__in=(LEARNING, RELEARNING), due_at__lte=now)


def _learned_before(end: datetime) -> Q:
    return Q(state=REVIEW, due_at__lt=end)


def coming_today(user: User, cards: QuerySet[Card]) -> QuerySet[Card]:
    """Those that come today, were there no daily limits."""
    now = timezone.now()
    return cards.filter(comes_today(now, day_of(user, now).end))


class DueCards(Sequence[Card]):
    """What is to be looked at now, in that order; read from the database a slice at a time.

    First what is in its short steps, then what was learned, then new words.
    """

    def __init__(self, learning: list[int], learned: list[int], new: list[int]) -> None:
        self.learning, self.learned, self.new = learning, learned, new
        self._ids = learning + learned + new

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Card: ...

    @overload
    def __getitem__(self, index: slice) -> list[Card]: ...

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, int):
            return Card.objects.get(pk=self._ids[index])
        wanted = self._ids[index]
        found = Card.objects.in_bulk(wanted)
        return [found[pk] for pk in wanted if pk in found]


def due(user: User, *, language: str | None = None) -> DueCards:
    """What `user` is to look at now, by the limits of the day in their own zone. Five queries."""
    now = timezone.now()
    day = day_of(user, now)
    learned_left, new_left = _left_today(user, day)
    cards = cards_of(user) if language is None else in_language(cards_of(user), language)
    return DueCards(
        _ids(cards.filter(_steps_until(now)).order_by("due_at", "id")),
        _ids(cards.filter(_learned_before(day.end)).order_by("due_at", "id")[:learned_left]),
        _ids(cards.filter(state=NEW).order_by("created_at", "id")[:new_left]),
    )


def _left_today(user: User, day: Day) -> tuple[int, int]:
    """How many learned and how many new words the limits of the day still allow."""
    limits = settings_of(user)
    done = Review.objects.filter(
        user=user, undone_at=None, reviewed_at__gte=day.start, reviewed_at__lt=day.end
    ).aggregate(new=Count("pk", filter=Q(was=NEW)), learned=Count("pk", filter=Q(was=REVIEW)))
    return (
        max(0, limits.reviews_a_day - done["learned"]),
        max(0, limits.new_a_day - done["new"]),
    )


def _ids(cards: QuerySet[Card]) -> list[int]:
    return list(cards.values_list("pk", flat=True))


def due_words(user: User, language: str, limit: int) -> list[str]:
    """The first `limit` words of a language that are due, for whoever can bring them up."""
    return [card.word for card in due(user, language=language)[:limit]]


def next_step_at(user: User) -> datetime | None:
    """When the next word in its short steps comes back; None where none is."""
    waiting = cards_of(user).filter(state__in=(LEARNING, RELEARNING), due_at__gt=timezone.now())
    found: datetime | None = waiting.aggregate(at=Min("due_at"))["at"]
    return found


@dataclass(frozen=True, slots=True)
class Totals:
    """How many words there are, are mastered, and are due now by the limits of the day."""

    total: int
    mastered: int
    due: int

    @property
    def minutes(self) -> int:
        """About how long it takes to go through those that are due."""
        return max(1, round(self.due * SECONDS_A_WORD / 60))


def totals(user: User, *, language: str | None = None) -> Totals:
    """The numbers of `user`, in all languages or one. Three queries."""
    now = timezone.now()
    day = day_of(user, now)
    learned_left, new_left = _left_today(user, day)
    cards = cards_of(user) if language is None else in_language(cards_of(user), language)
    found = cards.order_by().aggregate(
        total=Count("pk"),
        mastered=Count("pk", filter=_MASTERED),
        steps=Count("pk", filter=_steps_until(now)),
        learned=Count("pk", filter=_learned_before(day.end)),
        new=Count("pk", filter=Q(state=NEW)),
    )
    due = found["steps"] + min(found["learned"], learned_left) + min(found["new"], new_left)
    return Totals(found["total"], found["mastered"], due)


def statistics(user: User, *, language: str | None = None) -> dict[str, Any]:
    """What was learned, as `vocabulary/stats` answers it. Nine queries, however much there is."""
    day = day_of(user, timezone.now())
    cards = cards_of(user).order_by()
    reviews = Review.objects.filter(user=user, undone_at=None).order_by()
    if language is not None:
        cards = in_language(cards, language)
        reviews = reviews.filter(card__in=cards)
    counts = dict(cards.values_list("state").annotate(Count("pk")))
    recent = reviews.filter(
        reviewed_at__gte=_start_of(day.date - timedelta(days=HISTORY_DAYS - 1), day.zone)
    )
    return {
        **asdict(totals(user, language=language)),
        "by_state": {state: counts.get(state, 0) for state in STATES},
        "retention": _retention(recent),
        "reviews": _reviews_a_day(recent, day),
        "forecast": _forecast(cards, day),
    }


def _start_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _retention(recent: QuerySet[Review]) -> dict[str, Any]:
    """Of learned words that came: how many, and which share was remembered."""
    found = recent.filter(was=REVIEW).aggregate(
        asked=Count("pk"), forgotten=Count("pk", filter=Q(rating=AGAIN))
    )
    asked, forgotten = found["asked"], found["forgotten"]
    share = round((asked - forgotten) / asked, 3) if asked else None
    return {"days": HISTORY_DAYS, "asked": asked, "remembered": asked - forgotten, "share": share}


def _reviews_a_day(recent: QuerySet[Review], day: Day) -> list[dict[str, Any]]:
    rows = (
        recent.annotate(on=TruncDate("reviewed_at", tzinfo=day.zone))
        .values("on")
        .annotate(reviews=Count("pk"), again=Count("pk", filter=Q(rating=AGAIN)))
    )
    counts = {row["on"]: (row["reviews"], row["again"]) for row in rows}
    days = [day.date - timedelta(days=back) for back in range(HISTORY_DAYS - 1, -1, -1)]
    found = ((each, *counts.get(each, (0, 0))) for each in days)
    return [{"date": on, "reviews": reviews, "again": again} for on, reviews, again in found]


def _forecast(cards: QuerySet[Card], day: Day) -> list[dict[str, Any]]:
    """Words that were begun, by the day they come; what is overdue comes today."""
    last = day.date + timedelta(days=FORECAST_DAYS - 1)
    begun = cards.exclude(state=NEW)
    after_today = begun.filter(
        due_at__gte=day.end, due_at__lt=_start_of(last + timedelta(days=1), day.zone)
    )
    rows = dict(
        after_today.annotate(on=TruncDate("due_at", tzinfo=day.zone))
        .values_list("on")
        .annotate(Count("pk"))
    )
    rows[day.date] = begun.filter(due_at__lt=day.end).count()
    days = [day.date + timedelta(days=ahead) for ahead in range(FORECAST_DAYS)]
    return [{"date": each, "due": rows.get(each, 0)} for each in days]
