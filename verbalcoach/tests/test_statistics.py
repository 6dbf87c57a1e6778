"""users/stats: what a person's recordings and practice add up to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from flashcards import services as flashcards
from practice.models import PracticeDay
from speech_sessions.models import SpeechSession

STATS = "/api/v1/users/stats/"
NOW = datetime(2026, 11, 21, 10, tzinfo=ZoneInfo("UTC"))


def record(user, days_ago: float, **fields):
    fields = {"duration": 60, "kind": "talk", "language": "en", **fields}
    SpeechSession.objects.create(user=user, date=NOW - timedelta(days=days_ago), **fields)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def test_nothing_adds_up_to_nothing(alices_phone):
    assert alices_phone.get(STATS).json() == {
        "vocabulary": {"total": 0, "mastered": 0, "due": 0},
        "streak": {"current": 0, "best": 0},
        "speaking": {"seconds": 0, "by_language": {}},
        "sessions": {"total": 0, "by_kind": {}},
    }


@pytest.mark.parametrize("address", [STATS, "/users/stats", "/accounts/users/stats/"])
def test_ones_own_sessions_are_added_up_and_nobody_elses(alice, bob, alices_phone, address):
    record(alice, 0)
    record(alice, 1, language="de", duration=30)
    record(alice, 9, kind="interview")
    record(bob, 0)

    found = alices_phone.get(address).json()

    assert found["speaking"] == {"seconds": 150, "by_language": {"en": 120, "de": 30}}
    assert found["sessions"] == {"total": 3, "by_kind": {"talk": 2, "interview": 1}}
    assert found["streak"] == {"current": 2, "best": 2}


def test_words_are_counted(alice, bob, alices_phone):
    for person, word in ((alice, "uno"), (alice, "dos"), (bob, "tres")):
        flashcards.meet(person, language="es", word=word)
    flashcards.review(alice.cards.get(word="uno"), 4)

    assert alices_phone.get(STATS).json()["vocabulary"] == {"total": 2, "mastered": 0, "due": 1}


def test_streak_counts_recordings_and_practice_together(alice, alices_phone):
    record(alice, 2)
    PracticeDay.objects.create(
        user=alice,
        date=(NOW - timedelta(days=1)).date(),
        kind="warm_up",
        first_at=NOW - timedelta(days=1),
        time_zone="UTC",
    )
    record(alice, 0)

    assert alices_phone.get(STATS).json()["streak"] == {"current": 3, "best": 3}


def test_days_are_those_of_the_persons_zone(alice, alices_phone):
    alice.time_zone = "Pacific/Auckland"
    alice.save()
    # In UTC both are of one day, in Auckland of two.
    record(alice, 1 - 3 / 24)  # the 20th, 13:00
    record(alice, 1 + 2 / 24)  # the 20th, 08:00

    assert alices_phone.get(STATS).json()["streak"]["best"] == 2


def test_it_costs_a_fixed_number_of_queries(alice, alices_phone, django_assert_max_num_queries):
    alices_phone.get(STATS)
    for days in range(20):
        record(alice, days)

    with django_assert_max_num_queries(8):
        alices_phone.get(STATS)


def test_visitor_is_401(client, db):
    assert client.get(STATS).status_code == 401
