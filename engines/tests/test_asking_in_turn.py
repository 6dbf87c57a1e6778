"""One language model after another is asked until one answers."""

import time

import pytest

from engines.language_models import LanguageModelOptions
from engines.language_models.in_turn import ask_in_turn
from engines.tests import language_model_server as lms
from engines.tests.test_language_models import GOOD, REQUEST, refused


@pytest.fixture
def server():
    with lms.running() as made:
        made.says = GOOD
        yield made


def options_at(server, provider, **more):
    path = "" if provider == "anthropic" else "/v1"
    return LanguageModelOptions(
        provider, "m-1", "key-1", server.address + path, **{"timeout": 2.0, "retries": 0, **more}
    )


@pytest.mark.parametrize(
    "fault", [lms.silent, lms.status(429), lms.status(500), lms.cut_short, lms.raw(b"{}")]
)
def test_next_model_answers_where_the_first_fails_and_says_who_was_passed_over(server, fault):
    with lms.running() as second:
        second.says = GOOD
        server.always = fault
        asked = [options_at(server, "anthropic", timeout=0.4), options_at(second, "compatible")]
        answer = ask_in_turn(asked, REQUEST, seconds=4)
    assert answer.data == GOOD
    assert answer.provider == "compatible"
    assert [(one.name, one.code) for one in answer.passed_over] == [
        ("anthropic m-1", "engine_unavailable")
    ]


def test_when_nobody_answers_the_last_error_is_told_in_time(server):
    server.always = lms.silent
    asked = [options_at(server, "anthropic"), options_at(server, "openai")]
    began = time.monotonic()
    refused(lambda: ask_in_turn(asked, REQUEST, seconds=1), "engine_unavailable", permanent=False)
    assert time.monotonic() - began < 20


def test_nobody_to_ask_is_an_error_that_lasts():
    refused(lambda: ask_in_turn([], REQUEST, seconds=1), "engine_unavailable", permanent=True)


def test_without_time_nobody_is_asked(server):
    asked = [options_at(server, "openai")]
    refused(lambda: ask_in_turn(asked, REQUEST, seconds=0), "engine_unavailable", permanent=False)
    assert server.requests == []
