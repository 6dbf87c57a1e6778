"""`speech/…`, as clients call it."""

import io

import av
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engines.tests import language_model_server as lms
from speech import hearings
from speech.models import Hearing
from speech.tests.conftest import JFK, wav
from speech_sessions.tests.test_sending import broker_down

TRANSCRIBE = "/api/v1/speech/transcribe/"
SYNTHESIZE = "/api/v1/speech/synthesize/"


def sent(content, **more):
    return {"audio": SimpleUploadedFile("said", content), **more}


def transcribe(phone, content, **more):
    return phone.post(TRANSCRIBE, sent(content, **more), format="multipart")


def seconds_of(content: bytes) -> float:
    with av.open(io.BytesIO(content)) as file:
        samples = sum(frame.samples for frame in file.decode(audio=0))
        return samples / file.streams.audio[0].rate


def told(answer) -> tuple[int, str, str | None]:
    error = answer.json()["errors"][0]
    return answer.status_code, error["code"], error["attr"]


@pytest.mark.parametrize("address", [TRANSCRIBE, "/speech/transcribe", "/speech/transcribe/"])
def test_recording_comes_back_as_words_with_times(alices_phone, own_engines, worker, address):
    answer = alices_phone.post(
        address, sent(JFK.read_bytes(), language="English"), format="multipart"
    )
    assert answer.status_code == 200
    heard = answer.json()
    assert "ask not what your country can do for you" in heard["text"].lower().replace(",", "")
    assert (heard["language"], heard["duration_seconds"]) == ("en", 11.0)
    assert len(heard["words"]) == 22
    assert heard["service"] == {"name": "this installation", "leaves_machine": False}


def test_nothing_of_a_recording_is_kept(alices_phone, own_engines, worker, media_of_its_own):
    assert transcribe(alices_phone, wav(3)).status_code == 200
    assert not Hearing.objects.exists()
    assert not [path for path in media_of_its_own.rglob("*") if path.is_file()]


def test_where_nobody_speaks_nobody_is_asked(alices_phone, own_engines, worker):
    own_engines.SPEECH_TRANSCRIBERS = []
    silence = wav(0.01) + bytes(64_000)
    answer = transcribe(alices_phone, silence[:40] + (64_000).to_bytes(4, "little") + bytes(64_000))
    assert answer.status_code == 200
    assert (answer.json()["text"], answer.json()["service"]) == ("", None)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"not a sound at all", (415, "not_audio", "audio")),
        (b"", (400, "empty_file", "audio")),
        (b"RIFF\x24\0\0\0WAVEjunk" + bytes(200), (400, "unreadable_file", "audio")),
    ],
)
def test_what_is_no_sound_is_refused(alices_phone, own_engines, worker, content, expected):
    assert told(transcribe(alices_phone, content)) == expected


def test_recording_that_is_too_long_or_too_large_is_refused(alices_phone, own_engines, worker):
    own_engines.SPEECH_MAX_SECONDS = 2
    assert told(transcribe(alices_phone, wav(3))) == (413, "too_long", "audio")
    own_engines.SPEECH_MAX_BYTES = 1000
    assert told(transcribe(alices_phone, wav(3))) == (413, "too_large", "audio")


def test_language_that_the_model_does_not_know_is_refused(alices_phone, own_engines, worker):
    answer = transcribe(alices_phone, wav(3), language="tlh")
    assert told(answer) == (400, "unknown_language", "language")


def test_without_a_recording_there_is_nothing_to_hear(alices_phone):
    answer = alices_phone.post(TRANSCRIBE, {"language": "en"}, format="multipart")
    assert told(answer) == (400, "required", "audio")


def test_request_is_told_when_no_worker_answers_in_time(alices_phone, own_engines, valkey):
    own_engines.SPEECH_WAIT_SECONDS = 0
    assert told(transcribe(alices_phone, wav(1))) == (503, "engine_unavailable", None)
    assert not Hearing.objects.exists()


def test_request_is_told_at_once_where_the_queue_is_down(alices_phone, own_engines):
    with broker_down():
        answer = transcribe(alices_phone, wav(1))
    assert told(answer) == (503, "engine_unavailable", None)
    assert not Hearing.objects.exists()


def test_worker_leaves_alone_what_nobody_waits_for(alice):
    hearings.work(4711, lambda *_, **__: pytest.fail("nobody asked"))


def test_recordings_of_lost_processes_are_deleted(alice, media_of_its_own, monkeypatch):
    file = SimpleUploadedFile("said", b"RIFF")
    waiting = hearings.stored(alice, file, "")
    waiting.__enter__()
    assert hearings.forget_lost() == 0
    monkeypatch.setattr(hearings, "KEPT", hearings.KEPT * 0)
    assert hearings.forget_lost() == 1
    assert not [path for path in media_of_its_own.rglob("*") if path.is_file()]


def test_day_has_so_many_seconds(alices_phone, own_engines, worker, counts):
    own_engines.SPEECH_DAILY_SECONDS = 2
    assert transcribe(alices_phone, wav(3)).status_code == 200
    answer = transcribe(alices_phone, wav(3))
    assert told(answer)[:2] == (429, "daily_limit")
    assert 0 < int(answer["Retry-After"]) <= 86_400


@pytest.mark.parametrize(
    ("kind", "media", "first"),
    [("wav", "audio/wav", b"RIFF"), ("mp3", "audio/mpeg", b"\xff"), ("ogg", "audio/ogg", b"OggS")],
)
def test_text_comes_back_as_sound(alices_phone, local_voice, kind, media, first):
    asked = {"text": "Good evening.", "language": "en", "format": kind}
    answer = alices_phone.post(SYNTHESIZE, asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, media)
    assert answer["X-Voice"] == "local:en_US-joe-medium"
    assert seconds_of(answer.content) == pytest.approx(0.5, abs=0.08)
    assert first in answer.content[:64]


def test_what_was_said_before_is_not_made_again(alices_phone, local_voice, voice_server):
    asked = {"text": "Good evening."}
    first = alices_phone.post(SYNTHESIZE, asked)
    again = alices_phone.post(SYNTHESIZE, asked)
    other = alices_phone.post(SYNTHESIZE, {**asked, "speed": 0.8})
    assert first.content == again.content
    assert other.status_code == 200
    spoken = [body["speed"] for path, _, body in voice_server.requests if path == "/speak"]
    assert spoken == [1.0, 0.8]


@pytest.mark.parametrize("kind", ["wav", "mp3", "ogg"])
def test_long_text_begins_to_come_with_its_first_sentence(
    alices_phone, local_voice, voice_server, kind
):
    asked = {"text": "Welcome to the Corner Table. What would you like?", "format": kind}
    answer = alices_phone.post(f"{SYNTHESIZE}stream/", asked)
    assert answer.status_code == 200
    parts = iter(answer.streaming_content)
    beginning = next(parts)
    assert [path for path, _, _ in voice_server.requests].count("/speak") == 1
    assert len(beginning) > 500
    assert seconds_of(beginning + b"".join(parts)) == pytest.approx(1.0, abs=0.15)


def test_chosen_voice_speaks(alices_phone, local_voice, voice_server):
    asked = {"text": "Good evening.", "voice": "local:en_GB-alan-low"}
    assert alices_phone.post(SYNTHESIZE, asked)["X-Voice"] == "local:en_GB-alan-low"


@pytest.mark.parametrize(
    ("asked", "attr", "code"),
    [
        ({}, "text", "required"),
        ({"text": "…"}, "text", "nothing_to_say"),
        ({"text": "x" * 1501}, "text", "max_length"),
        ({"text": "Hello.", "format": "flac"}, "format", "invalid_choice"),
        ({"text": "Hello.", "voice": "local:nobody"}, "voice", "no_voice"),
        ({"text": "Hello.", "speed": 9}, "speed", "max_value"),
    ],
)
def test_text_that_cannot_be_said_is_refused(alices_phone, local_voice, asked, attr, code):
    assert told(alices_phone.post(SYNTHESIZE, asked)) == (400, code, attr)


@pytest.mark.parametrize("path", ["", "stream/"])
def test_no_voice_at_hand_is_told(alices_phone, own_engines, path):
    answer = alices_phone.post(f"{SYNTHESIZE}{path}", {"text": "Hello."})
    assert told(answer) == (503, "no_voice", None)


@pytest.mark.parametrize("fault", [lms.status(500), lms.cut_short, lms.raw(b"")])
def test_voice_that_fails_is_no_voice(alices_phone, local_voice, voice_server, fault):
    voice_server.always = lambda asked: (
        fault(asked) if asked.path == "/speak" else asked.answer(200, asked.whole())
    )
    answer = alices_phone.post(SYNTHESIZE, {"text": "Hello."})
    assert told(answer) == (503, "no_voice", None)


def test_language_that_nobody_speaks_is_told(alices_phone, local_voice):
    asked = {"text": "Hola.", "language": "Spanish"}
    assert told(alices_phone.post(SYNTHESIZE, asked)) == (503, "no_voice", None)


def test_day_has_so_many_characters(alices_phone, local_voice, settings, counts):
    settings.SPEECH_DAILY_CHARACTERS = 5
    assert alices_phone.post(SYNTHESIZE, {"text": "Hello."}).status_code == 200
    assert told(alices_phone.post(SYNTHESIZE, {"text": "Hello."}))[:2] == (429, "daily_limit")


def test_voices_are_listed_by_language(alices_phone, local_voice):
    everybody = alices_phone.get("/speech/voices").json()
    assert everybody[0] == {
        "id": "local:en_US-joe-medium",
        "name": "Joe",
        "language": "en-US",
        "provider": "local",
    }
    assert alices_phone.get("/api/v1/speech/voices/?language=Spanish").json() == []
    assert len(alices_phone.get("/api/v1/speech/voices/?language=English").json()) == 2
