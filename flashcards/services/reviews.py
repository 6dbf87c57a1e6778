"""How a look at a word went, from any number of devices, and taking it back.

The schedule of a card is what its reviews, in the order of their time, make of it. A review that
arrives late takes its place in that order and those after it are reckoned again; taking one back
does the same without it. So the order of arrival does not matter, and each review counts once.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from flashcards.models import Card, Review
from flashcards.scheduling import RATINGS, Schedule
from flashcards.selectors import settings_of

# How long a device may have been offline before it reports.
LONGEST_OFFLINE = timedelta(days=30)


class ReviewIdTaken(Exception):
    """The client's id belongs to another review."""

    def __init__(self) -> None:
        super().__init__(_("This review_id was used for another review. Take a new one."))


class NothingToUndo(Exception):
    """There is no such review of the word, or none that still counts."""

    def __init__(self) -> None:
        super().__init__(_("There is no review to take back."))


def review(
    card: Card, rating: int, *, review_id: str | None = None, at: datetime | None = None
) -> tuple[Card, Review]:
    """Take a rating of 1 (again) to 4 (easy) in; under the same `review_id` it counts once.

    `at` is when it happened by the client: at most 30 days ago and not before the word was there,
    else the nearest moment that is. Raises ValueError for another rating, ReviewIdTaken.
    """
    if rating not in RATINGS:
        raise ValueError("A rating is 1, 2, 3 or 4.")
    with transaction.atomic():
        locked = Card.objects.select_for_update().select_related("user").get(pk=card.pk)
        earlier = Review.objects.filter(user_id=locked.user_id, review_id=review_id or "").first()
        if earlier is not None:
            if (earlier.card_id, earlier.rating) != (locked.pk, rating):
                raise ReviewIdTaken
            return locked, earlier
        made = Review(
            user_id=locked.user_id,
            card=locked,
            review_id=review_id or uuid4().hex,
            rating=rating,
            reviewed_at=_moment_of(locked, at),
            retention=settings_of(locked.user).desired_retention,
        )
        later = _after(made)
        schedule = Schedule.from_json(later[0].before) if later else locked.schedule
        made.was, made.before = schedule.state, schedule.as_json()
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:  # at this moment used for another card
            raise ReviewIdTaken from None
        _replay(locked, schedule, [made, *later])
        return locked, made


def undo(card: Card, review_id: str | None = None) -> tuple[Card, Review]:
    """Take a review back: the one named, else the newest that counts.

    A named one that was taken back already stays so. Raises NothingToUndo.
    """
    with transaction.atomic():
        locked = Card.objects.select_for_update().get(pk=card.pk)
        history = Review.objects.filter(card=locked)
        if review_id is None:
            found = history.filter(undone_at=None).order_by("reviewed_at", "review_id").last()
        else:
            found = history.filter(review_id=review_id).first()
        if found is None:
            raise NothingToUndo
        if found.undone_at is None:
            found.undone_at = timezone.now()
            found.save(update_fields=["undone_at"])
            _replay(locked, Schedule.from_json(found.before), _after(found))
        return locked, found


def _moment_of(card: Card, at: datetime | None) -> datetime:
    """When a review is taken to have happened; one that happens now comes after all others."""
    now = timezone.now()
    if at is None:
        last = card.last_review_at
        return now if last is None else max(now, last + timedelta(microseconds=1))
    return min(max(at, now - LONGEST_OFFLINE, card.created_at), now)


def _after(review: Review) -> list[Review]:
    """The reviews of the same card that count and come later, in their order."""
    same_moment = Q(reviewed_at=review.reviewed_at, review_id__gt=review.review_id)
    later = Review.objects.filter(
        Q(reviewed_at__gt=review.reviewed_at) | same_moment, card_id=review.card_id, undone_at=None
    )
    return list(later.order_by("reviewed_at", "review_id"))


def _replay(card: Card, schedule: Schedule, reviews: list[Review]) -> None:
    """Reckon `reviews` from `schedule` on, and store where that leads."""
    for each in reviews:
        each.was, each.before = schedule.state, schedule.as_json()
        schedule = schedule.after(each.rating, each.reviewed_at, each.retention)
    Review.objects.bulk_update(reviews, ["was", "before"])
    card.take(schedule)
    card.save()
