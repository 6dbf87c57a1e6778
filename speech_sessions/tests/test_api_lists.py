"""Lists: filters, order, pages, changes since, staff, bulk actions, analytics."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import SecurityEvent, User
from conftest import api_client_of
from speech_sessions.models import SpeechSession
from speech_sessions.tests.conftest import upload, wav

BASE = "/api/v1/speech-sessions/"


@pytest.fixture
def three(alice):
    """A talk, an interview and an archived conversation, a day apart, the last the newest."""
    facts = [
        ("Opening words", "talk", "pending", 300, "2026-11-01T10:00:00Z"),
        ("Second round", "interview", "analyzed", 100, "2026-11-02T10:00:00Z"),
        ("Lunch", "conversation", "archived", 200, "2026-11-03T10:00:00Z"),
    ]
    return [
        SpeechSession.objects.create(
            user=alice, title=title, kind=kind, status=status, duration=duration, date=date
        )
        for title, kind, status, duration, date in facts
    ]


def titles(client, query="") -> list[str]:
    response = client.get(f"{BASE}{query}")
    assert response.status_code == 200, response.content
    return [session["title"] for session in response.json()["results"]]


def test_list_holds_ones_own_sessions_newest_first(three, alices_phone, charlies_phone):
    assert titles(alices_phone) == ["Lunch", "Second round", "Opening words"]
    assert titles(charlies_phone) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?status=pending", ["Opening words"]),
        ("?kind=interview", ["Second round"]),
        ("?kind=read-aloud", []),
        ("?date_after=2026-11-02", ["Lunch", "Second round"]),
        ("?date_before=2026-11-02", ["Second round", "Opening words"]),
        ("?date_after=2026-11-02&date_before=2026-11-02", ["Second round"]),
        ("?date_after=2026-11-02T10:00:01Z", ["Lunch"]),
        ("?date_before=2026-11-02T11:00:00%2B02:00", ["Opening words"]),
        ("?date_before=2026-11-02T11:00:00+02:00", ["Opening words"]),
        ("?search=open", ["Opening words"]),
        ("?search=nowhere", []),
        ("?search=%22*()%20OR", []),
        ("?ordering=duration", ["Second round", "Lunch", "Opening words"]),
        ("?ordering=-duration", ["Opening words", "Lunch", "Second round"]),
        ("?ordering=title", ["Lunch", "Opening words", "Second round"]),
        ("?status=&kind=&search=&ordering=", ["Lunch", "Second round", "Opening words"]),
        ("?unknown=1", ["Lunch", "Second round", "Opening words"]),
    ],
)
def test_filter_finds(three, alices_phone, query, found):
    assert titles(alices_phone, query) == found


@pytest.mark.parametrize(
    ("query", "attr"),
    [
        ("status=done", "status"),
        ("kind=sermon", "kind"),
        ("ordering=password", "ordering"),
        ("date_after=soon", "date_after"),
        ("date_before=2026-02-30", "date_before"),
        ("date_after=0001-01-01T00:00:00%2B14:00", "date_after"),
        ("updated_after=yesterday", "updated_after"),
        ("search=a%00b", "search"),
        ("language=%00", "language"),
        ("kind=%00", "kind"),
        ("search=" + "x" * 1001, "search"),
    ],
)
def test_filter_that_makes_no_sense_is_400_and_names_itself(alices_phone, query, attr):
    response = alices_phone.get(f"{BASE}?{query}")
    assert response.status_code == 400
    assert response.json()["type"] == "validation_error"
    assert response.json()["errors"][0]["attr"] == attr


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["date_after", "date_before", "updated_after"])
def test_days_at_the_ends_of_time_are_no_crash(alices_phone, alice, name, day):
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        alice.time_zone = zone
        alice.save()
        assert alices_phone.get(f"{BASE}?{name}={day}").status_code in {200, 400}


def test_wrong_choice_is_told_what_there_is(alices_phone):
    detail = alices_phone.get(f"{BASE}?status=done").json()["detail"]
    assert "pending, analyzed, archived" in detail


def test_pages_are_linked(three, alices_phone):
    first = alices_phone.get(f"{BASE}?page_size=2").json()
    assert set(first) == {"count", "next", "previous", "results"}
    assert first["count"] == 3
    assert first["previous"] is None
    assert len(first["results"]) == 2
    second = alices_phone.get(first["next"]).json()
    assert second["next"] is None
    assert len(second["results"]) == 1


def test_page_size_has_a_limit(alices_phone, alice):
    SpeechSession.objects.bulk_create(SpeechSession(user=alice) for _ in range(120))
    assert len(alices_phone.get(f"{BASE}?page_size=5000").json()["results"]) == 100
    assert len(alices_phone.get(f"{BASE}?page_size=nonsense").json()["results"]) == 20


@pytest.mark.parametrize("page", ["0", "99", "-1", "x", "9" * 40])
def test_page_that_is_not_there_is_404(alices_phone, page):
    assert alices_phone.get(f"{BASE}?page={page}").status_code == 404


def test_list_takes_as_many_queries_at_10_as_at_60(alices_phone, alice, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(2):
        for number in range(10 if not counts else 50):
            fields = {"duration": 60, "transcription": f"Good morning {number}"}
            assert alices_phone.post(BASE, fields).status_code == 201
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = alices_phone.get(f"{BASE}?page_size=100&search=good").json()
        counts.append(len(queries))
    assert page["count"] == 60
    assert counts[0] == counts[1] <= 4


def test_list_that_did_not_change_is_304(three, alices_phone):
    etag = alices_phone.get(BASE)["ETag"]
    assert alices_phone.get(BASE, headers={"If-None-Match": etag}).status_code == 304
    assert (
        alices_phone.get(f"{BASE}?page_size=1", headers={"If-None-Match": etag}).status_code == 200
    )


def test_changes_since_come_with_tombstones_after_them(three, alices_phone):
    moment = timezone.now()
    assert titles(alices_phone, f"?updated_after={moment:%Y-%m-%dT%H:%M:%S.%fZ}") == []
    alices_phone.patch(f"{BASE}{three[0].pk}/", {"title": "Changed"})
    alices_phone.delete(f"{BASE}{three[1].pk}/")
    answer = alices_phone.get(f"{BASE}?updated_after={moment.isoformat()}").json()
    assert answer["count"] == 2
    assert answer["results"][0]["title"] == "Changed"
    tombstone = answer["results"][1]
    assert set(tombstone) == {"id", "deleted_at"}
    assert tombstone["id"] == three[1].pk
    assert tombstone["deleted_at"].endswith("Z")


def test_changes_since_are_paged_across_both_kinds(three, alices_phone):
    moment = (timezone.now() - timedelta(hours=1)).isoformat()
    alices_phone.delete(f"{BASE}{three[2].pk}/")
    seen = []
    address = f"{BASE}?updated_after={moment.replace('+', '%2B')}&page_size=1"
    while address:
        page = alices_phone.get(address).json()
        assert page["count"] == 3
        seen += [item["id"] for item in page["results"]]
        address = page["next"]
    assert sorted(seen) == sorted(session.pk for session in three)
    assert seen[-1] == three[2].pk


def test_changes_of_somebody_else_stay_theirs(three, alices_phone, charlies_phone):
    alices_phone.delete(f"{BASE}{three[0].pk}/")
    assert charlies_phone.get(f"{BASE}?updated_after=2000-01-01").json()["count"] == 0


@pytest.fixture
def staff(db):
    """Somebody of the staff, who may see sessions."""
    user = User.objects.create_user("staff@example.org", "a quiet morning in May", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_speechsession"))
    return api_client_of(user, second_factor=True)


def test_staff_see_the_list_of_the_person_they_name(three, alice, staff):
    assert titles(staff) == []
    assert len(titles(staff, f"?user={alice.pk}")) == 3
    assert staff.get(f"{BASE}{three[0].pk}/?user={alice.pk}").status_code == 200
    assert staff.get(f"{BASE}analytics/?user={alice.pk}").json()["totals"]["sessions"] == 3


def test_staff_do_not_get_what_somebody_said_in_passing(alice, alices_phone, staff):
    fields = {"audio_file": upload(wav()), "transcription": "Between us."}
    session = alices_phone.post(BASE, fields, format="multipart").json()
    seen = staff.get(f"{BASE}{session['id']}/?user={alice.pk}")
    assert b"Between us" not in seen.content
    for call in ("audio/", "clip/?start=0&end=1", "report/", "events/", "peaks/"):
        assert staff.get(f"{BASE}{session['id']}/{call}").status_code == 404
    assert not SecurityEvent.objects.filter(user=alice).exists()


def test_owner_sees_once_an_hour_which_staff_opened_a_recording(alice, alices_phone, staff):
    fields = {"audio_file": upload(wav()), "title": "Between us"}
    session = alices_phone.post(BASE, fields, format="multipart").json()
    address = f"{BASE}{session['id']}/audio/?user={alice.pk}"

    for minutes, lines in ((0, 1), (59, 1), (61, 2)):
        with time_machine.travel(time.time() + minutes * 60, tick=False):
            assert staff.get(address).status_code == 200
        opened = SecurityEvent.objects.filter(user=alice, kind="opened_by_staff")
        assert opened.count() == lines
    assert opened[0].actor.email == "staff@example.org"
    assert opened[0].detail == {"session": session["id"], "name": "Between us"}
    assert opened[0].address is None
    assert alices_phone.get(f"{BASE}{session['id']}/audio/").status_code == 200
    assert opened.count() == 2


def test_staff_without_the_permission_open_nothing(alice, alices_phone, bob):
    fields = {"audio_file": upload(wav())}
    session = alices_phone.post(BASE, fields, format="multipart").json()
    bob.is_staff = True
    bob.save()
    bobs_phone = api_client_of(bob, second_factor=True)

    for call in ("audio/", "report/", "events/", "peaks/"):
        address = f"{BASE}{session['id']}/{call}?user={alice.pk}"
        assert bobs_phone.get(address).status_code == 403
    assert not SecurityEvent.objects.filter(user=alice).exists()


def test_staff_without_the_permission_to_change_may_not(three, alice, staff):
    address = f"{BASE}{three[0].pk}/?user={alice.pk}"
    assert staff.patch(address, {"title": "x"}).status_code == 403
    assert staff.delete(address).status_code == 403


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "٣", "9" * 30])
def test_user_that_is_no_id_is_400(staff, value):
    assert staff.get(f"{BASE}?user={value}").status_code == 400


def test_user_that_is_nobody_is_404(staff):
    assert staff.get(f"{BASE}?user=999999").status_code == 404


def test_nobody_else_may_name_another_person(three, alice, charlie, charlies_phone):
    assert charlies_phone.get(f"{BASE}?user={alice.pk}").status_code == 403
    assert charlies_phone.get(f"{BASE}?user={charlie.pk}").status_code == 200
    charlie.is_staff = True
    charlie.save()
    assert charlies_phone.get(f"{BASE}?user={alice.pk}").status_code == 403


def bulk(client, **body):
    return client.post(f"{BASE}bulk_update/", body)


def test_bulk_archive_and_restore_answer_for_each(three, alices_phone):
    ids = [three[0].pk, three[1].pk]
    response = bulk(alices_phone, ids=ids, action="archive")
    assert response.status_code == 200
    assert response.json() == {"results": [{"id": pk, "ok": True} for pk in ids]}
    assert set(SpeechSession.objects.values_list("status", flat=True)) == {"archived"}
    bulk(alices_phone, ids=ids, action="restore")
    assert SpeechSession.objects.filter(status="pending").count() == 2


def test_bulk_tells_which_are_not_there_or_not_ones_own(three, charlies_phone):
    response = bulk(charlies_phone, ids=[three[0].pk, 999_999], action="delete")
    results = response.json()["results"]
    assert [result["ok"] for result in results] == [False, False]
    assert all(result["error"] for result in results)
    assert SpeechSession.objects.count() == 3


def test_bulk_tags_and_deletes(three, alices_phone):
    bulk(alices_phone, ids=[three[0].pk], action="tag", tag="work")
    assert SpeechSession.objects.get(pk=three[0].pk).tags == ["work"]
    bulk(alices_phone, ids=[session.pk for session in three], action="delete")
    assert not SpeechSession.objects.exists()


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({}, "ids"),
        ({"ids": [], "action": "archive"}, "ids"),
        ({"ids": "1,2", "action": "archive"}, "ids"),
        ({"ids": ["x"], "action": "archive"}, "ids.0"),
        ({"ids": [10**30], "action": "archive"}, "ids.0"),
        ({"ids": [0], "action": "archive"}, "ids.0"),
        ({"ids": [None], "action": "archive"}, "ids.0"),
        ({"ids": list(range(1, 502)), "action": "archive"}, "ids"),
        ({"ids": [1]}, "action"),
        ({"ids": [1], "action": "burn"}, "action"),
        ({"ids": [1], "action": "tag"}, "tag"),
        ({"ids": [1], "action": "tag", "tag": " "}, "tag"),
        ({"ids": [1], "action": "tag", "tag": "x" * 51}, "tag"),
        ({"ids": [1], "action": "tag", "tag": "\x00"}, "tag"),
    ],
)
def test_bulk_that_makes_no_sense_is_400(alices_phone, body, attr):
    response = alices_phone.post(f"{BASE}bulk_update/", body)
    assert response.status_code == 400
    assert attr in {error["attr"] for error in response.json()["errors"]}


def test_bulk_takes_as_many_queries_for_many_as_for_few(alices_phone, alice):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    bulk(alices_phone, ids=[1], action="archive")  # the first use of a token is written down
    for size in (2, 50):
        made = [SpeechSession.objects.create(user=alice).pk for _ in range(size)]
        with CaptureQueriesContext(connection) as queries:
            bulk(alices_phone, ids=made, action="archive")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_analytics_of_nothing_is_whole_and_empty(alices_phone):
    numbers = alices_phone.get(f"{BASE}analytics/").json()
    assert set(numbers) == {
        *("totals", "averages", "series", "trends", "this_month_vs_last", "highlights"),
        "measured_otherwise",
    }
    assert numbers["totals"] == {"sessions": 0, "seconds": 0, "words": 0, "fillers": 0}
    assert numbers["series"] == []


def test_analytics_looks_at_the_stretch_asked_for(three, alices_phone):
    numbers = alices_phone.get(
        f"{BASE}analytics/?from=2026-11-02&to=2026-11-03&bucket=day&kind=interview"
    ).json()
    assert numbers["totals"]["sessions"] == 1
    assert numbers["totals"]["seconds"] == 100
    assert [row["bucket"] for row in numbers["series"]] == ["2026-11-02"]


@pytest.mark.parametrize(
    "query", ["bucket=year", "from=soon", "to=x", "kind=sermon", "language=%00", "from=%00"]
)
def test_analytics_that_makes_no_sense_is_400(alices_phone, query):
    response = alices_phone.get(f"{BASE}analytics/?{query}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == query.split("=")[0]
