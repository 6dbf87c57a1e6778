"""A tutor that answers at once, in this process: the worker's code, without its broker."""

import io
import wave
from pathlib import Path

import pytest
from celery import current_app

from conversations import services
from conversations.models import TutorSession
from conversations.sound import wav_of
from verbalcoach import samples

ROOT = Path(__file__).resolve().parent.parent.parent

SESSIONS = "/api/v1/conversations/sessions/"


@pytest.fixture
def worker(settings):
    """A worker that takes each turn as soon as it is sent."""
    settings.TUTOR_WAIT_SECONDS = 0
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


@pytest.fixture
def lost_worker(settings):
    """Turns are sent to nobody, and no request waits for them."""
    settings.TUTOR_WAIT_SECONDS = 0


@pytest.fixture
def talk(alice) -> TutorSession:
    return started(alice)


def started(user, **wish) -> TutorSession:
    chosen = {"target_language": "English", "scenario": "ordering-food", "level": "A1"}
    return services.start(user, services.Start(**(chosen | wish)))


@pytest.fixture(scope="session")
def spoken_order() -> bytes:
    """Some seconds of real speech, as a wav file."""
    try:
        whole = samples.recordings(ROOT / "var" / "samples")[0][1]
    except samples.NoRecordings as error:
        pytest.skip(str(error))
    with wave.open(io.BytesIO(whole)) as file:
        file.setpos(0)
        rate, frames = file.getframerate(), file.readframes(file.getframerate() * 6)
    return wav_of(frames, rate)
