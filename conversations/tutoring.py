"""One turn: hear, store, answer, correct, speak.

Every step is stored before the next one begins, by whoever holds the turn's lease. A worker that
is lost in between leaves the turn waiting; the next one goes on after what was stored.
"""

import logging
import time
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from conversations import answering, events, notices, speaking, turns
from conversations.models import TutorMessage, TutorSession
from conversations.models.tutor import LONGEST_TEXT
from conversations.tutor_selectors import turns_before
from speech.services import SpeechError, hear

logger = logging.getLogger(__name__)

_State = TutorMessage.State


def take_turn(message_id: int) -> int | None:
    """Answer a learner's turn, or speak a reply, unless it is done or somebody's.

    Gives the next turn of the talk that waits, None where none does.
    """
    message = turns.claim(message_id) or turns.claim_to_speak(message_id)
    if message is None:
        return None
    try:
        if message.to_speak:
            speaking.speak(message, message.session)
        else:
            _take(message)
    except turns.LeaseLost:
        logger.info("turn %s was taken over by another worker", message_id)
        return None
    return turns.next_waiting(message.session_id)


def _take(message: TutorMessage) -> None:
    if message.attempts > turns.MOST_ATTEMPTS:
        _fail(message, notices.NO_ANSWER)
        return
    if message.audio and not message.text and not _hear(message):
        return
    reply = _answer(message)
    if reply is not None and reply.to_speak:
        speaking.speak(reply, message.session)


def _hear(message: TutorMessage) -> bool:
    """Store what was said; False where nothing was, or nobody heard it."""
    with message.audio.open() as file:
        content = file.read()
    try:
        heard = hear(content, language=message.session.target_language_code)
    except SpeechError as error:
        logger.warning("turn %s was not heard: %s (%s)", message.pk, error.code, error.detail)
        of_engine = error.code.startswith("engine_") or not error.permanent
        _fail(message, notices.NOT_HEARD if of_engine else notices.NOT_AUDIO)
        return False
    passed_over = [{"name": one.name, "code": one.code} for one in heard.passed_over]
    service = heard.service
    timings = {
        "hear": {
            "service": service.name if service else "",
            "leaves_machine": bool(service and service.leaves_machine),
            "seconds": heard.seconds,
            "cost": heard.cost,
            "passed_over": passed_over,
        }
    }
    message.seconds = heard.duration_seconds
    text = heard.text.strip()[:LONGEST_TEXT]
    if not text:
        _fail(message, notices.NOTHING_HEARD, timings)
        return False
    turns.write(
        message,
        text=text,
        words=[asdict(word) for word in heard.words],
        seconds=heard.duration_seconds,
        notice=notices.OTHER_EARS if passed_over else "",
        timings=message.timings | timings,
    )
    events.publish_message(message)
    return True


def _answer(message: TutorMessage) -> TutorMessage | None:
    session = message.session
    began = time.monotonic()
    try:
        found = answering.answer(session, message.text, turns_before(message))
    except answering.NobodyAnswers as nobody:
        _fail(message, notices.NO_ANSWER, {"answer": {"passed_over": nobody.passed_over}})
        return None
    took = round(time.monotonic() - began, 3)
    return _store(message, found, took)


def _store(message: TutorMessage, found: answering.Answered, took: float) -> TutorMessage:
    session = message.session
    met = list(dict.fromkeys([*session.checks_met, *found.checks_met]))
    reply = TutorMessage(
        side=TutorMessage.Side.TUTOR,
        state=_State.ANSWERED,
        text=found.text[:LONGEST_TEXT],
        **(speaking.held_by(message) if speaking.is_spoken(session) else {}),
        hints=found.hints,
        new_words=found.new_words,
        corrections=found.corrections,
        checks_met=found.checks_met,
        notice=_notice(session, found),
        timings={
            "answer": {
                "service": found.service,
                "leaves_machine": found.leaves_machine,
                "seconds": took,
                "tokens": list(found.tokens),
                "passed_over": found.passed_over,
            }
        },
    )
    on_session = {
        "checks_met": met,
        "answered_by": found.by,
        "dialogue": found.dialogue or session.dialogue,
    }
    turns.finish(message, reply, on_session, state=_State.ANSWERED, answered_at=timezone.now())
    events.publish_answer(message, reply, met, finished=found.finished)
    return reply


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
        message,
        state=_State.FAILED,
        notice=notice,
        seconds=message.seconds,
        timings=message.timings | (timings or {}),
    )
    events.publish_message(message)
