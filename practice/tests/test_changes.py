"""What other devices learn over HTTP: changes since, what is gone, ETags, fewer fields."""

import pytest
from django.utils import timezone

from practice import services
from practice.models import PracticeDay, PracticeRun, PracticeSession
from practice.tests.conftest import PRACTICE, SESSIONS
from speech_sessions.models import SpeechSession
from speech_sessions.tests.conftest import upload, wav

HISTORY = f"{SESSIONS}history/"
SEQUENCES = f"{PRACTICE}sequences/"


def practised(user, seconds=60, status="completed"):
    session = services.start(user)
    return services.complete(user, session.pk, services.Completion(seconds, status))


def test_deleted_session_leaves_totals_calendar_and_streak_and_keeps_its_recording(
    alices_phone, alice
):
    session = services.start(alice)
    services.keep_recording(session, upload(wav()))
    services.complete(alice, session.pk, services.Completion(100, "completed"))
    other = practised(alice, 50)
    assert alices_phone.delete(f"{SESSIONS}{session.pk}/").status_code == 204
    assert alices_phone.delete(f"{SESSIONS}{session.pk}/").status_code == 404
    stats = alices_phone.get(f"{SESSIONS}stats/").json()
    assert stats["statistics"]["total_practice_time_seconds"] == 50
    assert stats["by_month"][-1]["seconds"] == 50
    assert PracticeDay.objects.get().first_at == other.started_at
    assert SpeechSession.objects.exists()
    alices_phone.delete(f"{SESSIONS}{other.pk}/")
    assert alices_phone.get(f"{SESSIONS}stats/").json()["streak"]["current"] == 0
    assert not PracticeDay.objects.exists()
    assert not PracticeRun.objects.exists()


def test_open_session_is_deleted_without_touching_the_days(alices_phone, alice, started):
    practised(alice)
    day = PracticeDay.objects.values().get()
    assert alices_phone.delete(f"{SESSIONS}{started}/").status_code == 204
    assert PracticeDay.objects.values().get() == day


def test_session_of_another_person_is_not_deleted(charlies_phone, started):
    assert charlies_phone.delete(f"{SESSIONS}{started}/").status_code == 403
    assert PracticeSession.objects.filter(pk=started).exists()


def test_changes_since_a_moment_end_with_what_is_gone(alices_phone, alice):
    old, gone, changed = (practised(alice) for _number in range(3))
    moment = timezone.now().isoformat()
    services.write_notes(changed, notes="Later.")
    fresh = services.start(alice)
    services.delete_session(alice, gone.pk)
    found = alices_phone.get(HISTORY, {"updated_after": moment}).json()
    assert found["count"] == 3
    assert [each.get("session_id") for each in found["results"]] == [changed.pk, fresh.pk, None]
    assert found["results"][2]["id"] == gone.pk
    assert found["results"][2]["deleted_at"].endswith("Z")
    assert old.pk not in {each.get("session_id") for each in found["results"]}
    assert alices_phone.get(HISTORY).json()["count"] == 3


def test_other_peoples_deletions_are_not_told(charlies_phone, alice, started):
    services.delete_session(alice, started)
    found = charlies_phone.get(HISTORY, {"updated_after": "2020-01-01"}).json()
    assert found["results"] == []


def test_sequences_tell_what_changed_and_which_of_ones_own_are_gone(
    alices_phone, charlies_phone, alice, sequence
):
    own = services.copy_sequence(alice, sequence)
    session = services.start(alice, own)
    moment = timezone.now().isoformat()
    kept = services.copy_sequence(alice, sequence)
    assert alices_phone.delete(f"{SEQUENCES}{own.pk}/").status_code == 204
    found = alices_phone.get(SEQUENCES, {"updated_after": moment}).json()["results"]
    assert [each["id"] for each in found] == [kept.pk, own.pk]
    assert set(found[1]) == {"id", "deleted_at"}
    assert charlies_phone.get(SEQUENCES, {"updated_after": moment}).json()["results"] == []
    # The session practised with it changed too: it names no sequence any more.
    changed = alices_phone.get(HISTORY, {"updated_after": moment}).json()["results"]
    assert [(each["session_id"], each["sequence_id"]) for each in changed] == [(session.pk, None)]


@pytest.mark.parametrize("address", [HISTORY, SEQUENCES, f"{SESSIONS}current/"])
def test_list_or_detail_that_is_at_hand_is_not_sent_again(address, alices_phone, started):
    first = alices_phone.get(address)
    headers = {"If-None-Match": first["ETag"]}
    assert alices_phone.get(address, headers=headers).status_code == 304
    alices_phone.put(f"{SESSIONS}{started}/pause/", {"duration_so_far": 9})
    again = alices_phone.get(address, headers=headers).status_code
    assert again == (304 if address == SEQUENCES else 200)


def test_only_the_fields_asked_for_are_sent(alices_phone, started):
    query = {"fields": "session_id,steps"}
    assert alices_phone.get(HISTORY, query).json()["results"] == [
        {"session_id": started, "steps": []}
    ]
    assert set(alices_phone.get(f"{SESSIONS}{started}/", query).json()) == {"session_id", "steps"}
    assert alices_phone.get(HISTORY, {"fields": "password"}).status_code == 422
    sequence = alices_phone.get(SEQUENCES, {"fields": "id,title"}).json()["results"][0]
    assert set(sequence) == {"id", "title"}


@pytest.mark.parametrize(
    "query",
    ["updated_after=then", "ordering=notes", "date_after=soon", "kind=singing", "status=done"],
)
def test_history_that_cannot_be_had_so_is_refused(query, alices_phone):
    assert alices_phone.get(f"{HISTORY}?{query}").status_code == 422


def test_history_is_ordered_and_cut_by_days(alices_phone, alice):
    for seconds in (30, 10, 20):
        practised(alice, seconds)

    def lengths(query):
        found = alices_phone.get(f"{HISTORY}?{query}&fields=duration_seconds").json()
        return [each["duration_seconds"] for each in found["results"]]

    assert lengths("ordering=duration_seconds") == [10, 20, 30]
    assert lengths("ordering=-duration_seconds") == [30, 20, 10]
    assert lengths("date_after=2999-01-01") == []
    assert lengths("date_before=2999-01-01&kind=free") == [20, 10, 30]


def test_history_takes_as_many_queries_however_much_there_is(
    alices_phone, alice, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    practised(alice)
    address = f"{HISTORY}?updated_after=2020-01-01"
    alices_phone.get(address)
    with CaptureQueriesContext(connection) as few:
        alices_phone.get(address)
    for _number in range(9):
        practised(alice)
    with django_assert_num_queries(len(few)):
        alices_phone.get(address)


def test_moment_of_a_break_is_taken_from_the_client_within_bounds(alices_phone, started):
    address = f"{SESSIONS}{started}/"
    sent = {"duration_so_far": 1, "at": "2999-01-01T00:00:00Z"}
    assert alices_phone.put(f"{address}pause/", sent, format="json").status_code == 422
    PracticeSession.objects.filter(pk=started).update(
        started_at=timezone.now() - timezone.timedelta(minutes=10)
    )
    at = [(timezone.now() - timezone.timedelta(minutes=ago)).isoformat() for ago in (8, 3)]
    alices_phone.put(f"{address}pause/", {"duration_so_far": 120, "at": at[0]}, format="json")
    alices_phone.put(f"{address}resume/", {"at": at[1]}, format="json")
    end = {"session_id": started, "duration_seconds": 300, "completion_status": "completed"}
    alices_phone.post(f"{SESSIONS}complete/", end, format="json")
    found = alices_phone.get(address).json()
    assert 299 <= found["elapsed_seconds"] <= 302
