"""Advice worded by a language model, from the queue to the page, with a real server to ask."""

import json
import time

import pytest
from django.test import Client

from engines.language_models import LanguageModelOptions
from engines.tests import language_model_server as lms
from speech_sessions import selectors, services
from speech_sessions.models import AnalysisRun
from speech_sessions.presentation.place import worded_by
from speech_sessions.tests.conftest import run_to_the_end
from verbalcoach.tests.test_pages import text_of

# Real commits: a lease is renewed from a thread, and events are told after the commit.
pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Um, so I think, um, that we should, you know, begin. Uh, it is time. " * 5


@pytest.fixture
def server():
    with lms.running() as made:
        yield made


@pytest.fixture
def asked(settings, server):
    """The owner wants advice worded by the server."""
    settings.FEEDBACK_LANGUAGE_MODEL = True
    settings.FEEDBACK_LANGUAGE_MODEL_SECONDS = 3
    settings.LANGUAGE_MODELS = [
        LanguageModelOptions(
            "compatible", "llama3.2", base_url=f"{server.address}/v1", timeout=2.0, retries=1
        )
    ]
    return server


def analysed(alice):
    session = services.create_record(alice, duration=60, transcription=TEXT)
    run = run_to_the_end(session.current_run)
    assert run.state == AnalysisRun.State.DONE
    return selectors.session_of(alice, session.pk)


def feedback_of(session):
    return selectors.report_document(session)["feedback"]


def in_other_words(sentences):
    """The same, each a little longer."""
    return {name: text.rstrip(".") + ", truly." for name, text in sentences.items()}


def told(server):
    """The sentences that the server was last told."""
    *_, (_, _, body) = server.requests
    return json.loads(body["messages"][-1]["content"])["sentences"]


def reword_by_the_rules(handler):
    """An honest model: what it is told, in other words."""
    handler.server.says = in_other_words(told(handler.server))
    handler.answer(200, handler.completion(handler.server.says))


def invent_a_number(handler):
    """A model that lies."""
    says = in_other_words(told(handler.server))
    says["why"] = "It costs 37 per cent of the attention. " + says["why"]
    handler.answer(200, handler.completion(says))


def page_of(client, session):
    return text_of(client.get(session.get_absolute_url()))


def test_advice_is_shown_in_the_models_words_with_its_name(alice, alices_browser, asked):
    asked.always = reword_by_the_rules
    session = analysed(alice)
    feedback = feedback_of(session)
    assert feedback["rewording"]["outcome"] == "used"
    assert feedback["rewording"]["prompt"] == "feedback-1"
    assert (feedback["rewording"]["input_tokens"], feedback["rewording"]["output_tokens"]) == (
        410,
        96,
    )
    assert feedback["focus"] == told(asked)["focus"].rstrip(".") + ", truly."
    assert feedback["messages"]["focus"]["text"] == told(asked)["focus"]
    page = page_of(alices_browser, session)
    assert feedback["focus"] in page
    assert feedback["drill"] in page
    assert feedback["goal"] in page
    assert "Worded by the language model" in page


def test_advice_over_the_api_is_in_the_models_words_and_names_it(alice, alices_phone, asked):
    asked.always = reword_by_the_rules
    session = analysed(alice)
    answer = alices_phone.get(f"/api/v1/speech-sessions/{session.pk}/report/").json()
    assert answer["feedback"]["why"].endswith(", truly.")
    assert answer["feedback"]["rewording"]["host"] == "127.0.0.1"
    assert answer["feedback"]["rewording"]["leaves_machine"] is False


def test_advice_with_an_invented_number_is_never_shown(alice, alices_browser, asked):
    asked.always = invent_a_number
    session = analysed(alice)
    feedback = feedback_of(session)
    assert feedback["rewording"]["outcome"] == "rejected"
    assert feedback["rewording"]["reason"] == "number '37' in why"
    for name in ("strength", "focus", "why", "drill"):
        assert feedback[name] == (feedback["messages"].get(name) or {"text": None})["text"]
    page = page_of(alices_browser, session)
    assert "37" not in feedback["why"]
    assert feedback["focus"] in page
    assert "truly" not in page
    assert "Worded by" not in page


@pytest.mark.parametrize(
    "fault",
    [lms.silent, lms.dripping, lms.status(500), lms.status(429, retry_after=60), lms.cut_short],
)
def test_report_comes_in_time_with_the_rules_sentences_when_the_model_does_not_answer(
    alice, asked, fault
):
    asked.always = fault
    began = time.monotonic()
    session = analysed(alice)
    assert time.monotonic() - began < 45
    feedback = feedback_of(session)
    assert feedback["rewording"]["outcome"] == "unavailable"
    assert feedback["rewording"]["reason"] == "engine_unavailable"
    assert feedback["focus"] == feedback["messages"]["focus"]["text"]


def test_second_model_words_the_advice_when_the_first_is_down(alice, asked, settings):
    asked.always = reword_by_the_rules
    down = LanguageModelOptions(
        "anthropic", "claude", "key", "http://127.0.0.1:9", timeout=1.0, retries=0
    )
    settings.LANGUAGE_MODELS = [down, *settings.LANGUAGE_MODELS]
    settings.FEEDBACK_LANGUAGE_MODEL_SECONDS = 12  # loading the second SDK takes some of it
    rewording = feedback_of(analysed(alice))["rewording"]
    assert rewording["outcome"] == "used"
    assert rewording["passed_over"] == ["anthropic claude: engine_unavailable"]


def test_nobody_is_asked_unless_the_owner_said_so(alice, asked, settings):
    settings.FEEDBACK_LANGUAGE_MODEL = False
    asked.always = reword_by_the_rules
    assert feedback_of(analysed(alice))["rewording"] is None
    assert asked.requests == []


def test_nothing_of_the_transcript_or_the_person_is_sent(alice, asked):
    asked.always = reword_by_the_rules
    analysed(alice)
    sent = str(asked.requests)
    for word in ("think", "Alice", "Archer", "alice@example.org", "it is time"):
        assert word not in sent


def test_same_words_as_last_time_are_not_shown_again(alice, asked, monkeypatch):
    asked.always = reword_by_the_rules
    first = feedback_of(analysed(alice))
    asked.always = lambda handler: handler.answer(
        200, handler.completion({**in_other_words(told(asked)), "why": first["why"]})
    )
    second = feedback_of(analysed(alice))
    assert second["rewording"]["outcome"] == "rejected"
    assert second["why"] != first["why"]


def test_error_nobody_thought_of_costs_no_report(alice, asked, monkeypatch, caplog):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("speech_sessions.pipeline.other_words.ask_in_turn", broken)
    rewording = feedback_of(analysed(alice))["rewording"]
    assert (rewording["outcome"], rewording["reason"]) == ("unavailable", "internal")
    assert "ZeroDivisionError" in caplog.text


def test_privacy_names_who_words_the_advice_only_where_somebody_else_does(settings, asked):
    page = text_of(Client().get("/privacy/"))
    assert "No sound and no word of it is sent" in page
    settings.LANGUAGE_MODELS = [
        LanguageModelOptions("anthropic", "claude-haiku-5-5", "key"),
        LanguageModelOptions("compatible", "m", base_url="https://llm.example.org/v1"),
    ]
    page = text_of(Client().get("/privacy/"))
    assert "by a language model, which may be one of Anthropic or llm.example.org" in page
    assert "No sound and no word of it is sent" not in page
    settings.FEEDBACK_LANGUAGE_MODEL = False
    assert "Who words the advice" not in text_of(Client().get("/privacy/"))


def test_report_names_the_machine_that_the_advice_was_sent_to():
    rewording = {"outcome": "used", "leaves_machine": True, "model": "m-1", "host": "llm.example"}
    assert worded_by(rewording).startswith("Worded by m-1 at llm.example, which was sent these")
    assert worded_by({**rewording, "outcome": "rejected"}) == worded_by(None) == ""
