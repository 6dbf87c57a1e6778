"""A tutor that answers at once, in this process: the worker's code, without its broker."""

import pytest
from celery import current_app

from conversations import services
from conversations.models import TutorSession
from speech.tests.conftest import local_voice, own_engines, voice_server

__all__ = ["SESSIONS", "local_voice", "own_engines", "started", "talk", "voice_server", "worker"]

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
