"""Who hears and who speaks, by the environment."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from engines.transcribers import TranscriberOptions
from verbalcoach import speech_engines

LOCAL = TranscriberOptions()
ADDRESS = Path("var/voices.json")
NAMES = (
    *("STT_PROVIDERS", "STT_BASE_URL", "STT_MODEL", "STT_API_KEY", "STT_TIMEOUT", "STT_RETRIES"),
    *("TTS_PROVIDERS", "TTS_BASE_URL", "TTS_MODEL", "TTS_VOICE", "TTS_API_KEY", "TTS_TIMEOUT"),
    *("OPENAI_API_KEY", "OPENAI_BASE_URL", "DEEPGRAM_API_KEY", "ELEVENLABS_API_KEY"),
    *("STT_OPENAI_MODEL", "TTS_OPENAI_MODEL", "TTS_OPENAI_VOICE", "DEEPGRAM_MODEL"),
    *("ELEVENLABS_MODEL", "ELEVENLABS_VOICE", "LOCAL_VOICES_URL", "LOCAL_VOICES_TOKEN"),
)
KEYS = {"OPENAI_API_KEY": "k", "DEEPGRAM_API_KEY": "k", "ELEVENLABS_API_KEY": "k"}


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def set_up(environment, **values):
    """Providers and models of those who hear, and of those who speak."""
    for name, value in values.items():
        environment.setenv(name, value)
    hears = speech_engines.transcribers_from_environment(LOCAL)
    speaks = speech_engines.voices_from_environment(ADDRESS)
    return (
        [(each.provider, each.model) for each in hears],
        [(each.provider, each.model) for each in speaks],
    )


def test_without_a_key_only_this_machine_hears_and_speaks(environment):
    assert set_up(environment) == ([("faster-whisper", None)], [("local", "")])
    (voice,) = speech_engines.voices_from_environment(ADDRESS)
    assert voice.address_file == ADDRESS


def test_services_are_asked_in_the_order_of_the_contract(environment):
    servers = {
        "STT_BASE_URL": "http://localhost:8001/v1",
        "STT_MODEL": "whisper-large",
        "TTS_BASE_URL": "http://localhost:8002/v1",
        "TTS_MODEL": "kokoro",
        "TTS_VOICE": "ef_dora",
    }
    assert set_up(environment, **KEYS, **servers) == (
        [
            ("openai", "gpt-4o-transcribe"),
            ("deepgram", "nova-3"),
            ("openai", "whisper-large"),
            ("faster-whisper", None),
        ],
        [
            ("elevenlabs", "eleven_flash_v2_5"),
            ("openai", "gpt-4o-mini-tts"),
            ("openai", "kokoro"),
            ("local", ""),
        ],
    )


def test_order_and_models_are_changed_by_settings(environment):
    assert set_up(
        environment,
        **KEYS,
        STT_PROVIDERS="local, deepgram",
        TTS_PROVIDERS="openai",
        DEEPGRAM_MODEL="nova-2",
        TTS_OPENAI_MODEL="tts-1",
    ) == ([("faster-whisper", None), ("deepgram", "nova-2")], [("openai", "tts-1")])


def test_time_and_tries_bound_every_outside_service(environment):
    environment.setenv("STT_TIMEOUT", "7")
    environment.setenv("STT_RETRIES", "0")
    environment.setenv("DEEPGRAM_API_KEY", "k")
    outside, own = speech_engines.transcribers_from_environment(LOCAL)
    assert (outside.timeout, outside.retries) == (7, 0)
    assert own is LOCAL


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"STT_PROVIDERS": "openai,whisper"}, "STT_PROVIDERS names 'whisper'"),
        ({"TTS_PROVIDERS": "piper"}, "TTS_PROVIDERS names 'piper'"),
        ({"STT_BASE_URL": "http://localhost:8001/v1"}, "STT_MODEL names no model"),
        ({"TTS_BASE_URL": "http://localhost:8002/v1", "TTS_MODEL": "m"}, "TTS_VOICE does not say"),
        ({"TTS_TIMEOUT": "soon"}, "TTS_TIMEOUT must be a whole number"),
    ],
)
def test_wrong_setting_is_named(environment, values, named):
    with pytest.raises(ImproperlyConfigured, match=named):
        set_up(environment, **values)
