"""Voices against a real server that speaks their protocols, well and badly."""

import json
import time

import pytest

from engines import breaker as breakers
from engines.tests import language_model_server as lms
from engines.tests.speech_server import TONE, page, speaking
from engines.voices import MANY, VoiceError, VoiceOptions, make
from engines.voices.asking import Candidate, bounds_of, speak_in_turn

PROVIDERS = ("elevenlabs", "openai", "local")
NO_SOUND = [
    lms.cut_short,
    lms.raw(b""),
    lms.raw(b'{"half": '),
    page(b"<html>Sign in to the network</html>"),
]


@pytest.fixture
def server():
    with speaking() as made:
        yield made


@pytest.fixture
def voice(server):
    made = []

    def connect(provider, at=server, **more):
        base = at.address + ("/v1" if provider == "openai" else "")
        options = VoiceOptions(
            provider,
            base_url=base,
            **{"model": "m-1", "api_key": "key-1", "timeout": 2.0, "retries": 0, **more},
        )
        made.append(make(options))
        return options

    yield connect
    for one in made:
        one.client.close()


def say(*options, text="Good evening.", seconds=4.0):
    return speak_in_turn(
        [Candidate(each) for each in options], text, language="en-GB", speed=0.8, seconds=seconds
    )


def refused(asked, code, permanent):
    with pytest.raises(VoiceError) as raised:
        asked()
    assert (raised.value.code, raised.value.permanent) == (code, permanent)
    return raised.value


@pytest.mark.parametrize("provider", PROVIDERS)
def test_voice_speaks_in_samples(server, voice, provider):
    said = say(voice(provider))
    assert (said.sound.pcm, said.sound.rate, said.sound.seconds) == (TONE, 24_000, 0.5)
    assert not said.leaves_machine


def test_elevenlabs_is_asked_by_its_protocol(server, voice):
    say(voice("elevenlabs", model="eleven_flash_v2_5", voice="George/1"))
    path, headers, body = server.requests[0]
    assert path == "/v1/text-to-speech/George%2F1/stream?output_format=pcm_24000"
    assert headers["xi-api-key"] == "key-1"
    assert body == {
        "text": "Good evening.",
        "model_id": "eleven_flash_v2_5",
        "language_code": "en",
        "voice_settings": {"speed": 0.8},
    }


def test_openai_is_asked_by_its_protocol(server, voice):
    say(voice("openai", voice="nova"))
    path, headers, body = server.requests[0]
    assert (path, headers["authorization"]) == ("/v1/audio/speech", "Bearer key-1")
    assert body == {
        "model": "m-1",
        "voice": "nova",
        "input": "Good evening.",
        "response_format": "pcm",
        "speed": 0.8,
    }


def test_local_voice_is_the_one_for_that_kind_of_the_language(server, voice):
    assert say(voice("local")).sound.voice == "en_GB-alan-low"
    assert server.requests[1][2] == {
        "text": "Good evening.",
        "voice": "en_GB-alan-low",
        "speed": 0.8,
    }


def test_local_voices_are_found_where_their_process_says(server, voice, tmp_path):
    file = tmp_path / "voices.json"
    options = VoiceOptions("local", address_file=file, retries=0)
    refused(lambda: say(options), "no_voice", permanent=True)
    file.write_text(json.dumps({"url": server.address, "token": "t-1"}))
    assert say(options).sound.pcm == TONE
    assert server.requests[0][1]["authorization"] == "Bearer t-1"
    make(options).client.close()


def test_language_that_no_local_voice_speaks_is_told(server, voice):
    with pytest.raises(VoiceError) as raised:
        make(voice("local")).speak("Hola.", language="es", voice=None, speed=1.0, timeout=2.0)
    assert raised.value.code == "no_voice"


def test_voices_are_listed(server, voice):
    (george,) = make(voice("elevenlabs")).voices(timeout=2.0)
    assert (george.name, george.title, george.language) == ("JBFqnCBsd6RMkjVDRZzb", "George", MANY)
    local = make(voice("local")).voices(timeout=2.0)
    assert [one.language for one in local] == ["en-US", "en-GB"]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("fault", NO_SOUND, ids=["cut", "empty", "half", "html"])
def test_whatever_comes_instead_of_sound_ends_in_a_typed_error(server, voice, provider, fault):
    server.always = fault
    refused(lambda: say(voice(provider)), "engine_unavailable", permanent=False)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_wrong_key_is_not_tried_again(server, voice, provider):
    server.key = "another"
    error = refused(lambda: say(voice(provider, retries=2)), "engine_refused", permanent=True)
    assert "key-1" not in error.detail
    assert len(server.requests) == 1


@pytest.mark.parametrize("provider", PROVIDERS)
def test_busy_voice_is_tried_again_as_it_asks(server, voice, provider):
    server.faults = [lms.status(429, retry_after_ms=1), lms.status(503, retry_after_ms=1)]
    assert say(voice(provider, retries=2)).sound.pcm == TONE


@pytest.mark.parametrize(
    "fault",
    [lms.silent, lms.dripping, lms.status(429, retry_after=60), lms.status(500), lms.cut_short],
    ids=["silent", "dripping", "429", "500", "cut"],
)
def test_next_voice_speaks_where_the_first_fails_and_says_who_was_passed_over(server, voice, fault):
    with speaking() as second:
        server.always = fault
        first = voice("elevenlabs", timeout=0.4, retries=1)
        began = time.monotonic()
        said = say(first, voice("openai", at=second))
        assert time.monotonic() - began < 20
    assert said.candidate.options.provider == "openai"
    assert [(one.options, one.code) for one in said.passed_over] == [(first, "engine_unavailable")]


def test_voice_that_keeps_failing_is_left_alone(server, voice):
    server.always = lms.status(500)
    options = voice("openai")
    for _ in range(breakers.FAILURES):
        refused(lambda: say(options), "engine_unavailable", permanent=False)
    refused(lambda: say(options), "engine_resting", permanent=False)
    assert len(server.requests) == breakers.FAILURES
    assert bounds_of(options).breaker.rests_for() > 0


@pytest.mark.parametrize("provider", ["elevenlabs", "openai"])
def test_voice_without_a_key_is_not_made(provider):
    refused(lambda: make(VoiceOptions(provider)), "engine_unavailable", permanent=True)


def test_nobody_to_ask_is_an_error_that_lasts():
    refused(say, "engine_unavailable", permanent=True)


def test_keys_are_not_shown_and_names_say_where_it_goes():
    options = VoiceOptions("elevenlabs", api_key="secret")
    assert "secret" not in repr(options)
    assert make(options).leaves_machine
    assert make(options).name.endswith("at api.elevenlabs.io")
    make(options).client.close()
