"""The real services, asked only where the environment of the tests holds a key for them."""

import os
from dataclasses import replace

import pytest

from engines.tests.conftest import speech  # noqa: F401 - the recording they are sent
from engines.transcribers import TranscriberOptions
from engines.transcribers import make as transcriber
from engines.voices import VoiceOptions
from engines.voices import make as voice
from verbalcoach import speech_engines as set_up


def key(name: str) -> str:
    if not os.environ.get(name):
        pytest.skip(f"{name} is not set")
    return os.environ[name]


@pytest.mark.parametrize(
    ("options", "key_name"),
    [
        (TranscriberOptions("openai", set_up.OPENAI_STT_MODEL), "OPENAI_API_KEY"),
        (TranscriberOptions("deepgram", set_up.DEEPGRAM_MODEL), "DEEPGRAM_API_KEY"),
    ],
)
def test_real_service_hears(speech, options, key_name):  # noqa: F811
    asked = transcriber(replace(options, api_key=key(key_name)))
    heard = asked.transcribe(speech, language="en", prompt=None, timeout=60)
    assert "country" in heard.text


@pytest.mark.parametrize(
    ("options", "key_name"),
    [
        (
            VoiceOptions("elevenlabs", set_up.ELEVENLABS_MODEL, set_up.ELEVENLABS_VOICE),
            "ELEVENLABS_API_KEY",
        ),
        (
            VoiceOptions("openai", set_up.OPENAI_TTS_MODEL, set_up.OPENAI_TTS_VOICE),
            "OPENAI_API_KEY",
        ),
    ],
)
def test_real_service_speaks(options, key_name):
    asked = voice(replace(options, api_key=key(key_name)))
    sound = asked.speak("Good evening.", language="en", voice=None, speed=1.0, timeout=60)
    assert 0.3 < sound.seconds < 5
    assert asked.voices(timeout=60)
