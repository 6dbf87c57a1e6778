"""A worker that hears at once in this process, and voices that answer on loopback."""

import io
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from celery import current_app

from engines.tests.speech_server import speaking
from engines.transcribers import TranscriberOptions
from engines.voices import VoiceOptions, make

JFK = Path(__file__).resolve().parents[2] / "analysis" / "tests" / "data" / "jfk.flac"
CACHE_IN_MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def worker():
    """Takes each recording as soon as it is sent."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


@pytest.fixture
def own_engines(settings):
    """Only this machine hears, nobody speaks."""
    settings.SPEECH_TRANSCRIBERS = [TranscriberOptions(model_directory=settings.MODEL_DIR)]
    settings.SPEECH_VOICES = []
    return settings


@pytest.fixture
def voice_server():
    with speaking() as server:
        yield server


@pytest.fixture
def local_voice(own_engines, voice_server):
    """A voice of this installation, at the server of the tests."""
    options = VoiceOptions("local", base_url=voice_server.address, api_key="t", retries=0)
    own_engines.SPEECH_VOICES = [options]
    yield options
    make(options).client.close()


@pytest.fixture
def counts(settings):
    """A cache that counts, without a server."""
    settings.CACHES = CACHE_IN_MEMORY


def wav(seconds: float, rate: int = 16_000) -> bytes:
    """The first seconds of a real recording."""
    with av.open(str(JFK)) as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    samples = np.concatenate(frames)[: int(seconds * 16_000)].astype("<i2")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return buffer.getvalue()
