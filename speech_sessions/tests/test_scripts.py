"""The text of a read-aloud: taken by page and API, held against what was said."""

import pytest

from speech_sessions import services
from speech_sessions.models import AnalysisRun, SpeechSession
from speech_sessions.pipeline.engine_options import options_of
from speech_sessions.tests.conftest import upload, wav

pytestmark = pytest.mark.django_db

TEXT = "The north wind and the sun argued about which of them was the stronger."


def test_a_text_to_read_comes_with_a_recording_by_the_page(alices_browser):
    facts = {"kind": "read_aloud", "language": "en", "script": TEXT}
    alices_browser.post("/speech-sessions/new/", {**facts, "audio_file": upload(wav())})
    session = SpeechSession.objects.get()
    assert (session.script, options_of(session).reference) == (TEXT, TEXT)


def test_other_kinds_of_speech_are_held_against_no_text(alice):
    session = SpeechSession(user=alice, kind="talk", script=TEXT)
    assert options_of(session).reference is None
    session.kind, session.script = "read_aloud", "  "
    assert options_of(session).reference is None


def test_another_text_is_measured_anew(alices_browser, alice):
    session = services.create_record(
        alice, duration=20, transcription=TEXT, kind="read_aloud", script=TEXT
    )
    AnalysisRun.objects.update(state=AnalysisRun.State.DONE)
    services.update_session(session, {"script": TEXT.upper()})
    assert session.runs.count() == 2
    assert SpeechSession.objects.get().script == TEXT.upper()


def test_the_api_takes_and_gives_the_text_and_refuses_one_too_long(alices_phone):
    sent = {"duration": 20, "kind": "read_aloud", "script": TEXT}
    answer = alices_phone.post("/api/v1/speech-sessions/", sent, format="json")
    assert answer.json()["script"] == TEXT
    address = f"/api/v1/speech-sessions/{answer.json()['id']}/"
    assert alices_phone.patch(address, {"script": ""}, format="json").json()["script"] == ""
    refused = alices_phone.patch(address, {"script": "a" * 20_001}, format="json")
    assert (refused.status_code, refused.json()["errors"][0]["attr"]) == (400, "script")
