"""What is said between a learner's device and a realtime model, kept as the turns of a talk."""

import json

import pytest

from conversations import services, tasks, tutoring
from conversations.models import TutorMessage, TutorSession
from conversations.tests.conftest import SESSIONS, started
from conversations.tests.test_realtime import SECRET, URL, phone, realtime

__all__ = ["phone", "realtime"]

LEARNER = {
    "side": "learner",
    "text": "I want a soup. He go there every day.",
    "client_id": "item_1",
}
TUTOR = {"side": "tutor", "text": "Two soups, with pleasure. A drink?", "client_id": "item_2"}


@pytest.fixture
def talk(alice) -> TutorSession:
    return started(alice, scenario="ordering-food")


def keep(phone, talk, turn):
    return phone.post(f"{SESSIONS}{talk.pk}/realtime-turns/", turn, format="json")


def kept(talk) -> list[tuple[int, str, str]]:
    found = TutorMessage.objects.filter(session=talk, position__gt=0).order_by("position")
    return [(each.position, each.side, each.text) for each in found]


def test_turns_are_kept_in_order_each_once_and_nobody_answers_them(phone, talk, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks, "send_turn", sent.append)
    for turn in (LEARNER, LEARNER, TUTOR, LEARNER):
        answer = keep(phone, talk, turn)
        assert answer.status_code == 201
        assert answer.json()["may_go_on"] is True

    assert kept(talk) == [
        (1, "learner", LEARNER["text"]),
        (2, "tutor", TUTOR["text"]),
    ]
    assert sent == []


@pytest.mark.parametrize(
    ("sides", "places"),
    [
        (["tutor", "tutor"], [2, 4]),
        (["learner", "learner", "tutor", "learner"], [1, 3, 4, 5]),
    ],
)
def test_each_side_has_places_of_its_own_whoever_speaks_twice(phone, talk, sides, places):
    for number, side in enumerate(sides):
        keep(phone, talk, LEARNER | {"side": side, "client_id": f"item_{number}"})

    assert [turn[0] for turn in kept(talk)] == places


def test_place_beside_a_turn_that_waits_is_left_to_its_answer(phone, alice, talk):
    waiting = services.take_text(talk, "A water, please.")
    keep(phone, talk, TUTOR)
    tutoring.take_turn(waiting.pk)

    assert [turn[:2] for turn in kept(talk)] == [(1, "learner"), (2, "tutor"), (4, "tutor")]


def test_a_mistake_is_shown_with_the_answer_and_the_script_follows(phone, talk):
    keep(phone, talk, LEARNER)
    answer = keep(phone, talk, TUTOR).json()["message"]

    assert [each["better"] for each in answer["corrections"]] == ["He goes"]
    before = talk.dialogue
    talk.refresh_from_db()
    assert talk.dialogue != before
    assert talk.checks_met


def test_ended_it_is_stored_as_a_conversation_and_takes_nothing_more(phone, talk):
    keep(phone, talk, LEARNER | {"seconds": 2.4})
    keep(phone, talk, TUTOR)
    ended = phone.post(f"{SESSIONS}{talk.pk}/end/").json()

    talk.refresh_from_db()
    assert ended["conversation"] == talk.conversation.pk
    assert f"Learner: {LEARNER['text']}\nTutor: {TUTOR['text']}" in talk.conversation.transcription
    assert talk.conversation.ai_feedback["seconds_spoken"] == 2.4
    late = keep(phone, talk, LEARNER | {"client_id": "item_3"})
    assert (late.status_code, late.json()["errors"][0]["code"]) == (409, "session_ended")
    assert keep(phone, talk, TUTOR).status_code == 201


def test_usual_partner_goes_on_where_the_model_left_off(phone, talk):
    keep(phone, talk, LEARNER)
    keep(phone, talk, TUTOR)
    tutoring.take_turn(services.take_text(talk, "A water, please.").pk)

    assert [turn[:2] for turn in kept(talk)][2:] == [(3, "learner"), (4, "tutor")]


def test_what_was_said_is_kept_when_the_day_is_used_up_and_no_more_is_begun(
    phone, talk, settings, realtime
):
    settings.TUTOR_DAILY_TURNS = 1
    assert keep(phone, talk, LEARNER).json()["may_go_on"] is False
    assert phone.post(URL, {"session": talk.pk}).status_code == 429


@pytest.mark.parametrize(
    "wrong",
    [{"side": "waiter"}, {"text": ""}, {"client_id": None}, {"client_id": "a b"}, {"seconds": -1}],
)
def test_what_makes_no_turn_is_refused(phone, talk, wrong):
    assert keep(phone, talk, LEARNER | wrong).status_code == 400
    assert kept(talk) == []


def test_model_is_told_of_the_talk_that_goes_on_and_how_patient_to_be(phone, talk, realtime):
    realtime.faults = [SECRET]
    keep(phone, talk, LEARNER)
    assert phone.post(URL, {"session": talk.pk}).status_code == 201

    [(_, _, body)] = realtime.requests
    facts = json.loads(body["session"]["instructions"].split("facts = ")[1])
    assert facts["so_far"][-1] == {"who": "learner", "said": LEARNER["text"]}
    assert facts["situation"]["your_name"]
    heard = body["session"]["audio"]["input"]
    assert heard["turn_detection"]["silence_duration_ms"] == round(talk.patience_seconds * 1000)


def test_a_talk_that_is_over_or_another_s_does_not_go_on(phone, alice, charlie, realtime):
    over, foreign = started(alice), started(charlie)
    services.end(over)
    for talk in (over, foreign):
        answer = phone.post(URL, {"session": talk.pk})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "no_such_session")
    assert realtime.requests == []
