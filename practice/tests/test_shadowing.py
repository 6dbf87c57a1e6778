"""Shadowing: phrases said after a voice, their times and their recording."""

import json

import pytest
from django.urls import reverse

from practice import services
from practice.models import PracticeSession, Sequence, ShadowedPhrase
from practice.results.phrases import Phrase, accuracy, readings
from speech_sessions.models import SpeechSession
from speech_sessions.tests.conftest import upload, wav

SAID = {
    "done": [1, 3],
    "duration_seconds": 40,
    "completion_status": "abandoned",
    "phrases": [
        {"number": 1, "model_seconds": 2.0, "own_seconds": 2.5},
        {"number": 3, "model_seconds": None, "own_seconds": 3.0},
        {"number": 77, "model_seconds": None, "own_seconds": 3.0},
    ],
}


@pytest.fixture
def spanish(alice) -> PracticeSession:
    return services.start(alice, Sequence.objects.get(name="shadow-es-easy"))


def test_phrases_are_offered_in_six_languages_with_levels(alices_browser):
    sets = Sequence.objects.filter(kind="shadowing")
    assert set(sets.values_list("language", flat=True)) == {"en", "es", "fr", "de", "it", "pt"}
    assert set(sets.values_list("level", flat=True)) == {"easy", "medium", "hard"}
    html = alices_browser.get(reverse("practice:shadowing")).content.decode()
    assert html.index("English") < html.index("German")
    assert "En la panadería" in html


def test_page_shows_every_phrase_to_read_where_there_is_no_voice(alices_browser, spanish):
    html = alices_browser.get(reverse("practice:session", args=[spanish.pk])).content.decode()
    assert 'data-language="es"' in html
    assert html.count("<li data-text=") == 8


def test_phrases_end_the_practice_once_with_times_and_recording(alices_browser, spanish):
    address = reverse("practice:phrases", args=[spanish.pk])
    answers = [
        alices_browser.post(
            address,
            {"said": json.dumps(SAID), "audio_file": upload(wav())},
            headers={"Idempotency-Key": "phrases-1"},
        )
        for _try in range(2)
    ]
    page = reverse("practice:session", args=[spanish.pk])
    assert [(answer.status_code, answer.json()["url"]) for answer in answers] == [(201, page)] * 2
    recording = SpeechSession.objects.get()
    assert (recording.kind, recording.language) == ("read_aloud", "es")
    assert recording.script == "Buenos días. ¿Qué le pongo?\n\n¿El pan es de hoy?"
    assert list(ShadowedPhrase.objects.values_list("number", "own_seconds")) == [(1, 2.5), (3, 3.0)]
    spanish.refresh_from_db()
    assert (spanish.completion_status, spanish.steps_completed) == ("abandoned", 2)
    html = alices_browser.get(page).content.decode()
    assert "You took 25 % more time than the voice" in html


def test_each_phrase_is_held_against_its_own_words():
    said = [("good", 0.2, 0.5), ("morning", 0.5, 1.1), ("um", 1.9, 2.1), ("how", 2.2, 2.6)]
    document = {
        "language": "en",
        "transcript": {
            "timing": "words",
            "words": [
                {"text": text, "start": start, "end": end, "confidence": 0.9}
                for text, start, end in said
            ],
        },
        "events": [{"type": "filled_pause", "first_word": 2}],
    }
    phrases = [Phrase("Good morning.", 1.0), Phrase("How are you?", 1.0)]
    found = readings(phrases, document)
    assert [round(reading.accuracy, 2) for reading in found] == [1.0, 0.33]
    assert accuracy(found) == pytest.approx(3 / 5)


def test_times_are_kept_without_a_recording(alices_browser, spanish):
    answer = alices_browser.post(
        reverse("practice:phrases", args=[spanish.pk]), {"said": SAID}, "application/json"
    )
    assert answer.status_code == 201
    assert not SpeechSession.objects.exists()


@pytest.mark.parametrize("said", ["{", "[]", json.dumps(SAID | {"phrases": [{"number": 0}]})])
def test_what_cannot_be_read_is_refused_and_the_practice_stays_open(alices_browser, spanish, said):
    answer = alices_browser.post(reverse("practice:phrases", args=[spanish.pk]), {"said": said})
    assert answer.status_code == 400
    assert PracticeSession.objects.filter(pk=spanish.pk, completed_at=None).exists()


def test_phrases_of_another_person_are_not_there(charlies_browser, spanish):
    answer = charlies_browser.post(
        reverse("practice:phrases", args=[spanish.pk]), {"said": SAID}, "application/json"
    )
    assert answer.status_code == 404
