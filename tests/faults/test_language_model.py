"""A worker that asks a language model to word the advice, and what the model does to it."""

import json
import time

import pytest

from engines.tests import language_model_server as lms
from tests.faults.conftest import MODEL_SECONDS

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("stack")]
TEXT = "Um, so I think, um, that we should, you know, begin. Uh, it is time. " * 5


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
    model.always = lms.silent
    began = time.monotonic()
    feedback = report_of(phone)
    assert time.monotonic() - began < MODEL_SECONDS + 20
    assert feedback["rewording"]["outcome"] == "unavailable"
    assert feedback["focus"] == feedback["messages"]["focus"]["text"]
