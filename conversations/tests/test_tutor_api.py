"""`conversations/sessions/`: start, say, end."""

from datetime import timedelta

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import LearningProfile
from conversations import services
from conversations.models import TutorMessage, VoiceConversation
from conversations.sound import wav_of
from conversations.tests.conftest import SESSIONS, started

MESSAGE = {
    "id", "position", "side", "text", "audio_url", "corrections", "hints", "new_words", "state",
    "notice", "client_id", "seconds", "created_at",
}  # fmt: skip
SESSION = {
    "id", "target_language", "target_language_code", "native_language", "level",
    "conversation_type", "topic", "scenario", "persona", "voice", "patience_seconds", "state",
    "started_at", "ended_at", "conversation", "services", "checks", "opening", "review",
}  # fmt: skip


def start(phone, **wish):
    chosen = {"target_language": "English", "scenario": "ordering-food"}
    return phone.post(SESSIONS, chosen | wish, format="json")


def say(phone, talk, text, **more):
    return phone.post(f"{SESSIONS}{talk}/text/", {"text": text} | more, format="json")


def test_talk_starts_with_an_opening(alices_phone):
    answer = start(alices_phone)
    talk = answer.json()
    assert answer.status_code == 201
    assert set(talk) == SESSION
    assert talk["opening"]["text"]
    assert talk["scenario"]["slug"] == "ordering-food"
    assert talk["state"] == "open"
    assert (talk["target_language"], talk["target_language_code"]) == ("English", "en")
    assert talk["services"]["answers"] == [{"name": "scripted partner", "leaves_machine": False}]
    assert [check["met"] for check in talk["checks"]] == [False] * len(talk["checks"])
    assert answer["Location"].endswith(f"{SESSIONS}{talk['id']}/")
    assert alices_phone.get(f"{SESSIONS}{talk['id']}/").json() == talk


def test_profile_says_languages_and_level(alices_phone, alice):
    profile = LearningProfile.objects.create(
        user=alice, target_language="English", native_language="Spanish", cefr_level="B1",
        target_language_code="en",
    )  # fmt: skip
    chosen = {"learning_profile_id": profile.pk, "scenario": "ordering-food"}
    talk = alices_phone.post(SESSIONS, chosen, format="json").json()
    assert (talk["level"], talk["native_language"]) == ("B1", "Spanish")


def test_patience_is_longer_for_lower_levels_and_can_be_set(alices_phone):
    beginner = start(alices_phone, level="A1").json()
    expert = start(alices_phone, level="C2").json()
    assert 6 >= beginner["patience_seconds"] > expert["patience_seconds"] >= 0.8
    assert start(alices_phone, patience_seconds=0.8).json()["patience_seconds"] == 0.8
    assert start(alices_phone, patience_seconds=7).status_code == 400
    address = f"{SESSIONS}{beginner['id']}/"
    changed = alices_phone.patch(address, {"patience_seconds": 5}, format="json")
    assert changed.json()["patience_seconds"] == 5


def test_talk_in_a_language_without_script_and_model_says_what_to_do(alices_phone):
    answer = start(alices_phone, target_language="Welsh")
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "needs_language_model"
    assert "CONVERSATION_LANGUAGE_MODEL" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("wish", "attr"),
    [
        ({"scenario": "no-such"}, "scenario"),
        ({"scenario": "custom-99"}, "scenario"),
        ({"persona": "nobody"}, "persona"),
        ({"learning_profile_id": 4711}, "learning_profile_id"),
        ({"target_language": None}, "target_language"),
        ({"level": "D1"}, "level"),
    ],
)
def test_start_names_the_field_that_is_wrong(alices_phone, wish, attr):
    answer = start(alices_phone, **wish)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == attr


@pytest.mark.usefixtures("worker")
def test_text_is_answered(alices_phone):
    talk = start(alices_phone).json()["id"]
    answer = say(alices_phone, talk, "A soup, please.", client_id="a1")
    turn = answer.json()
    assert answer.status_code == 201
    assert set(turn["learner"]) == set(turn["tutor"]) == MESSAGE
    assert turn["learner"]["text"] == "A soup, please."
    assert (turn["learner"]["state"], turn["learner"]["client_id"]) == ("answered", "a1")
    assert turn["tutor"]["text"]
    listed = alices_phone.get(f"{SESSIONS}{talk}/messages/").json()
    assert [each["side"] for each in listed["results"]] == ["tutor", "learner", "tutor"]
    assert listed["results"][1:] == [turn["learner"], turn["tutor"]]


@pytest.mark.usefixtures("worker")
def test_text_sent_again_is_the_same_turn(alices_phone):
    talk = start(alices_phone).json()["id"]
    first = say(alices_phone, talk, "A soup, please.", client_id="a1").json()
    assert say(alices_phone, talk, "A soup, please.", client_id="a1").json() == first
    assert TutorMessage.objects.filter(session=talk).count() == 3


@pytest.mark.usefixtures("lost_worker")
def test_text_that_nobody_answers_in_time_waits_and_is_kept(alices_phone):
    talk = start(alices_phone).json()["id"]
    turn = say(alices_phone, talk, "A soup, please.").json()
    assert turn["tutor"] is None
    assert turn["learner"]["state"] == "waiting"
    assert turn["notice"].startswith("The answer takes longer")


@pytest.mark.parametrize("text", ["", "   ", None, "x" * 4001])
def test_text_that_says_nothing_or_too_much_is_refused(alices_phone, talk, text):
    assert say(alices_phone, talk.pk, text).status_code == 400


def test_client_id_names_no_path(alices_phone, talk):
    answer = say(alices_phone, talk.pk, "Hello.", client_id="../x")
    assert answer.status_code == 400


@pytest.mark.usefixtures("worker")
def test_end_stores_the_talk_once(alices_phone):
    talk = start(alices_phone).json()["id"]
    say(alices_phone, talk, "I want a soup, please.")
    ended = alices_phone.post(f"{SESSIONS}{talk}/end/").json()
    again = alices_phone.post(f"{SESSIONS}{talk}/end/").json()
    assert ended["state"] == "ended"
    assert ended == again
    stored = VoiceConversation.objects.get()
    assert stored.pk == ended["conversation"]
    assert stored.transcription.splitlines()[1] == "Learner: I want a soup, please."
    assert stored.transcription.startswith("Tutor: ")
    assert stored.ai_feedback["turns"] == 1
    assert stored.feedback_due_at is not None


def test_end_of_a_talk_in_which_nothing_was_said_stores_none(alices_phone, talk):
    assert alices_phone.post(f"{SESSIONS}{talk.pk}/end/").json()["conversation"] is None
    assert not VoiceConversation.objects.exists()


def test_nothing_is_said_after_the_end(alices_phone, talk):
    services.end(talk)
    answer = say(alices_phone, talk.pk, "Hello?")
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "session_ended"


@pytest.mark.parametrize("call", ["", "messages/", "text/", "end/", "messages/0/audio/"])
def test_talk_of_somebody_else_is_not_there(charlies_phone, talk, call):
    method = charlies_phone.post if call in {"text/", "end/"} else charlies_phone.get
    assert method(f"{SESSIONS}{talk.pk}/{call}").status_code == 404


@pytest.mark.usefixtures("lost_worker")
def test_turns_of_a_day_are_bounded(alices_phone, talk, settings, time_machine):
    settings.TUTOR_DAILY_TURNS = 2
    time_machine.move_to("2026-11-21 12:00 +0000")
    for number in range(2):
        assert say(alices_phone, talk.pk, "Hello.", client_id=f"n{number}").status_code == 201
    refused = say(alices_phone, talk.pk, "Hello.", client_id="n3")
    assert refused.status_code == 429
    assert refused.json()["errors"][0]["code"] == "daily_limit"
    assert int(refused["Retry-After"]) == pytest.approx(12 * 3600, abs=5)
    assert say(alices_phone, talk.pk, "Hello.", client_id="n1").status_code == 201
    time_machine.shift(timedelta(hours=12, minutes=1))
    assert say(alices_phone, talk.pk, "Hello.", client_id="n3").status_code == 201


@pytest.mark.usefixtures("valkey")
def test_eleventh_start_of_a_minute_is_refused(alices_phone):
    statuses = [start(alices_phone).status_code for _number in range(11)]
    assert statuses == [201] * 10 + [429]


def test_start_sent_again_under_its_key_is_one_talk(alices_phone):
    chosen = {"target_language": "en", "scenario": "ordering-food"}
    answers = [
        alices_phone.post(SESSIONS, chosen, format="json", HTTP_IDEMPOTENCY_KEY="k")
        for _number in range(2)
    ]
    assert answers[0].json() == answers[1].json()


def test_talks_are_listed_newest_first_in_a_fixed_number_of_queries(
    alices_phone, alice, django_assert_max_num_queries
):
    talks = [started(alice).pk for _number in range(3)]
    with django_assert_max_num_queries(6):
        listed = alices_phone.get(SESSIONS).json()
    assert [each["id"] for each in listed["results"]] == talks[::-1]


def test_talks_answer_without_the_prefix_too(alices_phone, talk):
    assert alices_phone.get(f"/conversations/sessions/{talk.pk}").json()["id"] == talk.pk


def test_deleting_the_stored_conversation_takes_the_talk_with_it(alice, talk):
    TutorMessage.objects.create(
        session=talk, position=1, side="learner", state="answered", text="Hello."
    )
    ended = services.end(talk)
    services.delete(ended.conversation)
    assert not TutorMessage.objects.exists()
    assert ended.ended_at <= timezone.now()


def tone() -> bytes:
    """A second of a hum: sound in which nobody speaks."""
    return wav_of((np.sin(np.arange(16_000) / 20) * 3000).astype("<i2").tobytes())


def tell(phone, talk, content, **form):
    file = SimpleUploadedFile("turn.wav", content, "audio/wav")
    return phone.post(f"{SESSIONS}{talk}/audio/", {"audio": file} | form, format="multipart")


@pytest.mark.usefixtures("worker")
def test_sound_without_words_is_kept_and_said_to_be_so(alices_phone, talk):
    answer = tell(alices_phone, talk.pk, tone(), client_id="s1")
    turn = answer.json()
    assert answer.status_code == 201
    assert turn["tutor"] is None
    assert (turn["learner"]["state"], turn["learner"]["seconds"]) == ("failed", 1.0)
    assert turn["notice"].startswith("No words were heard")
    kept = alices_phone.get(turn["learner"]["audio_url"])
    assert b"".join(kept.streaming_content) == tone()
    assert kept["Content-Type"] == "audio/wav"


@pytest.mark.usefixtures("lost_worker")
def test_sound_may_be_the_body_itself(alices_phone, talk, media_of_its_own):
    address = f"{SESSIONS}{talk.pk}/audio/?client_id=s1"
    first = alices_phone.post(address, tone(), content_type="audio/wav")
    again = alices_phone.post(address, tone(), content_type="audio/wav")
    assert first.status_code == again.status_code == 201
    assert first.json()["learner"] == again.json()["learner"]
    assert first.json()["learner"]["state"] == "waiting"
    assert len(list(media_of_its_own.rglob("*.wav"))) == 1


@pytest.mark.parametrize(
    ("content", "status"), [(b"", 400), (b"%PDF-1.7 no sound", 415), (b"x" * 3000, 415)]
)
def test_what_is_no_sound_is_refused_and_nothing_kept(
    alices_phone, talk, content, status, media_of_its_own
):
    assert tell(alices_phone, talk.pk, content).status_code == status
    assert talk.messages.count() == 1
    assert not list(media_of_its_own.rglob("*.*"))


def test_sound_larger_than_a_turn_is_refused(alices_phone, talk, settings):
    settings.TUTOR_AUDIO_BYTES = 20_000
    assert tell(alices_phone, talk.pk, tone()).status_code == 413
