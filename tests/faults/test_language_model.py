"""A worker that asks a language model to word the advice, and what the model does to it."""

import json
import time

import pytest

from engines.tests import language_model_server as lms
from tests.phone import Phone

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("stack")]
SECONDS = 4
TEXT = "Um, so I think, um, that we should, you know, begin. Uh, it is time. " * 5


@pytest.fixture(scope="module")
def model(stack):
    """The server that the owner of this installation set up, in the worker's environment."""
    usual = stack.environment
    with lms.running() as server:
        stack.stop("light")
        stack.environment = dict(
            usual,
            FEEDBACK_LANGUAGE_MODEL="true",
            FEEDBACK_LANGUAGE_MODEL_SECONDS=str(SECONDS),
            LLM_BASE_URL=f"{server.address}/v1",
            LLM_MODEL="llama3.2",
            LLM_PROVIDERS="compatible",
        )
        stack.start("light")
        yield server
        stack.stop("light")
        stack.environment = usual
        stack.start("light")


@pytest.fixture(scope="module")
def phone(stack) -> Phone:
    return Phone(stack.address, "alice@example.org")


def report_of(phone):
    body = {"title": "Talk", "transcription": TEXT, "duration": 60}
    status, session = phone.call("POST", "/api/v1/speech-sessions/", body)
    assert status == 201, session
    return phone.wait_for_report(session["id"], 90)["feedback"]


def reword(handler):
    """What the worker sent, in other words."""
    told = json.loads(handler.server.requests[-1][2]["messages"][-1]["content"])["sentences"]
    says = {name: text.rstrip(".") + ", truly." for name, text in told.items()}
    handler.answer(200, handler.completion(says))


def test_worker_shows_what_the_model_wrote(phone, model):
    model.always = reword
    feedback = report_of(phone)
    assert feedback["rewording"]["outcome"] == "used"
    assert feedback["focus"].endswith(", truly.")


def test_worker_goes_on_in_time_when_the_model_says_nothing(phone, model):
    model.always = reword
    report_of(phone)  # the worker, which was started for this test, is there now
    model.always = lms.silent
    began = time.monotonic()
    feedback = report_of(phone)
    assert time.monotonic() - began < SECONDS + 20
    assert feedback["rewording"]["outcome"] == "unavailable"
    assert feedback["focus"] == feedback["messages"]["focus"]["text"]
