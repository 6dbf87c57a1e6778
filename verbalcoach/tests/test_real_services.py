"""Each outside service once, by a call as small as can be, where its key is set.

The other tests hold our side to the wire formats as they are documented; these hold the services
to them.
"""

import asyncio
import os

import numpy as np
import pytest
from django.conf import settings
from faster_whisper import decode_audio

from engines import language_models, language_services, transcribers, voices
from engines.realtime import RealtimeOptions, client_secret
from engines.transcribers.deepgram_live import LiveHearing
from verbalcoach import language_models as usual_models
from verbalcoach import speech_engines as usual

SECONDS = 30.0
COLOUR = language_models.Request(
    system="Answer in one word.",
    messages=(language_models.Message("user", "What colour is a ripe tomato?"),),
    schema={
        "type": "object",
        "additionalProperties": False,
        "required": ["colour"],
        "properties": {"colour": {"type": "string"}},
    },
    max_tokens=500,
)


@pytest.fixture(scope="module")
def speech() -> np.ndarray:
    """A real recording: mono samples at 16 kHz in [-1, 1]."""
    return decode_audio(str(settings.BASE_DIR / "analysis" / "tests" / "data" / "jfk.flac"))


def key(name: str) -> str:
    """The key of a service; skips where none is set."""
    found = os.environ.get(name, "")
    if not found:
        pytest.skip(f"{name} is not set: the service is not asked")
    return found


@pytest.mark.parametrize(
    ("provider", "model", "name"),
    [
        ("anthropic", usual_models.ANTHROPIC_MODEL, "ANTHROPIC_API_KEY"),
        ("openai", usual_models.OPENAI_MODEL, "OPENAI_API_KEY"),
    ],
)
def test_a_language_model_answers_in_the_asked_form(provider, model, name):
    options = language_models.LanguageModelOptions(provider, model, api_key=key(name))
    answer = language_models.make(options).ask(COLOUR, seconds=SECONDS)
    assert "red" in answer.data["colour"].lower()


@pytest.mark.parametrize(
    ("provider", "model", "name"),
    [
        ("openai", usual.OPENAI_STT_MODEL, "OPENAI_API_KEY"),
        ("deepgram", usual.DEEPGRAM_MODEL, "DEEPGRAM_API_KEY"),
    ],
)
def test_a_recogniser_writes_down_what_is_said(provider, model, name, speech):
    options = transcribers.TranscriberOptions(provider, model, api_key=key(name), timeout=SECONDS)
    heard = transcribers.make(options).transcribe(speech, language="en", prompt=None)
    assert "ask not" in heard.text.lower()


async def _captions(options, samples) -> str:
    told: list[str] = []
    done = asyncio.Event()

    async def tell(text: str) -> None:
        told.append(text)
        if "ask not" in text.lower():
            done.set()

    hearing = LiveHearing(options, language="en", on_text=tell)
    pcm = (samples * 32767).astype("<i2").tobytes()
    # Less than may wait to be sent at once.
    for start in range(0, 8 * 32_000, 3200):
        hearing.hear(pcm[start : start + 3200])
    try:
        await asyncio.wait_for(done.wait(), SECONDS)
    finally:
        await hearing.close()
    return told[-1]


@pytest.mark.asyncio
async def test_deepgram_tells_captions_as_it_hears(speech):
    options = transcribers.TranscriberOptions("deepgram", api_key=key("DEEPGRAM_API_KEY"))
    assert "fellow" in (await _captions(options, speech)).lower()


@pytest.mark.parametrize(
    ("provider", "model", "voice", "name"),
    [
        ("elevenlabs", usual.ELEVENLABS_MODEL, usual.ELEVENLABS_VOICE, "ELEVENLABS_API_KEY"),
        ("openai", usual.OPENAI_TTS_MODEL, usual.OPENAI_TTS_VOICE, "OPENAI_API_KEY"),
    ],
)
def test_a_voice_speaks(provider, model, voice, name):
    options = voices.VoiceOptions(provider, model, voice, api_key=key(name))
    sound = voices.make(options).speak(
        "Good morning.", language="en", voice=None, speed=1.0, timeout=SECONDS
    )
    assert 0.3 < sound.seconds < 5


def test_deepl_translates():
    options = language_services.ServiceOptions("deepl", api_key=key("DEEPL_API_KEY"))
    translator = language_services.translator(options)
    told = translator.translate("apple", source="en", target="es", timeout=SECONDS)
    assert "manzana" in told.lower()


def test_openai_gives_a_secret_for_a_free_talk():
    options = RealtimeOptions("gpt-realtime", api_key=key("OPENAI_API_KEY"))
    secret = client_secret(
        options, instructions="Speak Spanish.", language="es", user="a", seconds=SECONDS, patience=2
    )
    assert secret.value.startswith("ek_")
