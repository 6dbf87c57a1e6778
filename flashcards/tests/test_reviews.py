"""What any order of ratings and undos, from any device, makes of a word."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from flashcards import services
from flashcards.models import Card, Review
from flashcards.scheduling import STATES, Schedule

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
RATINGS = st.integers(1, 4)
# Minutes between one look and the next: short steps, days, months.
GAPS = st.sampled_from([0, 1, 10, 60, 24 * 60, 3 * 24 * 60, 40 * 24 * 60])


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def word(user, text="manzana") -> Card:
    card = services.meet(user, language="es", word=text)
    Card.objects.filter(pk=card.pk).update(created_at=NOW - timedelta(days=29))
    card.refresh_from_db()
    return card


def plain(card: Card, ratings: list[tuple[int, datetime]]) -> Schedule:
    """The schedule by the book: one review after another."""
    schedule = Schedule(due_at=card.due_at)
    for rating, at in ratings:
        schedule = schedule.after(rating, at, 0.9)
    return schedule


@settings(deadline=None)
@given(st.lists(st.tuples(RATINGS, GAPS), max_size=30))
def test_schedule_never_falls_before_its_review(steps):
    schedule, at = Schedule(due_at=NOW), NOW
    for rating, minutes in steps:
        at += timedelta(minutes=minutes)
        after = schedule.after(rating, at, 0.9)
        assert after.due_at > at == after.last_review_at
        assert after.reviews == schedule.reviews + 1
        assert after.lapses - schedule.lapses == (schedule.state == "review" and rating == 1)
        assert after.state in STATES[1:]
        assert after.stability > 0
        assert 1 <= after.difficulty <= 10
        schedule = after


@settings(deadline=None)
@given(st.lists(st.tuples(RATINGS, GAPS), max_size=10))
def test_schedule_comes_back_whole_from_json(steps):
    schedule, at = Schedule(due_at=NOW), NOW
    for rating, minutes in steps:
        at += timedelta(minutes=minutes)
        schedule = schedule.after(rating, at, 0.9)

    assert Schedule.from_json(schedule.as_json()) == schedule


@settings(deadline=None)
@given(RATINGS, st.lists(RATINGS, max_size=6))
def test_easier_answer_never_comes_sooner(first, more):
    schedule, at = Schedule(due_at=NOW), NOW
    for rating in (first, *more):
        schedule, at = schedule.after(rating, at, 0.9), at + timedelta(days=2)
    due = [schedule.after(rating, at, 0.9).due_at for rating in (1, 2, 3, 4)]
    assert all(sooner <= later for sooner, later in pairwise(due))


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
@pytest.mark.django_db
def test_two_devices_give_one_history_in_whatever_order_they_report(alice, data):
    moments = data.draw(
        st.lists(st.integers(1, 28 * 24 * 60), min_size=1, max_size=6), label="minutes ago"
    )
    made = [
        (f"{number}", data.draw(RATINGS), NOW - timedelta(minutes=ago))
        for number, ago in enumerate(moments)
    ]
    taken_back = data.draw(st.sets(st.sampled_from([name for name, _, _ in made])))
    card = word(alice, f"word {Card.objects.count()}")
    names = {name: f"{card.pk}-{name}" for name, _, _ in made}

    for name, rating, at in data.draw(st.permutations(made), label="order of arrival"):
        services.review(card, rating, review_id=names[name], at=at)
        if name in taken_back and data.draw(st.booleans(), label="taken back at once"):
            services.undo(card, names[name])
        if data.draw(st.booleans(), label="sent twice"):
            services.review(card, rating, review_id=names[name], at=at)
    for name in sorted(taken_back):
        services.undo(card, names[name])

    counts = sorted((at, name, rating) for name, rating, at in made if name not in taken_back)
    stored = Card.objects.get(pk=card.pk)
    assert stored.schedule == plain(card, [(rating, at) for at, _, rating in counts])
    kept = Review.objects.filter(card=card, undone_at=None)
    assert [each.rating for each in kept] == [rating for _, _, rating in counts]
    assert Review.objects.filter(card=card).count() == len(made)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ratings=st.lists(st.tuples(RATINGS, GAPS), min_size=1, max_size=6))
@pytest.mark.django_db
def test_undo_restores_exactly_the_word_before(alice, ratings):
    card = word(alice, f"word {Card.objects.count()}")
    seen, at = [card.schedule], NOW - timedelta(days=28)
    for rating, minutes in ratings:
        at = min(at + timedelta(minutes=minutes), NOW)
        # Two at the same minute come in the order of their ids.
        name = f"{card.pk}-{len(seen):03}"
        seen.append(services.review(card, rating, review_id=name, at=at)[0].schedule)

    for earlier in reversed(seen[:-1]):
        services.undo(card)
        assert Card.objects.get(pk=card.pk).schedule == earlier
    with pytest.raises(services.NothingToUndo):
        services.undo(card)


def test_review_counts_once_under_one_id(alice):
    card = word(alice)
    first, _ = services.review(card, 3, review_id="a")
    again, _ = services.review(card, 3, review_id="a")

    assert again.schedule == first.schedule
    assert Review.objects.count() == 1


def test_review_that_was_taken_back_stays_so_when_it_is_sent_again(alice):
    card = word(alice)
    services.review(card, 3, review_id="a")
    services.undo(card, "a")
    services.undo(card, "a")

    again, review = services.review(card, 3, review_id="a")

    assert again.state == "new"
    assert review.undone_at == NOW


def test_id_of_another_review_is_refused(alice):
    apple, pear = word(alice), word(alice, "pera")
    services.review(apple, 3, review_id="a")

    for card, rating in ((apple, 4), (pear, 3)):
        with pytest.raises(services.ReviewIdTaken):
            services.review(card, rating, review_id="a")
    assert Review.objects.count() == 1


def test_id_belongs_to_its_person(alice, bob):
    services.review(word(alice), 3, review_id="a")
    card, _ = services.review(word(bob), 1, review_id="a")
    assert card.reviews == 1


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (timedelta(days=1), NOW),
        (timedelta(days=-400), NOW - timedelta(days=29)),
        (timedelta(days=-2), NOW - timedelta(days=2)),
    ],
)
def test_moment_of_a_review_lies_within_what_can_be(alice, sent, kept):
    _, review = services.review(word(alice), 3, at=NOW + sent)
    assert review.reviewed_at == kept


def test_text_changed_between_review_and_undo_stays(alice):
    card = word(alice)
    services.review(card, 3)
    services.change(card, {"meaning": "apple"})

    undone, _ = services.undo(card)

    assert (undone.meaning, undone.state) == ("apple", "new")


@pytest.mark.django_db
def test_rating_is_one_of_four(alice):
    for rating in (0, 5):
        with pytest.raises(ValueError, match="1, 2, 3 or 4"):
            services.review(word(alice), rating)


def test_more_retention_asked_for_comes_sooner(alice):
    at = NOW - timedelta(days=5)
    due = []
    for share, text in ((0.8, "uva"), (0.95, "pera")):
        services.change_settings(alice, {"desired_retention": share})
        due.append(services.review(word(alice, text), 4, at=at)[0].due_at)
    assert due[0] > due[1]
    assert User.objects.get(pk=alice.pk).vocabulary_settings.new_a_day == 20
