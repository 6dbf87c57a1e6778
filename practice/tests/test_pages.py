"""The pages of practice: choosing, the clock, how it went."""

import json
import re

from django.urls import reverse

from practice import services
from practice.models import Kind, PracticeSession
from speech_sessions.models import SpeechSession
from speech_sessions.tests.conftest import upload, wav


def clock_in(html: str) -> dict:
    found = re.search(r'id="practice-clock" type="application/json">(.*?)</script>', html)
    assert found
    return json.loads(found[1])


def test_page_offers_the_products_own_sequences_and_the_bare_clock(alices_browser):
    html = alices_browser.get(reverse("practice:home")).content.decode()
    assert "One table topic" in html
    assert "Just the clock" in html
    assert "Nothing practised yet this week" in html


def test_page_takes_as_many_queries_with_many_sequences_of_ones_own(
    alices_browser, alice, sequence, django_assert_max_num_queries
):
    for _number in range(12):
        services.copy_sequence(alice, sequence)
    with django_assert_max_num_queries(15):
        alices_browser.get(reverse("practice:home"))


def test_starting_leads_to_the_clock_of_that_sequence(alices_browser, sequence):
    answer = alices_browser.post(reverse("practice:start"), {"sequence": sequence.pk}, follow=True)
    clock = clock_in(answer.content.decode())
    assert len(clock["steps"]) == sequence.steps.count()
    assert clock["paused"] is False
    assert clock["elapsed"] < 60


def test_starting_what_is_not_there_is_refused_and_starts_nothing(alices_browser):
    for wanted in ("999999", "abc", "9" * 30, "²"):
        answer = alices_browser.post(reverse("practice:start"), {"sequence": wanted})
        assert answer.status_code == 404
    assert not PracticeSession.objects.exists()


def test_table_topic_shows_a_question_and_keeps_it(alices_browser, alice):
    session = services.start(alice, kind=Kind.TABLE_TOPICS)
    assert session.question.category == "table_topics"
    pages = [alices_browser.get(reverse("practice:session", args=[session.pk])) for _ in range(2)]
    assert all(session.question.text in page.content.decode() for page in pages)


def test_another_device_goes_on_where_the_first_paused(alices_browser, alice, sequence):
    session = services.start(alice, sequence)
    services.mark_step(alice, session.pk, 1, completed=True, seconds=20)
    services.pause(alice, session.pk, 31)
    clock = clock_in(
        alices_browser.get(reverse("practice:session", args=[session.pk])).content.decode()
    )
    assert (clock["paused"], clock["step"], clock["stepBegan"]) == (True, 1, 20)


def test_step_that_is_gone_back_to_begins_again_on_another_device_too(
    alices_browser, alice, sequence
):
    session = services.start(alice, sequence)
    services.mark_step(alice, session.pk, 1, completed=True, seconds=20)
    services.mark_step(alice, session.pk, 1, completed=False, seconds=35)
    clock = clock_in(
        alices_browser.get(reverse("practice:session", args=[session.pk])).content.decode()
    )
    assert (clock["step"], clock["stepBegan"], clock["took"]) == (0, 35, [])


def test_ended_session_tells_how_it_went(alices_browser, alice):
    session = services.start(alice, kind=Kind.TABLE_TOPICS)
    services.complete(alice, session.pk, services.Completion(125, "completed"))
    html = alices_browser.get(reverse("practice:session", args=[session.pk])).content.decode()
    assert "You practised for 2 min 5 s." in html
    assert "1 day in a row." in html
    assert "Nothing was recorded" in html


def test_ended_session_is_held_against_ones_own_median_from_the_third_on(alices_browser, alice):
    for seconds in (60, 100, 500, 120):
        session = services.start(alice)
        services.complete(alice, session.pk, services.Completion(seconds, "completed"))
    html = alices_browser.get(reverse("practice:session", args=[session.pk])).content.decode()
    assert "Your usual length for this is 1 min 40 s." in html


def test_recording_becomes_a_session_of_the_kind_practice_once(alices_browser, alice):
    session = services.start(alice, kind=Kind.TABLE_TOPICS)
    address = reverse("practice:recording", args=[session.pk])
    answers = [
        alices_browser.post(
            address, {"audio_file": upload(wav())}, headers={"Idempotency-Key": "take-1"}
        )
        for _try in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    recording = SpeechSession.objects.get()
    assert answers[0].json() == {"id": recording.pk, "url": recording.get_absolute_url()}
    assert recording.kind == "practice"
    assert recording.title == session.question.text[:200]
    session.refresh_from_db()
    assert session.recording == recording


def test_second_recording_of_a_practice_is_refused_and_the_first_stays(alices_browser, alice):
    session = services.start(alice)
    address = reverse("practice:recording", args=[session.pk])
    answers = [
        alices_browser.post(
            address, {"audio_file": upload(wav())}, headers={"Idempotency-Key": key}
        )
        for key in ("from-the-phone", "from-the-desk")
    ]
    assert [answer.status_code for answer in answers] == [201, 409]
    assert answers[1].json()["errors"][0]["code"] == "already_recorded"
    session.refresh_from_db()
    assert session.recording == SpeechSession.objects.get()


def test_page_without_a_server_holds_the_clock_and_no_exercise(alices_browser, alice):
    html = alices_browser.get(reverse("practice:offline")).content.decode()
    assert f'data-person="{alice.pk}"' in html
    assert "<practice-timer" in html
    assert "One table topic" not in html


def test_what_is_no_recording_is_refused_and_the_practice_stays(alices_browser, alice):
    session = services.start(alice)
    address = reverse("practice:recording", args=[session.pk])
    assert (
        alices_browser.post(address, {"audio_file": upload(b"just words", "talk.txt")}).status_code
        == 415
    )
    assert alices_browser.post(address).status_code == 400
    assert PracticeSession.objects.filter(pk=session.pk, recording=None).exists()


def test_practice_of_another_person_is_not_there(charlies_browser, alice):
    session = services.start(alice)
    for name in ("session", "recording"):
        address = reverse(f"practice:{name}", args=[session.pk])
        call = charlies_browser.get if name == "session" else charlies_browser.post
        assert call(address).status_code == 404
