"""The page that takes a recording in: for forms and for the page's own scripts."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from speech_sessions.models import SpeechSession
from speech_sessions.tests.conftest import files_in, upload, wav
from speech_sessions.tests.reported import reported_session

NEW = "/speech-sessions/new/"
JSON = {"Accept": "application/json"}


def test_page_offers_the_recorder_and_the_upload(alices_browser):
    html = alices_browser.get(NEW).content.decode()
    assert "<voice-recorder" in html
    assert "<audio-upload" in html
    assert 'enctype="multipart/form-data"' in html


def test_page_says_where_the_recording_goes(alices_browser, settings):
    assert "Stays on this server" in alices_browser.get(NEW).content.decode()
    html = alices_browser.get(NEW, headers={"host": "localhost:8000"}).content.decode()
    assert "Stays on this computer" in html
    settings.ANALYSIS_STT_PROVIDERS = ["openai", "local"]
    settings.OPENAI_API_KEY = "key"
    assert "Written down by OpenAI" in alices_browser.get(NEW).content.decode()
    settings.OPENAI_BASE_URL = "https://speech.example.org/v1"
    assert "Written down by speech.example.org" in alices_browser.get(NEW).content.decode()


def test_page_reminds_of_what_to_practise(alice, alices_browser):
    assert "Your focus:" not in alices_browser.get(NEW).content.decode()
    session = reported_session(alice)
    drill = session.report.document["feedback"]["drill"]
    assert drill in alices_browser.get(NEW).content.decode()


def test_form_stores_the_recording_and_leads_to_its_page(alice, alices_browser):
    answer = alices_browser.post(
        NEW,
        {
            "title": "Weekly update",
            "kind": "interview",
            "language": "es",
            "date": "2026-11-20T18:04",
            "audio_file": upload(wav()),
        },
    )
    session = SpeechSession.objects.get()
    assert answer.url == session.get_absolute_url()
    assert (session.user, session.title) == (alice, "Weekly update")
    assert (session.kind, session.language) == ("interview", "es")
    assert session.date == datetime(2026, 11, 20, 18, 4, tzinfo=UTC)
    assert session.current_run.state == "queued"


def test_recording_alone_is_enough(alices_browser):
    alices_browser.post(NEW, {"audio_file": upload(wav())})
    session = SpeechSession.objects.get()
    assert (session.title, session.kind, session.language) == ("", "talk", "en")


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 400, "This file is empty."),
        (b"Dear diary, today I said nothing.", 415, "This file is not a recording"),
    ],
)
def test_refused_file_is_explained_beside_the_field_and_the_rest_stays(
    alices_browser, settings, content, status, words
):
    data = {"title": "Weekly update", "kind": "interview", "audio_file": upload(content)}
    answer = alices_browser.post(NEW, data)
    html = answer.content.decode()
    assert answer.status_code == status
    assert words in html
    assert 'id="id_audio_file_error"' in html
    assert 'value="Weekly update"' in html
    assert '<option value="interview" selected>' in html
    assert not SpeechSession.objects.exists()
    assert files_in(settings.MEDIA_ROOT) == []


def test_form_without_a_recording_says_what_to_do(alices_browser):
    answer = alices_browser.post(NEW, {"title": "Weekly update"})
    assert answer.status_code == 400
    assert "Record something or choose a file first." in answer.content.decode()


def test_scripts_are_answered_with_the_address(alices_browser):
    answer = alices_browser.post(NEW, {"audio_file": upload(wav())}, headers=JSON)
    session = SpeechSession.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {"id": session.pk, "url": session.get_absolute_url()}


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        ({}, 400, "required"),
        ({"audio_file": b""}, 400, "empty_file"),
        ({"audio_file": b"Dear diary"}, 415, "not_audio"),
    ],
)
def test_scripts_are_told_what_is_wrong_in_the_shape_of_the_api(alices_browser, data, status, code):
    files = {name: upload(content) for name, content in data.items()}
    answer = alices_browser.post(NEW, files, headers=JSON)
    (error,) = answer.json()["errors"]
    assert answer.status_code == status
    assert (error["code"], error["attr"]) == (code, "audio_file")
    assert answer.json()["detail"] == error["detail"]


def test_take_that_is_sent_twice_is_stored_once(alices_browser):
    headers = {**JSON, "Idempotency-Key": "take-1"}
    first = alices_browser.post(NEW, {"audio_file": upload(wav())}, headers=headers)
    second = alices_browser.post(NEW, {"audio_file": upload(wav())}, headers=headers)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert SpeechSession.objects.count() == 1


def test_visitor_is_led_to_sign_in_and_a_script_is_told(db):
    assert Client().get(NEW).url.startswith("/accounts/login/")
    answer = Client().post(NEW, {"audio_file": upload(wav())}, headers=JSON)
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == "not_authenticated"
    assert not SpeechSession.objects.exists()


def test_recording_needs_the_token_of_the_form(alice):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    for headers in ({}, JSON):
        answer = browser.post(NEW, {"audio_file": upload(wav())}, headers=headers)
        assert answer.status_code == 403
    assert not SpeechSession.objects.exists()
