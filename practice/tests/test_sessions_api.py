"""The practice-session calls, written from the contract."""

import pytest
from django.utils import timezone

from practice.models import PracticeSession
from practice.tests.conftest import PRACTICE, SESSIONS

FIELDS = {
    "session_id",
    "user_id",
    "sequence_id",
    "started_at",
    "completed_at",
    "duration_seconds",
    "completion_status",
}


def complete(phone, started, **changes):
    sent = {
        "session_id": started,
        "duration_seconds": 300,
        "completion_status": "completed",
    } | changes
    return phone.post(f"{SESSIONS}complete/", sent, format="json")


@pytest.mark.parametrize("base", ["/api/v1/practice/sessions", "/api/v1/sessions"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_session_starts_and_ends_at_either_prefix_with_and_without_slash(base, slash, alices_phone):
    started = alices_phone.post(f"{base}/start{slash}")
    assert started.status_code == 201
    sent = {
        "session_id": started.json()["session_id"],
        "duration_seconds": 60,
        "completion_status": "completed",
    }
    ended = alices_phone.post(f"{base}/complete{slash}", sent, format="json")
    assert ended.status_code == 200


@pytest.mark.parametrize("body", [None, {}, {"sequence_id": None}])
def test_free_practice_starts_with_the_promised_fields(body, alices_phone, alice):
    answer = alices_phone.post(f"{SESSIONS}start/", body, format="json")
    assert answer.status_code == 201
    found = answer.json()
    assert set(found) == FIELDS
    assert found["user_id"] == alice.pk
    assert found["sequence_id"] is None
    assert found["completed_at"] is None
    assert found["duration_seconds"] == 0
    assert found["completion_status"] == "abandoned"
    assert found["started_at"].endswith("Z")


def test_sequence_is_practised_by_its_id(alices_phone, sequence):
    answer = alices_phone.post(f"{SESSIONS}start/", {"sequence_id": sequence.pk}, format="json")
    assert answer.json()["sequence_id"] == sequence.pk


def test_unknown_sequence_is_not_there(alices_phone):
    answer = alices_phone.post(f"{SESSIONS}start/", {"sequence_id": 999_999}, format="json")
    assert answer.status_code == 404


@pytest.mark.parametrize("sequence_id", ["abc", 0, -1, 1.5, [1], {"id": 1}, True, 10**30])
def test_sequence_id_of_another_type_is_refused(sequence_id, alices_phone):
    answer = alices_phone.post(f"{SESSIONS}start/", {"sequence_id": sequence_id}, format="json")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["attr"] == "sequence_id"


def test_end_of_a_session_tells_it_and_the_statistics(alices_phone, started):
    found = complete(alices_phone, started, notes="Calm.", steps_completed=3).json()
    assert set(found) == FIELDS | {"statistics"}
    assert found["completed_at"] is not None
    assert found["duration_seconds"] == 300
    assert found["completion_status"] == "completed"
    assert found["statistics"] == {
        "total_sessions": 1,
        "total_practice_time_seconds": 300,
        "average_duration_seconds": 300,
        "completion_rate_percent": 100.0,
    }
    stored = PracticeSession.objects.get(pk=started)
    assert (stored.notes, stored.steps_completed) == ("Calm.", 3)


def test_number_of_steps_is_taken_under_its_older_name(alices_phone, started):
    assert complete(alices_phone, started, poses_completed=5).status_code == 200
    assert PracticeSession.objects.get(pk=started).steps_completed == 5


def test_statistics_count_completed_sessions_against_all_that_were_started(alices_phone):
    for status, seconds in (("completed", 100), ("completed", 201), ("partial", 50)):
        session_id = alices_phone.post(f"{SESSIONS}start/").json()["session_id"]
        answer = complete(
            alices_phone, session_id, completion_status=status, duration_seconds=seconds
        )
    assert answer.json()["statistics"] == {
        "total_sessions": 2,
        "total_practice_time_seconds": 301,
        "average_duration_seconds": 150.5,
        "completion_rate_percent": 66.7,
    }


def test_ending_twice_gives_the_same_answer(alices_phone, started):
    first = complete(alices_phone, started)
    again = complete(alices_phone, started, duration_seconds=5, completion_status="partial")
    assert again.status_code == first.status_code == 200
    assert again.json() == first.json()


@pytest.mark.parametrize("status", ["completed", "partial", "abandoned"])
def test_end_is_noted_whatever_the_outcome(status, alices_phone, started):
    found = complete(alices_phone, started, completion_status=status).json()
    assert found["completion_status"] == status
    assert found["completed_at"] is not None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("duration_seconds", -1),
        ("duration_seconds", 14_401),
        ("duration_seconds", "long"),
        ("duration_seconds", None),
        ("duration_seconds", 1.5),
        ("completion_status", "finished"),
        ("completion_status", None),
        ("session_id", "abc"),
        ("session_id", None),
        ("session_id", 10**30),
        ("steps_completed", -1),
        ("notes", "n" * 5001),
        ("notes", ["a list"]),
    ],
)
def test_end_with_something_not_valid_is_refused_beside_its_field(
    field, value, alices_phone, started
):
    answer = complete(alices_phone, started, **{field: value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["attr"] == field
    assert PracticeSession.objects.get(pk=started).completed_at is None


@pytest.mark.parametrize("field", ["session_id", "duration_seconds", "completion_status"])
def test_end_without_a_needed_field_is_refused(field, alices_phone, started):
    sent = {"session_id": started, "duration_seconds": 3, "completion_status": "partial"}
    del sent[field]
    answer = alices_phone.post(f"{SESSIONS}complete/", sent, format="json")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"code": "required", "detail": "This field is required.", "attr": field}
    ]


def test_body_that_is_no_json_is_refused(alices_phone):
    answer = alices_phone.post(
        f"{SESSIONS}complete/", data="{session", content_type="application/json"
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("seconds", [0, 14_400])
def test_least_and_greatest_duration_are_taken(seconds, alices_phone, started):
    assert complete(alices_phone, started, duration_seconds=seconds).status_code == 200


def test_unknown_session_is_not_there(alices_phone):
    assert complete(alices_phone, 999_999).status_code == 404
    for call in ("pause", "resume"):
        sent = {"duration_so_far": 3}
        assert alices_phone.put(f"{SESSIONS}999999/{call}/", sent).status_code == 404
    assert alices_phone.get(f"{SESSIONS}999999/").status_code == 404
    assert alices_phone.get(f"{SESSIONS}{10**40}/").status_code == 404


def test_session_of_another_person_is_refused(charlies_phone, started):
    assert complete(charlies_phone, started).status_code == 403
    sent = {"duration_so_far": 3}
    for call in (f"{started}/pause/", f"{started}/resume/"):
        assert charlies_phone.put(f"{SESSIONS}{call}", sent).status_code == 403
    assert charlies_phone.get(f"{SESSIONS}{started}/").status_code == 403
    assert charlies_phone.patch(f"{SESSIONS}{started}/", {"notes": "x"}).status_code == 403
    step = f"{SESSIONS}{started}/steps/1/"
    assert charlies_phone.put(step, {"completed": True}).status_code == 403


def test_break_keeps_the_larger_duration(alices_phone, started):
    address = f"{SESSIONS}{started}/pause/"
    first = alices_phone.put(address, {"duration_so_far": 300})
    assert first.status_code == 200
    assert first.json() == {
        "session_id": started,
        "duration_seconds": 300,
        "completion_status": "abandoned",
    }
    assert alices_phone.put(address, {"duration_so_far": 200}).json()["duration_seconds"] == 300
    assert alices_phone.put(address, {"duration_so_far": 400}).json()["duration_seconds"] == 400


@pytest.mark.parametrize("sent", [{}, {"duration_so_far": -1}, {"duration_so_far": 14_401}])
def test_break_without_a_possible_duration_is_refused(sent, alices_phone, started):
    answer = alices_phone.put(f"{SESSIONS}{started}/pause/", sent, format="json")
    assert answer.status_code == 422


def test_break_after_the_end_changes_nothing(alices_phone, started):
    complete(alices_phone, started, duration_seconds=100)
    sent = {"duration_so_far": 9000}
    for call in ("pause", "resume"):
        answer = alices_phone.put(f"{SESSIONS}{started}/{call}/", sent)
        assert answer.status_code == 200
        assert answer.json() == {
            "session_id": started,
            "duration_seconds": 100,
            "completion_status": "completed",
        }


def test_breaks_are_kept_with_their_times(alices_phone, started):
    alices_phone.put(f"{SESSIONS}{started}/pause/", {"duration_so_far": 3})
    alices_phone.put(f"{SESSIONS}{started}/resume/")
    alices_phone.put(f"{SESSIONS}{started}/resume/")
    found = alices_phone.get(f"{SESSIONS}{started}/").json()
    assert found["paused_at"] is None
    assert len(found["pauses"]) == 1
    assert found["pauses"][0]["ended_at"] is not None


def test_open_session_is_the_newest_that_has_not_ended(alices_phone):
    first, second = (
        alices_phone.post(f"{SESSIONS}start/").json()["session_id"] for _number in range(2)
    )
    assert alices_phone.get(f"{SESSIONS}current/").json()["session_id"] == second
    complete(alices_phone, second)
    assert alices_phone.get(f"{SESSIONS}current/").json()["session_id"] == first
    complete(alices_phone, first)
    assert alices_phone.get(f"{SESSIONS}current/").status_code == 404


def test_steps_are_noted_one_by_one_and_the_newest_word_stands(alices_phone, started):
    address = f"{SESSIONS}{started}/steps/"
    alices_phone.put(f"{address}1/", {"completed": True, "seconds": 30}, format="json")
    alices_phone.put(f"{address}2/", {"completed": True}, format="json")
    found = alices_phone.put(f"{address}2/", {"completed": False}, format="json").json()
    assert found["steps_completed"] == 1
    assert found["steps"] == [
        {"number": 1, "completed": True, "seconds": 30},
        {"number": 2, "completed": False, "seconds": None},
    ]
    assert alices_phone.put(f"{address}0/", {"completed": True}).status_code == 404
    assert alices_phone.put(f"{address}3/", {}, format="json").status_code == 422


def test_claim_of_more_than_passed_here_is_marked_and_stands(alices_phone, started):
    complete(alices_phone, started, duration_seconds=3000)
    found = alices_phone.get(f"{SESSIONS}{started}/").json()
    assert found["duration_seconds"] == 3000
    assert found["exceeds_clock"] is True
    assert found["elapsed_seconds"] < 60


def test_claim_within_a_minute_of_the_clock_is_not_marked(alices_phone, started):
    complete(alices_phone, started, duration_seconds=45)
    assert alices_phone.get(f"{SESSIONS}{started}/").json()["exceeds_clock"] is False


def test_notes_and_reflection_can_be_written_later(alices_phone, started):
    complete(alices_phone, started)
    sent = {"notes": "Two ums.", "reflection": "Pause more.", "duration_seconds": 7}
    found = alices_phone.patch(f"{SESSIONS}{started}/", sent, format="json").json()
    assert (found["notes"], found["reflection"]) == ("Two ums.", "Pause more.")
    assert found["duration_seconds"] == 300


def test_history_is_filtered_and_in_pages(alices_phone, charlies_phone):
    for status in ("completed", "completed", "partial"):
        session_id = alices_phone.post(f"{SESSIONS}start/").json()["session_id"]
        complete(alices_phone, session_id, completion_status=status)
    charlies_phone.post(f"{SESSIONS}start/")
    everything = alices_phone.get(f"{SESSIONS}history/").json()
    assert everything["count"] == 3
    assert everything["results"][0]["completion_status"] == "partial"
    partial = alices_phone.get(f"{SESSIONS}history/?status=partial&page_size=1").json()
    assert partial["count"] == 1
    assert alices_phone.get(f"{SESSIONS}history/?status=done").status_code == 422


def test_stats_tell_totals_weeks_months_kinds_and_the_streak(alices_phone, sequence):
    answer = alices_phone.post(f"{SESSIONS}start/", {"sequence_id": sequence.pk})
    complete(alices_phone, answer.json()["session_id"], duration_seconds=600)
    found = alices_phone.get(f"{SESSIONS}stats/").json()
    assert found["statistics"]["total_practice_time_seconds"] == 600
    assert found["streak"]["current"] == found["streak"]["best"] == 1
    assert found["streak"]["practised_today"] is True
    assert len(found["by_week"]) == len(found["by_month"]) == 12
    assert found["by_week"][-1]["seconds"] == found["by_month"][-1]["seconds"] == 600
    assert found["by_kind"] == [{"kind": "interview", "seconds": 600, "sessions": 1}]


def test_session_that_was_broken_off_makes_no_streak(alices_phone, started):
    complete(alices_phone, started, completion_status="abandoned")
    assert alices_phone.get(f"{SESSIONS}stats/").json()["streak"]["current"] == 0


def test_calendar_counts_in_the_persons_own_zone(alices_phone, alice, time_machine):
    alice.time_zone = "Pacific/Auckland"
    alice.save()
    time_machine.move_to("2026-11-30T12:30:00Z")  # already December in Auckland
    session_id = alices_phone.post(f"{SESSIONS}start/").json()["session_id"]
    complete(alices_phone, session_id)
    december = alices_phone.get(f"{SESSIONS}calendar/?month=2026-12").json()
    assert december == {"days": [{"date": "2026-12-01", "seconds": 300, "sessions": 1}]}
    assert alices_phone.get(f"{SESSIONS}calendar/?month=2026-11").json() == {"days": []}


@pytest.mark.parametrize("month", ["november", "2026-13", "2026-1", "0000-01", "9999-12"])
def test_calendar_of_no_month_is_refused(month, alices_phone):
    assert alices_phone.get(f"{SESSIONS}calendar/?month={month}").status_code == 422


def test_retried_start_makes_one_session(alices_phone):
    answers = [
        alices_phone.post(f"{SESSIONS}start/", headers={"Idempotency-Key": "offline-1"})
        for _try in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert PracticeSession.objects.count() == 1


@pytest.mark.parametrize("call", ["current", "history", "stats", "calendar"])
def test_visitor_is_asked_to_sign_in(call, client, db):
    assert client.get(f"{SESSIONS}{call}/").status_code == 401


def test_browser_practises_by_its_session_cookie(alices_browser):
    answer = alices_browser.post(f"{SESSIONS}start/", content_type="application/json")
    assert answer.status_code == 201


@pytest.mark.parametrize("call", ["stats/", "calendar/", "current/"])
def test_number_of_queries_does_not_grow_with_what_was_practised(
    call, alices_phone, alice, django_assert_max_num_queries
):
    now = timezone.now()
    PracticeSession.objects.bulk_create(
        PracticeSession(user=alice, started_at=now, local_date=now.date(), time_zone="UTC")
        for _number in range(50)
    )
    with django_assert_max_num_queries(6):
        alices_phone.get(f"{SESSIONS}{call}")


def test_questions_can_be_drawn_by_category_and_level(alices_phone):
    drawn = alices_phone.get(f"{PRACTICE}questions/random/?category=interview&level=hard").json()
    assert (drawn["category"], drawn["level"]) == ("interview", "hard")
    assert alices_phone.get(f"{PRACTICE}questions/random/?role=astronaut").status_code == 404
    assert alices_phone.get(f"{PRACTICE}questions/").json()["count"] >= 150


def test_own_sequence_is_made_changed_copied_and_deleted(alices_phone, charlies_phone):
    sent = {"title": "Stand-up", "steps": [{"title": "Say it", "seconds": 60}]}
    made = alices_phone.post(f"{PRACTICE}sequences/", sent, format="json")
    assert made.status_code == 201
    address = f"{PRACTICE}sequences/{made.json()['id']}/"
    sent["steps"].append({"title": "Again", "seconds": 30})
    assert len(alices_phone.put(address, sent, format="json").json()["steps"]) == 2
    assert alices_phone.post(f"{address}duplicate/").json()["is_own"] is True
    assert charlies_phone.get(address).status_code == 404
    assert alices_phone.delete(address).status_code == 204
    assert alices_phone.get(address).status_code == 404


def test_sequence_of_the_product_is_copied_not_changed(alices_phone, sequence):
    address = f"{PRACTICE}sequences/{sequence.pk}/"
    sent = {"title": "Mine", "steps": [{"title": "Say it", "seconds": 60}]}
    assert alices_phone.put(address, sent, format="json").status_code == 403
    assert alices_phone.delete(address).status_code == 403
    copied = alices_phone.post(f"{address}duplicate/").json()
    assert [step["title"] for step in copied["steps"]] == [
        step.title for step in sequence.steps.all()
    ]
    assert alices_phone.get(f"{PRACTICE}sequences/").json()["count"] >= 9


@pytest.mark.parametrize(
    "steps", [[], [{"title": "Long", "seconds": 14_000}] * 2, [{"title": "", "seconds": 1}]]
)
def test_sequence_with_impossible_steps_is_refused(steps, alices_phone):
    sent = {"title": "Mine", "steps": steps}
    assert alices_phone.post(f"{PRACTICE}sequences/", sent, format="json").status_code == 422
