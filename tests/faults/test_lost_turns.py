"""A process dies while the partner thinks: every turn is answered once, and in order."""

import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.stack import wait_until

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("stack")]
SESSIONS = "/api/v1/conversations/sessions/"
FIRST, SECOND = "A tomato soup, please.", "And a water."
SAYS = {
    "reply": "Very well. And to drink?",
    "correction": None,
    "hints": ["A water, please."],
    "checks_met": [],
    "new_words": [],
    "finished": False,
}
_TURNS_OF = """
from conversations.models import TutorMessage
found = TutorMessage.objects.filter(session_id={talk}).order_by("position")
answer = [[each.side, each.position, each.state, each.client_id] for each in found]
"""


class Talk:
    """A talk of alice's, over the API."""

    def __init__(self, stack, phone) -> None:
        self._stack, self._phone = stack, phone
        wish = {"target_language": "English", "scenario": "ordering-food", "level": "A1"}
        status, session = phone.call("POST", SESSIONS, wish)
        assert status == 201, session
        self.number = session["id"]

    def say(self, text, name):
        """What the client reads of a turn once it is answered, or waited for long enough."""
        body = {"text": text, "client_id": name}
        return self._phone.call("POST", f"{SESSIONS}{self.number}/text/", body)

    def turns(self):
        return self._stack.shell(_TURNS_OF.format(talk=self.number))

    def expect_two_turns(self) -> None:
        def all_answered() -> bool:
            return len(self.turns()) >= 5

        wait_until(all_answered, "both turns are answered")
        assert self.turns() == [
            ["tutor", 0, "answered", None],
            ["learner", 1, "answered", "first"],
            ["tutor", 2, "answered", None],
            ["learner", 3, "answered", "second"],
            ["tutor", 4, "answered", None],
        ]


@pytest.fixture
def thinking(model):
    """The model is asked, and says nothing until it may; tells when it was asked."""
    asked, may_answer = threading.Event(), threading.Event()

    def think(handler) -> None:
        asked.set()
        may_answer.wait(60)
        handler.answer(200, handler.whole())

    model.says, model.always = SAYS, think
    yield asked, may_answer
    may_answer.set()


def test_every_turn_is_answered_once_when_the_tutor_is_killed_in_the_middle(
    stack, phone, thinking, let_leases_end
):
    asked, may_answer = thinking
    talk = Talk(stack, phone)
    with ThreadPoolExecutor() as client:
        answers = [client.submit(talk.say, FIRST, "first")]
        assert asked.wait(90)
        stack.stop("tutor", signal.SIGKILL)
        answers.append(client.submit(talk.say, SECOND, "second"))
        wait_until(lambda: len(talk.turns()) == 3, "the second turn is stored too")
        may_answer.set()
        assert {turn[2] for turn in talk.turns()[1:]} == {"waiting"}

        let_leases_end()
        stack.start("tutor")
        assert {answer.result()[0] for answer in answers} == {201}

    talk.expect_two_turns()


def test_every_turn_is_answered_once_when_the_web_server_is_killed_in_the_middle(
    stack, phone, thinking
):
    asked, may_answer = thinking
    talk = Talk(stack, phone)
    with ThreadPoolExecutor() as client:
        answer = client.submit(talk.say, FIRST, "first")
        assert asked.wait(90)
        stack.stop("web", signal.SIGKILL)
        with pytest.raises(ConnectionError):
            answer.result()
    may_answer.set()

    stack.start("web")
    stack.wait_for_page()
    # The client never saw an answer, and sends what it said again.
    for text, name in ((FIRST, "first"), (SECOND, "second")):
        assert talk.say(text, name)[0] == 201

    talk.expect_two_turns()
