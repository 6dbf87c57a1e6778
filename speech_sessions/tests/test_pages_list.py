"""The list of sessions: filters, search, sorting, pages, and doing something with many at once."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from speech_sessions.models import AnalysisRun, SpeechSession
from speech_sessions.tests.reported import reported_session

LIST = "/speech-sessions/"
BULK = "/speech-sessions/bulk/"


def make(user, title, **fields) -> SpeechSession:
    return SpeechSession.objects.create(user=user, title=title, **fields)


def titles(answer) -> list[str]:
    """The titles of the rows, from top to bottom."""
    html = answer.content.decode()
    return re.findall(r'class="row-title"><a href="[^"]+">([^<]+)</a>', html)


@pytest.fixture
def four(alice, charlie) -> dict[str, SpeechSession]:
    now = timezone.now()
    make(charlie, "Of somebody else")
    return {
        "talk": make(
            alice, "Berlin", kind="talk", date=now, duration=100, transcription="zebra crossing"
        ),
        "interview": make(
            alice, "Apples", kind="interview", date=now - timedelta(days=20), duration=300
        ),
        "analysed": make(
            alice, "Cherries", status="analyzed", date=now - timedelta(days=60), filler_count=9
        ),
        "archived": make(alice, "Dates", status="archived", date=now - timedelta(days=400)),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Berlin", "Apples", "Cherries"]),
        ("?status=any", ["Berlin", "Apples", "Cherries", "Dates"]),
        ("?status=archived", ["Dates"]),
        ("?status=analyzed", ["Cherries"]),
        ("?kind=interview", ["Apples"]),
        ("?search=zebra", ["Berlin"]),
        ("?search=cher", ["Cherries"]),
        ("?period=30", ["Berlin", "Apples"]),
        ("?ordering=title", ["Apples", "Berlin", "Cherries"]),
        ("?ordering=-duration", ["Apples", "Berlin", "Cherries"]),
        ("?ordering=date", ["Cherries", "Apples", "Berlin"]),
        ("?ordering=-filler_count", ["Cherries", "Apples", "Berlin"]),
        ("?status=nonsense&kind=what&period=1000&ordering=x", ["Berlin", "Apples", "Cherries"]),
        ("?date_after=0001-01-01&date_before=9999-12-31", ["Berlin", "Apples", "Cherries"]),
        ("?date_after=soon", ["Berlin", "Apples", "Cherries"]),
    ],
)
def test_list_shows_ones_own_sessions_that_fit(four, alices_browser, query, found):
    assert sorted(titles(alices_browser.get(LIST + query))) == sorted(found)
    if "ordering" in query:
        assert titles(alices_browser.get(LIST + query)) == found or "what" in query


def test_list_keeps_to_whole_days_between_two_dates(four, alices_browser):
    day = timezone.localdate(four["interview"].date)
    answer = alices_browser.get(LIST, {"date_after": day, "date_before": day})
    assert titles(answer) == ["Apples"]
    assert 'value="dates" selected' in answer.content.decode()


def test_list_tells_how_many_there_are_and_how_long_one_spoke(four, alices_browser):
    assert "3, 6 min 40 s of speaking" in alices_browser.get(LIST).content.decode()


def test_list_shows_the_numbers_of_a_report(alice, alices_browser):
    session = reported_session(alice, title="Quarterly review")
    html = alices_browser.get(LIST).content.decode()
    assert f"{session.report.speech_rate:.0f} <span" in html
    assert f"{session.report.fillers_per_minute:.1f} <span" in html
    assert 'data-peaks="0.10,0.80,0.40"' in html


def test_list_shows_the_rate_that_a_count_set_by_hand_gives(alice, alices_browser):
    session = reported_session(alice, title="Quarterly review")
    SpeechSession.objects.filter(pk=session.pk).update(
        filler_count=6, duration=60, hand_set=["duration", "filler_count"]
    )
    assert "6.0 <span" in alices_browser.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("state", "said"),
    [("queued", "Waiting"), ("running", "Analysing, 40 %"), ("failed", "Could not be analysed")],
)
def test_list_says_why_a_session_has_no_numbers(alice, alices_browser, state, said):
    session = make(alice, "On its way")
    session.current_run = AnalysisRun.objects.create(session=session, state=state, progress=40)
    session.save()
    assert said in alices_browser.get(LIST).content.decode()


def test_titles_are_text_and_never_markup(alice, alices_browser):
    make(alice, "<script>alert(1)</script>")
    html = alices_browser.get(LIST).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_empty_list_teaches_and_offers_one_way_to_begin(alices_browser):
    html = alices_browser.get(LIST).content.decode()
    assert "Your recordings will stand here" in html
    assert reverse("speech_sessions:create") in html
    assert 'name="search"' not in html


def test_search_without_a_hit_says_so_and_leads_back(four, alices_browser):
    html = alices_browser.get(LIST, {"search": "xylophone"}).content.decode()
    assert "No session matches." in html
    assert "Your recordings will stand here" not in html


def test_list_with_archived_sessions_only_is_not_called_empty(alice, alices_browser):
    make(alice, "Old", status="archived")
    html = alices_browser.get(LIST).content.decode()
    assert "Your recordings will stand here" not in html
    assert 'name="status"' in html


def test_list_goes_over_pages_and_keeps_the_filters(alice, alices_browser):
    for number in range(25):
        make(alice, f"Talk {number}", kind="talk")
    make(alice, "Interview", kind="interview")
    first = alices_browser.get(LIST, {"kind": "talk"})
    assert len(titles(first)) == 20
    assert "1 to 20 of 25" in first.content.decode()
    assert "?kind=talk&amp;page=2" in first.content.decode()
    assert len(titles(alices_browser.get(LIST, {"kind": "talk", "page": 2}))) == 5
    assert len(titles(alices_browser.get(LIST, {"page": "nonsense"}))) == 20


def test_scripts_get_the_results_alone(four, alices_browser):
    answer = alices_browser.get(LIST, {"kind": "interview"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert titles(answer) == ["Apples"]
    assert "<html" not in html
    assert 'id="session-total"' in html
    assert 'hx-swap-oob="true"' in html
    assert "HX-Request" in answer["Vary"]


def test_list_takes_as_many_queries_at_10_as_at_60(
    alice, alices_browser, django_assert_num_queries
):
    def sessions(count: int) -> None:
        for number in range(count):
            session = make(alice, f"Talk {number}")
            session.current_run = AnalysisRun.objects.create(session=session)
            session.save()

    sessions(10)
    alices_browser.get(LIST)
    with django_assert_num_queries(5):  # session, person, second factor, total, page
        alices_browser.get(LIST)
    sessions(50)
    with django_assert_num_queries(5):
        alices_browser.get(LIST)


def test_every_session_of_the_page_can_be_selected_without_scripts(four, alices_browser):
    html = alices_browser.get(LIST, {"select": "all"}).content.decode()
    assert html.count('name="ids"') == html.count(" checked>") == 3
    assert "Select none" in html


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [("archive", "talk", "archived"), ("restore", "archived", "pending")],
)
def test_selected_sessions_are_archived_and_restored(four, alices_browser, action, before, after):
    session = four[before]
    answer = alices_browser.post(
        BULK, {"ids": [session.pk], "action": action, "next": f"{LIST}?kind=talk"}, follow=True
    )
    assert answer.redirect_chain == [(f"{LIST}?kind=talk", 302)]
    assert f"1 session {action}d." in answer.content.decode()
    session.refresh_from_db()
    assert session.status == after


def test_deleting_asks_first_and_names_what_goes(four, alices_browser):
    ids = [four["talk"].pk, four["interview"].pk]
    asked = alices_browser.post(BULK, {"ids": ids, "action": "delete"})
    assert "Delete these 2 sessions?" in asked.content.decode()
    assert "Berlin" in asked.content.decode()
    assert SpeechSession.objects.filter(pk__in=ids).count() == 2
    alices_browser.post(BULK, {"ids": ids, "action": "delete", "confirmed": "yes"})
    assert SpeechSession.objects.filter(pk__in=ids).count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": "archive"},
        {"ids": ["x", "9" * 40, "-1", "٣"], "action": "archive"},
        {"ids": ["1"], "action": "explode"},
    ],
)
def test_selection_that_makes_no_sense_changes_nothing(four, alices_browser, data):
    answer = alices_browser.post(BULK, data, follow=True)
    assert "nothing was changed" in answer.content.decode()


def test_sessions_of_another_person_cannot_be_selected(four, charlies_browser):
    session = four["talk"]
    charlies_browser.post(BULK, {"ids": [session.pk], "action": "delete", "confirmed": "yes"})
    session.refresh_from_db()
    assert session.status == "pending"


def test_list_leads_back_only_within_this_site(four, alices_browser):
    data = {"ids": [four["talk"].pk], "action": "archive", "next": "https://example.org/"}
    assert alices_browser.post(BULK, data).url == LIST


def test_list_is_closed_to_visitors(db):
    assert Client().get(LIST).url.startswith("/accounts/login/")
