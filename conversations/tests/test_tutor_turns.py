"""Every turn once and in order: two tabs, lost answers, reloads, workers that die in the middle."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations import answering, services, turns, tutoring
from conversations.models import TutorMessage, VoiceConversation
from conversations.services import ending
from conversations.tests.conftest import SESSIONS, started

pytestmark = pytest.mark.usefixtures("lost_worker")

names = st.sampled_from([f"{tab}-{number}" for tab in ("left", "right") for number in range(4)])
moves = st.one_of(
    # A tab says something, new or once more because it never saw the answer,
    st.tuples(st.just("say"), names),
    # a worker takes a turn that it was told of, in time, late, or twice,
    st.tuples(st.just("work"), st.integers(0, 9)),
    # one dies after it took a turn,
    st.tuples(st.just("die"), st.integers(0, 9)),
    # its lease ends and beat sends again what waits,
    st.tuples(st.just("beat")),
    # a tab is loaded anew.
    st.tuples(st.just("reload")),
)


class Tabs:
    """Two tabs of one talk, and the workers behind it."""

    def __init__(self, session, phone) -> None:
        self.session, self.phone = session, phone
        self.told: list[int] = []
        self.said: list[str] = []

    def say(self, name) -> None:
        body = {"text": f"I am {name}.", "client_id": name}
        answer = self.phone.post(f"{SESSIONS}{self.session.pk}/text/", body, format="json")
        assert answer.status_code == 201
        self.told.append(answer.json()["learner"]["id"])
        if name not in self.said:
            self.said.append(name)

    def work(self, which) -> None:
        if self.told:
            following = tutoring.take_turn(self.told[which % len(self.told)])
            if following:
                self.told.append(following)

    def die(self, which) -> None:
        if self.told:
            turns.claim(self.told[which % len(self.told)])

    def beat(self) -> None:
        past = timezone.now() - timedelta(seconds=1)
        TutorMessage.objects.filter(lease_until__isnull=False).update(lease_until=past)
        TutorMessage.objects.update(created_at=past - turns.RESEND_AFTER, attempts=0)
        for message_id in turns.abandoned():
            tutoring.take_turn(message_id)

    def reload(self) -> None:
        listed = self.phone.get(f"{SESSIONS}{self.session.pk}/messages/?page_size=100").json()
        found = listed["results"]
        places = [each["position"] for each in found]
        assert places == sorted(set(places))
        learner = [each for each in found if each["side"] == "learner"]
        assert [each["client_id"] for each in learner] == self.said
        # Answers come in the order of the turns: none is answered while one before it waits.
        states = [each["state"] for each in learner]
        assert states == sorted(states)  # answered before waiting
        replies = {each["position"] for each in found if each["side"] == "tutor"}
        answered = {each["position"] + 1 for each in learner if each["state"] == "answered"}
        assert replies == {0} | answered


@pytest.mark.django_db
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(moves, max_size=20))
def test_every_turn_is_answered_once_and_in_order(alice, alices_phone, moves_of_all):
    tabs = Tabs(started(alice), alices_phone)
    for name, *rest in moves_of_all:
        getattr(tabs, name)(*rest)
        tabs.reload()
    for _turn in tabs.said:
        tabs.beat()
    tabs.reload()
    messages = TutorMessage.objects.filter(session=tabs.session)
    assert messages.filter(side="tutor").count() == 1 + len(tabs.said)
    assert not messages.exclude(state="answered").exists()


def test_turn_of_a_worker_that_died_is_taken_over_when_its_lease_ends(talk, time_machine):
    time_machine.move_to("2026-11-21 12:00 +0000", tick=False)
    message = services.take_text(talk, "A soup, please.")
    assert turns.claim(message.pk) is not None
    assert tutoring.take_turn(message.pk) is None
    assert TutorMessage.objects.get(pk=message.pk).state == "waiting"
    assert turns.abandoned() == []
    time_machine.shift(turns.LEASE)
    assert turns.abandoned() == [message.pk]
    tutoring.take_turn(message.pk)
    assert services.wait_for_answer(message, 0)[1] is not None


def test_worker_that_slept_too_long_writes_nothing(talk, time_machine):
    time_machine.move_to("2026-11-21 12:00 +0000", tick=False)
    message = services.take_text(talk, "A soup, please.")
    slow = turns.claim(message.pk)
    time_machine.shift(turns.LEASE)
    tutoring.take_turn(message.pk)
    answered = TutorMessage.objects.get(position=2)
    found = answering.answer(slow.session, slow.text, [])
    reply = TutorMessage(side="tutor", state="answered", text=found.text)
    with pytest.raises(turns.LeaseLost), transaction.atomic():
        turns.finish(slow, reply, {}, state="answered")
    assert TutorMessage.objects.get(position=2).pk == answered.pk


def test_place_of_an_answer_is_taken_once(talk):
    message = services.take_text(talk, "A soup, please.")
    tutoring.take_turn(message.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        TutorMessage.objects.create(session=talk, position=2, side="tutor", state="answered")


def test_turn_that_kills_every_worker_is_given_up_and_kept(talk, time_machine):
    time_machine.move_to("2026-11-21 12:00 +0000", tick=False)
    message = services.take_text(talk, "A soup, please.")
    for _worker in range(turns.MOST_ATTEMPTS):
        assert turns.claim(message.pk) is not None
        time_machine.shift(turns.LEASE)
    tutoring.take_turn(message.pk)
    learner, tutor = services.wait_for_answer(message, 0)
    assert (learner.state, learner.text, tutor) == ("failed", "A soup, please.", None)
    assert learner.notice


def test_turn_that_was_never_sent_is_sent_by_beat(talk, time_machine):
    time_machine.move_to("2026-11-21 12:00 +0000", tick=False)
    message = services.take_text(talk, "A soup, please.")
    assert turns.abandoned() == []
    time_machine.shift(turns.RESEND_AFTER)
    assert turns.abandoned() == [message.pk]


def test_two_ends_store_one_conversation(talk):
    message = services.take_text(talk, "A soup, please.")
    tutoring.take_turn(message.pk)
    first, second = services.end(talk), services.end(talk)
    assert first.conversation_id == second.conversation_id
    assert VoiceConversation.objects.count() == 1


def test_end_keeps_what_was_not_answered(talk, monkeypatch):
    # No worker answers in this test, however long it is waited for.
    monkeypatch.setattr(ending, "WAIT_SECONDS", 0.1)
    services.take_text(talk, "A soup, please.")
    ended = services.end(talk)
    assert "Learner: A soup, please." in ended.conversation.transcription
    assert TutorMessage.objects.get(position=1).state == "failed"
