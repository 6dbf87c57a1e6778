"""A sentence said, judged by a worker, shown, said again."""

import io
import wave

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pronunciation import judging, selectors, services
from pronunciation.models import Attempt
from pronunciation.presentation import melody_of, semitones, words_of
from pronunciation.sentences import sentences
from pronunciation.tests.results import JUDGED

TEXT = "We all had a good time."
CALL = "/api/v1/pronunciation/assess/"


def wav(samples) -> SimpleUploadedFile:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.asarray(samples, dtype="<i2").tobytes())
    return SimpleUploadedFile("sentence.wav", content.getvalue(), "audio/wav")


@pytest.fixture
def silence() -> SimpleUploadedFile:
    return wav(np.zeros(16_000))


@pytest.fixture
def reading(shared_recordings) -> SimpleUploadedFile:
    file = shared_recordings / "wideband" / "audio" / "020360017.flac"
    return SimpleUploadedFile("reading.flac", file.read_bytes(), "audio/flac")


def judged(user, **changes) -> Attempt:
    return Attempt.objects.create(
        **{"user": user, "text": "Good morning.", "language": "en", "state": "done"}
        | {"overall": 62, "result": JUDGED, "audio_type": "audio/wav"}
        | changes
    )


def test_sentence_is_judged_word_by_word_by_a_worker(alice, reading):
    attempt = services.take(alice, reading, text=TEXT, language="en")
    judging.judge(attempt.pk)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.error) == ("done", "")
    words = attempt.result["words"]
    assert [word["text"] for word in words] == ["We", "all", "had", "a", "good", "time."]
    assert {word["verdict"] for word in words} <= {"said", "unclear"}
    assert attempt.overall > 50
    assert attempt.heard_by
    assert melody_of(attempt).own


def test_attempt_is_judged_once(alice, silence):
    attempt = services.take(alice, silence, text=TEXT, language="en")
    judging.judge(attempt.pk)
    Attempt.objects.filter(pk=attempt.pk).update(error="kept")
    judging.judge(attempt.pk)
    attempt.refresh_from_db()
    assert attempt.error == "kept"


def test_silent_attempt_fails_and_says_why(alices_browser, alice, silence):
    attempt = services.take(alice, silence, text=TEXT, language="en")
    judging.judge(attempt.pk)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.error) == ("failed", "silent")
    page = alices_browser.get(reverse("pronunciation:attempt", args=(attempt.pk,)))
    assert "silent" in page.content.decode()


def test_attempt_whose_worker_died_is_sent_again(alice, silence):
    attempt = services.take(alice, silence, text=TEXT, language="en")
    assert judging.waiting() == []
    Attempt.objects.update(created_at=attempt.created_at - judging.RESEND_AFTER)
    assert judging.waiting() == [attempt.pk]


def test_call_answers_202_where_the_worker_takes_long(alices_phone, silence, settings):
    settings.PRONUNCIATION_WAIT_SECONDS = 0
    answer = alices_phone.post(
        CALL, {"audio": silence, "text": TEXT, "language": "English"}, format="multipart"
    )
    assert answer.status_code == 202, answer.content
    assert (answer.data["state"], answer.data["language"]) == ("waiting", "en")
    judging.judge(answer.data["id"])
    later = alices_phone.get(answer.headers["Location"])
    assert later.data["state"] == "failed"
    assert "silent" in later.data["error"]


@pytest.mark.parametrize(
    ("text", "sound", "status", "code"),
    [
        ("…", b"RIFF", 400, "no_words"),
        (TEXT, b"no sound", 415, "not_audio"),
        (TEXT, b"", 400, "empty"),
    ],
)
def test_call_refuses_what_cannot_be_said_or_heard(alices_phone, text, sound, status, code):
    file = SimpleUploadedFile("sentence.wav", sound)
    answer = alices_phone.post(CALL, {"audio": file, "text": text}, format="multipart")
    assert (answer.status_code, answer.data["errors"][0]["code"]) == (status, code)


def test_call_refuses_what_is_too_large(alices_phone, silence, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    answer = alices_phone.post(CALL, {"audio": silence, "text": TEXT}, format="multipart")
    assert answer.status_code == 413


@pytest.mark.usefixtures("valkey")
def test_nobody_has_more_heard_in_a_day_than_there_is(
    alices_phone, alices_browser, alice, bob, reading, silence, settings
):
    settings.SPEECH_DAILY_SECONDS = 2
    judging.judge(services.take(alice, reading, text=TEXT, language="en").pk)

    sent = {"audio": silence, "text": TEXT, "language": "en"}
    answer = alices_phone.post(CALL, sent, format="multipart")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (429, "daily_limit")
    assert int(answer["Retry-After"]) > 0
    silence.seek(0)
    page = alices_browser.post(reverse("pronunciation:take"), sent)
    assert page.status_code == 429
    assert "Come back tomorrow" in page.text
    silence.seek(0)
    assert services.take(bob, silence, text=TEXT, language="en").pk


def test_call_stands_without_the_prefix_too(alices_phone):
    assert alices_phone.post("/pronunciation/assess", {}, format="multipart").status_code == 400


def test_attempt_is_deleted_with_its_recording(alices_phone, alice, silence):
    attempt = services.take(alice, silence, text=TEXT, language="en")
    storage, name = attempt.audio.storage, attempt.audio.name
    assert storage.exists(name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda act, robust: act())
        gone = alices_phone.delete(f"/api/v1/pronunciation/attempts/{attempt.pk}/")
    assert gone.status_code == 204
    assert not storage.exists(name)


def test_page_shows_words_beside_the_last_try(alices_browser, alice):
    judged(alice, overall=40)
    attempt = judged(alice)
    page = alices_browser.get(reverse("pronunciation:attempt", args=(attempt.pk,)))
    text = page.content.decode()
    assert "62 of 100" in text
    assert "The last try came to 40" in text
    assert "We understood “evening”" in text
    assert "/ʊ/ sounded like /u/" in text


def test_words_of_another_text_are_not_compared(alice):
    before = judged(alice, result=JUDGED | {"words": []})
    assert [word.before for word in words_of(judged(alice), before)] == [None, None]


def test_melody_is_in_semitones_from_ones_own_middle(alice):
    melody = melody_of(judged(alice))
    assert melody.own[0] == (0.0, 0.0)
    assert melody.own[2] == (0.064, 2.0)
    assert melody.own[3] == (0.096, None)
    assert melody.model == []


def test_two_voiced_moments_are_no_melody():
    assert semitones([0.0, 100.0, 110.0], 0.032) == []


def test_sentences_of_words_and_said_before_are_offered(alices_browser, alice):
    alice.cards.create(
        language="English", language_code="en", word="tram", sentence="The tram is late."
    )
    judged(alice)
    text = alices_browser.get(reverse("pronunciation:home")).content.decode()
    assert "The tram is late." in text
    assert "Good morning." in text


def test_sentences_of_another_language_whose_code_begins_alike_are_not_offered(alice):
    for code, sentence in (("fil", "Mabuhay kayo."), ("fi-FI", "Hyvää huomenta.")):
        alice.cards.create(language=code, language_code=code, word=code, sentence=sentence)
    assert selectors.sentences_of_words(alice, "fi") == ["Hyvää huomenta."]


def test_chosen_sentence_can_be_said(alices_browser):
    page = alices_browser.get(reverse("pronunciation:home"), {"text": TEXT, "language": "en"})
    assert "say-sentence" in page.content.decode()


def test_sending_a_file_without_script_leads_to_its_attempt(alices_browser, silence):
    sent = {"audio": silence, "text": TEXT, "language": "en"}
    answer = alices_browser.post(reverse("pronunciation:take"), sent)
    attempt = Attempt.objects.get()
    assert answer.headers["Location"] == reverse("pronunciation:attempt", args=(attempt.pk,))
    page = alices_browser.get(answer.headers["Location"])
    assert page.headers["Refresh"] == "1"


def test_file_that_is_no_sound_is_refused_on_the_page(alices_browser):
    file = SimpleUploadedFile("note.txt", b"no sound at all")
    sent = {"audio": file, "text": TEXT, "language": "en"}
    answer = alices_browser.post(reverse("pronunciation:take"), sent)
    assert answer.status_code == 415
    assert not Attempt.objects.exists()


def test_provided_sentences_are_graded_and_short_enough():
    assert {sentence.level for sentence in sentences()} == {"A1", "A2", "B1", "B2", "C1"}
    assert len({sentence.text for sentence in sentences()}) == len(sentences())


def test_model_voice_is_played_while_it_is_kept(alices_browser, alice, silence):
    path = default_storage.save("speech/model.wav", silence)
    attempt = judged(alice, result=JUDGED | {"model": {"path": path, "pitch": []}})
    address = reverse("pronunciation:model", args=(attempt.pk,))
    assert alices_browser.get(address).headers["Content-Type"] == "audio/wav"
    default_storage.delete(path)
    assert alices_browser.get(address).status_code == 404
