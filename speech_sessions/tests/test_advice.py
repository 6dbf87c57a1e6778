"""What a report advises, as it is stored, shown and answered by the API."""

import itertools
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from speech_sessions import selectors, services
from speech_sessions.tests.conftest import run_to_the_end
from speech_sessions.tests.reported import reported_session
from verbalcoach.tests.test_pages import text_of

# Real commits: a lease is renewed from a thread, and events are told after the commit.
pytestmark = pytest.mark.django_db(transaction=True)
PARTS = ("strength", "focus", "why", "drill", "goal", "comparison")
TEXT = "Um, so I think, um, that we should, you know, begin. Uh, it is time. " * 5


def analysed(user, text=TEXT, **fields):
    session = services.create_record(user, duration=60, transcription=text, **fields)
    run_to_the_end(session.current_run)
    return selectors.session_of(user, session.pk)


def advice_of(session):
    feedback = selectors.report_document(session)["feedback"]
    return {part: feedback[part] for part in PARTS if feedback[part]}


@pytest.mark.parametrize("same_moment", [False, True])
def test_advice_is_never_given_in_the_same_words_twice_in_a_row(alice, same_moment):
    now = timezone.now()
    said = [
        advice_of(
            analysed(
                alice,
                kind=kind,
                date=now if same_moment else now + timedelta(minutes=place),
            )
        )
        for place, kind in enumerate(("talk", "interview", "talk", "talk", "conversation"))
    ]
    assert all(len(sentences) >= 5 for sentences in said)
    for one, following in itertools.pairwise(said):
        assert not set(one.values()) & set(following.values())


def test_drill_suits_the_kind_of_speech(alice):
    drills = [
        advice_of(analysed(alice, kind=kind, date=timezone.now() - timedelta(days=days)))["drill"]
        for days, kind in enumerate(("talk", "interview", "read_aloud"))
    ]
    assert len(set(drills)) == 3


def test_numbers_are_compared_with_recordings_of_the_same_kind_and_language(alice, alices_browser):
    now = timezone.now()
    for days in (5, 4, 3):
        analysed(alice, date=now - timedelta(days=days), kind="interview")
    analysed(alice, date=now - timedelta(days=2), language="de")
    alone = analysed(alice, date=now - timedelta(days=1))
    assert "three earlier recordings" in advice_of(alone)["comparison"]
    assert "Your last recordings" not in text_of(alices_browser.get(alone.get_absolute_url()))
    fourth = analysed(alice, date=now, kind="interview")
    assert re.search(r"last 3\b", advice_of(fourth)["comparison"])
    assert "Your last recordings" in text_of(alices_browser.get(fourth.get_absolute_url()))


def test_page_sets_the_number_beside_ones_own_last_five(alice, alices_browser):
    now = timezone.now()
    for days in range(7, 0, -1):
        reported_session(alice, date=now - timedelta(days=days))
    session = reported_session(alice, date=now)
    html = alices_browser.get(session.get_absolute_url()).content.decode()
    shown = re.search(r"Your last recordings:.*?</p>", html, re.DOTALL)[0]
    assert len(re.findall(r"\d+(?:\.\d)?(?= ·|</b>)", shown)) == 6


def test_page_shows_all_that_the_api_answers_and_plays_the_clip_to_its_end(
    alice, alices_browser, alices_phone
):
    session = reported_session(alice)
    feedback = alices_phone.get(f"/api/v1/speech-sessions/{session.pk}/report/").json()["feedback"]
    html = alices_browser.get(session.get_absolute_url()).content.decode()
    page = text_of(alices_browser.get(session.get_absolute_url()))
    for part in PARTS:
        assert feedback[part] in page, part
    start, end = feedback["clip"]
    assert 0 <= start < end <= selectors.report_document(session)["duration_seconds"]
    assert f'data-until="{end:.2f}" data-seek="{start:.2f}"' in html
    assert feedback["measure"]
    assert {"strength", "focus", "why", "drill", "goal"} <= set(feedback["messages"])


def test_recording_too_short_for_rates_is_given_no_advice(alice, alices_browser):
    session = analysed(alice, "Um, hello there.")
    assert advice_of(session) == {}
    page = text_of(alices_browser.get(session.get_absolute_url()))
    assert "Keep this" not in page
    assert "Next goal" not in page
