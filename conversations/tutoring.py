"""One turn: hear, store, answer, correct, speak.

Every step is stored before the next one begins, by whoever holds the turn's lease. A worker that
is lost in between leaves the turn waiting; the next one goes on after what was stored.
"""

import logging
import time
from typing import Any

from django.utils import timezone

from conversations import answering, events, notices, turns
from conversations.models import TutorMessage, TutorSession
from conversations.tutor_selectors import turns_before

logger = logging.getLogger(__name__)

_State = TutorMessage.State


def take_turn(message_id: int) -> int | None:
    """Answer a learner's turn unless it is done, not due or somebody's; the next that waits."""
    message = turns.claim(message_id)
    if message is None:
        return None
    try:
        _answer(message)
    except turns.LeaseLost:
        logger.info("turn %s was taken over by another worker", message_id)
        return None
    return turns.next_waiting(message.session_id)


def _answer(message: TutorMessage) -> None:
    if message.attempts > turns.MOST_ATTEMPTS:
        _fail(message, notices.NO_ANSWER)
        return
    session = message.session
    began = time.monotonic()
    try:
        found = answering.answer(session, message.text, turns_before(message))
    except answering.NobodyAnswers as nobody:
        _fail(message, notices.NO_ANSWER, {"passed_over": nobody.passed_over})
        return
    took = round(time.monotonic() - began, 3)
    _store(message, found, {"seconds": took})


def _store(message: TutorMessage, found: answering.Answered, spent: dict[str, Any]) -> None:
    session = message.session
    met = list(dict.fromkeys([*session.checks_met, *found.checks_met]))
    reply = TutorMessage(
        side=TutorMessage.Side.TUTOR,
        state=_State.ANSWERED,
        text=found.text[:4000],
        hints=found.hints,
        new_words=found.new_words,
        corrections=found.corrections,
        checks_met=found.checks_met,
        notice=_notice(session, found),
        timings={
            "answer": {
                "service": found.service,
                "leaves_machine": found.leaves_machine,
                "tokens": list(found.tokens),
                **spent,
            },
            "passed_over": found.passed_over,
        },
    )
    on_session = {
        "checks_met": met,
        "answered_by": found.by,
        "dialogue": found.dialogue or session.dialogue,
    }
    turns.finish(message, reply, on_session, state=_State.ANSWERED, answered_at=timezone.now())
    events.publish_answer(message, reply, met, finished=found.finished)


def _notice(session: TutorSession, found: answering.Answered) -> str:
    """Who answers changed since the turn before: the learner is told."""
    by = TutorSession.AnsweredBy
    if found.by == by.SCRIPT and found.passed_over and session.answered_by != by.SCRIPT:
        return notices.SCRIPT_TOOK_OVER
    if found.by == by.MODEL and session.answered_by == by.SCRIPT:
        return notices.MODEL_IS_BACK
    return ""


def _fail(message: TutorMessage, notice: str, timings: dict[str, Any] | None = None) -> None:
    turns.give_back(
        message, state=_State.FAILED, notice=notice, timings=message.timings | (timings or {})
    )
    events.publish_message(message)
