"""The tutor by a language model, and what happens when that does not answer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conversations import answering, notices, services, tutoring
from conversations.models import TutorMessage
from conversations.tests.conftest import SESSIONS, started
from engines.language_models import LanguageModelOptions
from engines.tests import language_model_server as lms
from flashcards.models import Card

SAID = "I want two bread and a soup, please."
GOOD = {
    "reply": "Two slices of bread and a soup, very well. And to drink?",
    "correction": {
        "said": "two bread",
        "better": "two slices of bread",
        "why": "El pan no se cuenta en inglés.",
        "rule": "uncountable nouns",
    },
    "hints": ["A water, please."],
    "checks_met": ["main", "no-such-check"],
    "new_words": [{"word": "slice", "meaning": "a thin flat piece"}],
    "finished": False,
}


def options(server, **more) -> LanguageModelOptions:
    return LanguageModelOptions(
        "compatible", "llama3.2", base_url=f"{server.address}/v1", timeout=1.0, retries=0, **more
    )


@pytest.fixture
def model(settings):
    """A language model that the owner lets talk to learners."""
    settings.CONVERSATION_LANGUAGE_MODEL = True
    settings.TUTOR_MODEL_SECONDS = 4
    settings.TUTOR_WAIT_SECONDS = 0
    with lms.running() as server:
        server.says = GOOD
        settings.LANGUAGE_MODELS = [options(server)]
        yield server


def said(session, text=SAID) -> tuple[TutorMessage, TutorMessage | None]:
    message = services.take_text(session, text)
    tutoring.take_turn(message.pk)
    return services.wait_for_answer(message, 0)


def test_model_answers_with_a_correction_of_what_was_said(model, talk):
    learner, tutor = said(talk)
    assert (learner.state, tutor.text) == ("answered", GOOD["reply"])
    assert tutor.corrections == [GOOD["correction"]]
    assert tutor.hints == GOOD["hints"]
    assert tutor.new_words == GOOD["new_words"]
    assert tutor.notice == ""
    took = tutor.timings["answer"]
    assert took["service"].endswith("at 127.0.0.1")
    assert took["leaves_machine"] is False
    assert took["tokens"] == [410, 96]
    talk.refresh_from_db()
    assert "no-such-check" not in talk.checks_met


def test_model_is_told_level_goal_earlier_talks_and_what_was_said(model, alice):
    earlier = started(alice)
    said(earlier)
    services.end(earlier)
    talk = started(alice, level="A2")
    said(talk, "Good evening.")
    said(talk)
    _path, _headers, body = model.requests[-1]
    system = body["messages"][0]["content"]
    assert '"level": "A2"' in system
    assert '"earlier": [{"topic": "Ordering food"' in system
    assert "uncountable nouns" in system
    roles = [each["role"] for each in body["messages"]]
    assert roles == ["system", "user", "assistant", "user"]
    assert body["messages"][-1]["content"] == SAID


def test_new_words_of_a_talk_become_cards(model, alice, talk):
    said(talk)
    services.end(talk)
    card = Card.objects.get(user=alice)
    assert (card.word, card.meaning) == ("slice", "a thin flat piece")
    assert card.sentence == GOOD["reply"]


def test_answer_that_breaks_the_rules_is_repaired_once(model, talk):
    wrong = GOOD | {"correction": GOOD["correction"] | {"said": "I eated"}}
    model.faults = [lambda handler: handler.answer(200, handler.completion(wrong))]
    _learner, tutor = said(talk)
    assert tutor.corrections == [GOOD["correction"]]
    repair = model.requests[-1][2]["messages"][-1]["content"]
    assert "correction.said" in repair


def test_correction_of_what_was_not_said_is_never_shown(model, talk):
    model.says = GOOD | {"correction": GOOD["correction"] | {"said": "I eated"}}
    _learner, tutor = said(talk, "A soup, please.")
    assert tutor.text == GOOD["reply"]
    assert tutor.corrections == []


@pytest.mark.parametrize(
    "fault",
    [
        lms.status(429, retry_after=30),
        lms.status(500),
        lms.status(401),
        lms.cut_short,
        lms.raw(b"no json"),
        lms.late(2.0),
    ],
    ids=["too-many", "broken", "wrong-key", "cut", "no-json", "slow"],
)
def test_script_takes_over_and_says_so_when_the_model_fails(model, talk, fault):
    model.always = fault
    learner, tutor = said(talk)
    assert learner.state == "answered"
    assert tutor.text
    assert tutor.notice == notices.SCRIPT_TOOK_OVER
    assert tutor.timings["answer"]["service"] == answering.SCRIPTED_PARTNER
    assert tutor.timings["answer"]["passed_over"]
    _learner, again = said(talk, "And a water, please.")
    assert again.notice == ""


def test_next_model_answers_when_the_first_fails(model, talk, settings):
    with lms.running() as broken:
        broken.always = lms.status(500)
        settings.LANGUAGE_MODELS = [options(broken), options(model)]
        _learner, tutor = said(talk)
    assert tutor.text == GOOD["reply"]
    assert tutor.timings["answer"]["passed_over"][0]["code"] == "engine_unavailable"
    assert tutor.notice == ""


def test_model_that_is_back_is_announced(model, talk):
    model.faults = [lms.status(400)]
    assert said(talk)[1].notice == notices.SCRIPT_TOOK_OVER
    assert said(talk, "And a water, please.")[1].notice == notices.MODEL_IS_BACK


def test_turn_without_any_partner_is_kept_and_answered_when_sent_again(model, alice):
    talk = started(alice, target_language="French")
    model.faults = [lms.status(400)]
    message = services.take_text(talk, "Bonjour.", "a1")
    tutoring.take_turn(message.pk)
    learner, tutor = services.wait_for_answer(message, 0)
    assert (learner.state, learner.notice, tutor) == ("failed", notices.NO_ANSWER, None)
    assert learner.text == "Bonjour."
    again = services.take_text(talk, "Bonjour.", "a1")
    assert again.pk == message.pk
    tutoring.take_turn(again.pk)
    assert services.wait_for_answer(again, 0)[1].text == GOOD["reply"]


def test_own_situation_and_free_talk_need_a_model(alices_phone, settings):
    own = {
        "title": "The lost parcel",
        "goal": "Find the parcel.",
        "partner_role": "a clerk at the post office",
        "opening": "Next, please.",
        "checks": ["You said what it looks like."],
    }
    made = alices_phone.post("/api/v1/conversations/custom-scenarios/", own, format="json").json()
    wish = {"target_language": "English", "scenario": made["slug"]}
    assert alices_phone.post(SESSIONS, wish, format="json").status_code == 409
    free = {"target_language": "English"}
    assert alices_phone.post(SESSIONS, free, format="json").status_code == 409


def test_own_situation_is_played_by_the_model(model, alices_phone):
    own = {"title": "Parcel", "goal": "Find it.", "partner_role": "a clerk", "checks": ["Done."]}
    made = alices_phone.post("/api/v1/conversations/custom-scenarios/", own, format="json").json()
    wish = {"target_language": "English", "scenario": made["slug"]}
    talk = alices_phone.post(SESSIONS, wish, format="json").json()
    assert talk["scenario"]["title"] == "Parcel"
    assert talk["checks"] == [{"id": "check-1", "text": "Done.", "met": False}]
    assert talk["opening"]["text"] == "Hello. How are you today?"


def test_context_of_a_turn_costs_the_same_however_long_the_talk(model, talk):
    for _number in range(2):
        said(talk)
    few = queries_of(talk)
    for _number in range(6):
        said(talk)
    assert queries_of(talk) == few


def queries_of(talk) -> int:
    message = services.take_text(talk, SAID)
    with CaptureQueriesContext(connection) as queries:
        tutoring.take_turn(message.pk)
    return len(queries)
