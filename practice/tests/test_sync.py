"""Changes made offline, reported in one batch and answered each for itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from practice.models import PracticeDay, PracticeSession, Question
from practice.tests.conftest import PRACTICE, SESSIONS

SYNC = f"{PRACTICE}sync/"


def change(key, op, session="phone-1", minutes_ago=None, **fields):
    at = {}
    if minutes_ago is not None:
        at = {"at": (timezone.now() - timedelta(minutes=minutes_ago)).isoformat()}
    return {"key": key, "op": op, "session": session, **at, **fields}


def whole_practice(session="phone-1", key="", sequence_id=None):
    """Ten minutes that began an hour ago, with a break of two minutes."""
    changes = [
        ("start", 60, {"sequence_id": sequence_id}),
        ("pause", 56, {"duration_so_far": 240}),
        ("resume", 54, {}),
        ("step", None, {"number": 1, "completed": True, "seconds": 200}),
        ("complete", 50, {"duration_seconds": 480, "completion_status": "completed"}),
        ("notes", None, {"reflection": "Pause more."}),
    ]
    return [
        change(f"{key}{session}-{number}", op, session, ago, **fields)
        for number, (op, ago, fields) in enumerate(changes)
    ]


def report(phone, *changes, address=SYNC, **batch):
    answer = phone.post(address, {"operations": list(changes), **batch}, format="json")
    assert answer.status_code == 200, answer.json()
    results = answer.json()["results"]
    assert [each["key"] for each in results] == [each["key"] for each in changes]
    return results


@pytest.mark.parametrize("address", [SYNC, "/api/v1/sync", "/api/v1/practice/sync"])
def test_whole_practice_of_a_phone_without_connection_is_taken_at_once(
    address, alices_phone, sequence
):
    results = report(alices_phone, *whole_practice(sequence_id=sequence.pk), address=address)
    assert [each["status"] for each in results] == [201, 200, 200, 200, 200, 200]
    assert results[4]["body"]["statistics"]["total_practice_time_seconds"] == 480
    session = PracticeSession.objects.get()
    assert session.sequence == sequence
    assert session.kind == sequence.kind
    assert (session.elapsed_seconds, session.exceeds_clock) == (480, False)
    assert session.reflection == "Pause more."
    found = alices_phone.get(f"{SESSIONS}{session.pk}/").json()
    assert found["client_id"] == "phone-1"
    assert found["steps"] == [{"number": 1, "completed": True, "seconds": 200}]
    assert found["started_at"] == results[0]["body"]["started_at"]


def test_replayed_batch_gets_the_same_answers_and_changes_nothing(alices_phone):
    batch = whole_practice()
    first = report(alices_phone, *batch)
    before = PracticeSession.objects.values().get()
    assert report(alices_phone, *batch) == first
    assert report(alices_phone, *batch[3:]) == first[3:]
    assert PracticeSession.objects.values().get() == before
    assert PracticeDay.objects.get().sessions == 1


def test_key_of_another_change_is_refused(alices_phone):
    report(alices_phone, change("a", "start"))
    found = report(alices_phone, change("a", "start", "phone-2"))[0]
    assert found["status"] == 422
    assert found["error"]["errors"][0]["code"] == "idempotency_key_reused"


def test_start_under_a_name_that_exists_answers_that_session(alices_phone, charlies_phone):
    first, again = (
        report(alices_phone, change(key, "start"))[0]["body"]["session_id"] for key in "ab"
    )
    assert first == again
    assert report(charlies_phone, change("a", "start"))[0]["body"]["session_id"] != first


def test_refused_change_stops_later_ones_of_its_session_only(alices_phone):
    results = report(
        alices_phone,
        change("1", "start", "phone-1"),
        change("2", "start", "phone-2"),
        change("3", "step", "phone-1", number=0, completed=True),
        change("4", "pause", "phone-1", duration_so_far=9),
        change("5", "pause", "phone-2", duration_so_far=9),
    )
    assert [each["status"] for each in results] == [201, 201, 422, 409, 200]
    assert results[2]["error"]["type"] == "validation_error"
    assert results[2]["error"]["errors"][0]["attr"] == "number"
    assert results[3]["error"]["errors"][0]["code"] == "earlier_refused"
    # The key of what was refused is free: it is mended and sent again.
    mended = report(
        alices_phone,
        change("3", "step", "phone-1", number=1, completed=True),
        change("4", "pause", "phone-1", duration_so_far=9),
    )
    assert [each["status"] for each in mended] == [200, 200]


def test_session_that_began_online_is_named_by_its_number(alices_phone, charlies_phone, started):
    pause = change("1", "pause", started, duration_so_far=30)
    assert report(alices_phone, pause)[0]["body"]["duration_seconds"] == 30
    assert report(charlies_phone, pause)[0]["status"] == 403
    assert report(alices_phone, change("2", "resume", 999_999))[0]["status"] == 404
    assert report(alices_phone, change("3", "resume", "nobody"))[0]["status"] == 404


@pytest.mark.parametrize(
    ("fields", "attr"),
    [
        ({"op": "stop"}, "op"),
        ({"op": ["start"]}, "op"),
        ({"session": ""}, "session"),
        ({"session": "n" * 65}, "session"),
        ({"session": 7}, "session"),
        ({"session": None}, "session"),
        ({"session": True}, "session"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2020-01-01T00:00:00Z"}, "at"),
        ({"at": "2199-01-01T00:00:00Z"}, "at"),
        ({"kind": "singing"}, "kind"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"sequence_id": "two"}, "sequence_id"),
        ({"question_id": 0}, "question_id"),
    ],
)
def test_what_is_wrong_with_a_change_is_told_in_its_answer(fields, attr, alices_phone):
    found = report(alices_phone, change("a", "start") | fields)[0]
    assert found["status"] == 422
    assert found["error"]["errors"][0]["attr"] == attr
    assert not PracticeSession.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"operations": "all"},
        {"operations": ["start"]},
        {"operations": [{"op": "start", "session": "a"}]},
        {"operations": [{"key": "ä", "op": "start", "session": "a"}]},
        {"operations": [{"key": "a", "op": "start", "session": "a"}] * 101},
        {"operations": [], "time_zone": "Mars/Olympus"},
        {"operations": [], "sent_at": "now"},
        [],
    ],
)
def test_batch_that_is_none_is_refused_as_a_whole(body, alices_phone):
    answer = alices_phone.post(SYNC, body, format="json")
    assert answer.status_code == 422
    assert answer.json()["type"] == "validation_error"
    assert not PracticeSession.objects.exists()


def test_day_follows_from_the_start_and_the_zone_one_was_in(alices_phone, alice, time_machine):
    time_machine.move_to("2026-11-20T18:00:00Z")
    alice.time_zone = "Pacific/Auckland"
    alice.save()
    at = "2026-11-18T23:30:00Z"
    report(
        alices_phone,
        change("1", "start", "one", at=at),
        change("2", "start", "two", at=at, time_zone="America/New_York"),
        change("3", "start", "three", at=at),
    )
    report(alices_phone, change("4", "start", "four", at=at), time_zone="Asia/Kolkata")
    days = dict(PracticeSession.objects.values_list("client_id", "local_date"))
    assert days["one"] == days["three"] == date(2026, 11, 19)
    assert days["two"] == date(2026, 11, 18)
    assert days["four"] == date(2026, 11, 19)
    # Times are told in UTC, whatever the zone.
    newest = alices_phone.get(f"{SESSIONS}current/").json()
    assert newest["started_at"] == at


def test_streak_is_mended_by_a_day_that_is_reported_late(alices_phone, time_machine):
    for key, day in (("a", 18), ("b", 20), ("c", 19)):
        time_machine.move_to(
            f"2026-11-{day + 1}T12:00:00Z" if day == 19 else f"2026-11-{day}T12:10:00Z"
        )
        start = change(f"{key}1", "start", key, at=f"2026-11-{day}T12:00:00Z")
        end = {"duration_seconds": 60, "completion_status": "completed"}
        report(alices_phone, start, change(f"{key}2", "complete", key, **end))
    assert alices_phone.get(f"{SESSIONS}stats/").json()["streak"]["current"] == 3


def test_wrong_clock_is_made_up_for_by_the_time_of_sending(alices_phone, time_machine):
    time_machine.move_to("2026-11-20T18:00:00Z", tick=False)
    report(
        alices_phone,
        change("1", "start", at="1970-01-01T00:10:00Z"),
        change(
            "2",
            "complete",
            at="1970-01-01T00:15:00Z",
            duration_seconds=300,
            completion_status="completed",
        ),
        sent_at="1970-01-01T00:30:00Z",
    )
    session = PracticeSession.objects.get()
    assert session.started_at == datetime(2026, 11, 20, 17, 40, tzinfo=UTC)
    assert session.elapsed_seconds == 300


def test_what_happened_before_its_session_is_moved_into_it(alices_phone):
    report(
        alices_phone,
        change("1", "start", minutes_ago=10),
        change("2", "pause", minutes_ago=20, duration_so_far=5),
        change("3", "resume", minutes_ago=30),
        change("4", "complete", minutes_ago=40, duration_seconds=600, completion_status="partial"),
    )
    session = PracticeSession.objects.get()
    assert session.elapsed_seconds == 0
    assert session.exceeds_clock is True
    assert session.completed_at == session.started_at


def test_prompt_that_was_kept_on_the_phone_is_kept_with_the_practice(alices_phone):
    question = Question.objects.filter(category="table_topics").first()
    topic = {"kind": "table_topics", "question_id": question.pk}
    report(alices_phone, change("1", "start", "one", **topic))
    report(alices_phone, change("2", "start", "two", kind="table_topics"))
    assert PracticeSession.objects.get(client_id="one").question == question
    assert PracticeSession.objects.get(client_id="two").question is None
    unknown = change("3", "start", "three", question_id=999_999)
    assert report(alices_phone, unknown)[0]["status"] == 404


def test_visitor_reports_nothing(client, db):
    assert client.post(SYNC, {"operations": []}, content_type="application/json").status_code == 401
