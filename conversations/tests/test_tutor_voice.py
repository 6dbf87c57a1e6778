"""A turn that is spoken: heard, answered, and answered aloud."""

import io
import wave

import pytest

from conversations import notices, services, turns, tutoring
from conversations.models import TutorMessage
from conversations.tests.conftest import SESSIONS, started
from engines.tests import language_model_server as lms
from engines.transcribers import TranscriberOptions
from speech.tests.conftest import wav


def length_of(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound)) as file:
        return file.getnframes() / file.getframerate()


@pytest.mark.usefixtures("worker", "own_engines")
def test_words_are_heard_and_answered(talk):
    message = services.take_audio(talk, wav(6), "s1")
    learner, tutor = services.wait_for_answer(message)
    assert "fellow" in learner.text.lower() or "americans" in learner.text.lower()
    assert learner.words[0].keys() == {"text", "start", "end", "confidence"}
    assert learner.seconds == pytest.approx(6, abs=0.01)
    assert learner.timings["hear"]["seconds"] > 0
    assert learner.timings["hear"]["leaves_machine"] is False
    assert (tutor.audio.name, tutor.to_speak) == ("", False)


@pytest.mark.usefixtures("worker", "local_voice")
def test_opening_and_answers_are_spoken_and_can_be_heard_again(alices_phone):
    wish = {"target_language": "English", "scenario": "ordering-food"}
    talk = alices_phone.post(SESSIONS, wish, format="json").json()
    opened = alices_phone.get(talk["opening"]["audio_url"])
    assert length_of(b"".join(opened.streaming_content)) > 0
    said = {"text": "A soup, please."}
    turn = alices_phone.post(f"{SESSIONS}{talk['id']}/text/", said, format="json").json()
    heard = alices_phone.get(turn["tutor"]["audio_url"])
    whole = b"".join(heard.streaming_content)
    assert length_of(whole) == pytest.approx(turn["tutor"]["seconds"], abs=0.01)
    stored = TutorMessage.objects.get(pk=turn["tutor"]["id"])
    assert stored.timings["speak"]["first_seconds"] <= stored.timings["speak"]["seconds"]
    assert stored.timings["speak"]["cost"] == 0


@pytest.mark.usefixtures("lost_worker", "local_voice")
def test_reply_of_a_worker_that_died_is_spoken_by_the_next(alice, time_machine):
    time_machine.move_to("2026-11-21 12:00 +0000", tick=False)
    opening = started(alice).messages.get()
    assert turns.claim_to_speak(opening.pk) is not None
    tutoring.take_turn(opening.pk)
    opening.refresh_from_db()
    assert (opening.to_speak, opening.audio.name) == (True, "")
    time_machine.shift(turns.LEASE)
    assert turns.abandoned() == [opening.pk]
    tutoring.take_turn(opening.pk)
    opening.refresh_from_db()
    assert opening.audio
    assert opening.to_speak is False
    assert turns.abandoned() == []


@pytest.mark.usefixtures("lost_worker", "local_voice")
def test_voice_that_breaks_off_leaves_the_text(talk, voice_server):
    message = services.take_text(talk, "A soup, please.")
    voice_server.always = lms.status(500)
    tutoring.take_turn(message.pk)
    learner, tutor = services.wait_for_answer(message, 0)
    assert learner.state == "answered"
    assert tutor.text
    assert (tutor.audio.name, tutor.to_speak) == ("", False)


@pytest.mark.usefixtures("lost_worker")
def test_sound_that_nobody_hears_is_kept_and_heard_when_sent_again(talk, settings):
    nobody = "http://127.0.0.1:9/v1"
    settings.SPEECH_TRANSCRIBERS = [
        TranscriberOptions("openai", base_url=nobody, api_key="k", timeout=1.0, retries=0)
    ]
    message = services.take_audio(talk, wav(3), "s1")
    tutoring.take_turn(message.pk)
    learner, _tutor = services.wait_for_answer(message, 0)
    assert (learner.state, learner.notice) == ("failed", notices.NOT_HEARD)
    assert learner.audio.size == len(wav(3))
    settings.SPEECH_TRANSCRIBERS = [TranscriberOptions(model_directory=settings.MODEL_DIR)]
    again = services.take_audio(talk, wav(3), "s1")
    assert again.pk == message.pk
    tutoring.take_turn(again.pk)
    learner, tutor = services.wait_for_answer(again, 0)
    assert learner.text
    assert tutor is not None


@pytest.mark.usefixtures("lost_worker")
def test_sound_sent_again_leaves_one_file(talk, media_of_its_own):
    for _number in range(2):
        services.take_audio(talk, wav(1), "s1")
    assert len(list(media_of_its_own.rglob("*.wav"))) == 1
