"""A product of the faults' own: what they break, nobody else stands on."""

import pytest

from engines.tests import language_model_server as lms
from tests.phone import Phone
from tests.stack import running_stack

MODEL_SECONDS = 4
_LONG_AGO = """
from datetime import timedelta
from django.utils import timezone
from conversations.models import TutorMessage
from speech_sessions.models import AnalysisRun
before = timezone.now() - timedelta(hours=1)
AnalysisRun.objects.filter(lease_until__isnull=False).update(lease_until=before, sent_at=before)
TutorMessage.objects.filter(lease_until__isnull=False).update(lease_until=before)
answer = True
"""


@pytest.fixture(scope="package")
def model_server():
    with lms.running() as server:
        yield server


@pytest.fixture
def model(model_server):
    """The language model that the owner set up; `always` says how it behaves in this test."""
    yield model_server
    model_server.always = None


@pytest.fixture(scope="package")
def stack(tmp_path_factory, django_db_setup, model_server):
    settings = {
        "CONVERSATION_LANGUAGE_MODEL": "true",
        "FEEDBACK_LANGUAGE_MODEL": "true",
        "FEEDBACK_LANGUAGE_MODEL_SECONDS": str(MODEL_SECONDS),
        "LLM_BASE_URL": f"{model_server.address}/v1",
        "LLM_MODEL": "llama3.2",
        "LLM_PROVIDERS": "compatible",
        "RESUME_SECONDS": "2",
    }
    folder = tmp_path_factory.mktemp("faults")
    with running_stack(folder, django_db_setup, **settings) as stack:
        yield stack


@pytest.fixture(scope="package")
def phone(stack) -> Phone:
    return Phone(stack.address, "alice@example.org")


@pytest.fixture
def let_leases_end(stack):
    """Free what a lost worker had taken, as the end of its lease does: it is long."""
    return lambda: stack.shell(_LONG_AGO)
