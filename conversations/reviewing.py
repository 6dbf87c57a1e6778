"""Working out what a finished talk came to: its spoken turns are heard one after another.

The review belongs to one worker until `due_at`, which each turn moves on. Each turn is kept as soon
as it was heard, so a worker that is lost takes nothing with it: the next one goes on after it.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation

from analysis.errors import AnalysisError
from analysis.options import AnalysisOptions
from conversations import fluency, review_sentences, summing_up
from conversations.level_estimate import Shown, estimate
from conversations.models import (
    HeardTurn,
    TalkReview,
    TutorMessage,
    TutorSession,
    VoiceConversation,
)
from conversations.situations import situation_of
from engines.transcribers import Transcriber, TranscriberError, make

logger = logging.getLogger(__name__)

# Longer than the longest turn takes to be heard, with the model loaded before it.
LEASE = timedelta(seconds=120)
MOST_ATTEMPTS = 4
# Beat leaves what was just queued to the message that was sent for it.
RESEND_AFTER = timedelta(seconds=30)
RESEND_AT_ONCE = 50


class LeaseLost(Exception):
    """The review belongs to another worker now, or is gone with its talk."""


def begin(session: TutorSession, messages: list[TutorMessage]) -> TalkReview:
    """Store what can be said at once of a talk that ended; due where turns were spoken.

    Call it in the transaction that ends the talk. What it comes to so far is told to its
    conversation, if it has one.
    """
    spoken = sum(1 for each in messages if _is_spoken(each))
    review = TalkReview(
        session=session,
        facts=summing_up.facts_of(session, messages),
        turns_to_measure=spoken,
        due_at=timezone.now() if spoken else None,
    )
    if not spoken:
        review.facts |= _found(session, review.facts, [], "not_spoken")
    review.save()
    _tell_conversation(session, review.facts)
    return review


def waiting() -> list[int]:
    """Talks whose review is due for longer than a message takes, oldest first."""
    due = TalkReview.objects.filter(due_at__lte=timezone.now() - RESEND_AFTER)
    return list(due.order_by("due_at").values_list("session_id", flat=True)[:RESEND_AT_ONCE])


def work(session_id: int) -> None:
    """Measure the talk and store what was found; nothing where it is not due.

    An engine that does not answer now is asked again when the lease ends; after MOST_ATTEMPTS in
    which no turn was heard, the review is finished with those that were.
    """
    review = _claim(session_id)
    if review is None:
        return
    session = review.session
    try:
        _finish(review, *_measured(review))
    except LeaseLost:
        logger.info("the review of talk %s went to another worker", session.pk)
    except AnalysisError as error:
        logger.warning("talk %s is not measured yet: %s (%s)", session.pk, error.code, error.detail)


def _measured(review: TalkReview) -> tuple[list[dict[str, Any]], str]:
    """The measures, and why there are none. Raises AnalysisError where it may work later."""
    gives_up = review.attempts > MOST_ATTEMPTS
    try:
        options = fluency.options_of(review.session)
        if not gives_up:
            _hear_all(review, options, make(options.transcriber))
    except fluency.Elsewhere:
        return [], "elsewhere"
    except TranscriberError as error:
        raise AnalysisError(error.code, permanent=False, detail=error.detail) from error
    except AnalysisError:
        if gives_up:
            return [], "engine"
        raise
    heard = HeardTurn.objects.filter(message__session=review.session_id)
    turns = heard.order_by("message__position").values_list("message__position", "heard")
    measures = fluency.measured(list(turns), options)
    return measures, "" if measures else "engine" if gives_up else "no_speech"


def _claim(session_id: int) -> TalkReview | None:
    """Take the review until the lease ends; None where it is not due, or another has it."""
    now = timezone.now()
    lease = now + LEASE
    taken = TalkReview.objects.filter(session=session_id, due_at__lte=now).update(
        due_at=lease, attempts=F("attempts") + 1
    )
    if not taken:
        return None
    whole = TalkReview.objects.select_related("session__user", "session__custom_scenario")
    return whole.filter(session=session_id, due_at=lease).first()


def _hear_all(review: TalkReview, options: AnalysisOptions, transcriber: Transcriber) -> None:
    """Hear the turns not heard yet, each kept at once. Raises AnalysisError, LeaseLost."""
    for message in _spoken(review.session_id).filter(heard=None):
        heard = fluency.heard(message, options, transcriber)
        with transaction.atomic():
            _write(review, due_at=timezone.now() + LEASE, attempts=0)
            HeardTurn.objects.get_or_create(message=message, defaults={"heard": heard})
            done = HeardTurn.objects.filter(message__session=review.session_id).count()
            _write(review, turns_measured=done)


def _finish(review: TalkReview, measures: list[dict[str, Any]], missing: str) -> None:
    """Store what was found, and tell it to the conversation. Raises LeaseLost."""
    session = review.session
    with transaction.atomic():
        facts = review.facts | _found(session, review.facts, measures, missing)
        _write(review, facts=facts, due_at=None)
        HeardTurn.objects.filter(message__session=session).delete()
        _tell_conversation(session, facts)


def _found(
    session: TutorSession, facts: dict[str, Any], measures: list[dict[str, Any]], missing: str
) -> dict[str, Any]:
    situation = situation_of(session) if session.custom_scenario_id is None else None
    values = {each["name"]: each["value"] for each in measures}
    minutes = (values.get("speaking_time") or 0) / 60
    long = values.get("long_pauses")
    shown = Shown(
        level=situation.level if situation else "",
        met=len(session.checks_met),
        checks=len(situation.checks) if situation else 0,
        turns=facts["turns"],
        words=facts["words"],
        corrections=sum(group["times"] for group in facts["corrections"]),
        long_pauses=long / minutes if long is not None and minutes else None,
    )
    return {
        "fluency": {"measures": measures, "missing": missing},
        "level": estimate(shown).to_json(),
    }


def _tell_conversation(session: TutorSession, facts: dict[str, Any]) -> None:
    if session.conversation_id is None:
        return
    with translation.override(session.user.interface_language or None):
        told = review_sentences.feedback(session, summing_up.checks(session), facts)
    VoiceConversation.objects.filter(pk=session.conversation_id).update(
        measured_feedback=told, updated_at=timezone.now()
    )


def _write(review: TalkReview, **values: Any) -> None:
    """Change the review as the worker that has it. Raises LeaseLost."""
    lease: datetime | None = review.due_at
    if not TalkReview.objects.filter(pk=review.pk, due_at=lease).update(**values):
        raise LeaseLost(review.pk)
    for name, value in values.items():
        setattr(review, name, value)


def _spoken(session_id: int) -> QuerySet[TutorMessage]:
    said = TutorMessage.objects.filter(session=session_id, side=TutorMessage.Side.LEARNER)
    return said.exclude(audio="").exclude(text="").order_by("position")


def _is_spoken(message: TutorMessage) -> bool:
    return bool(message.side == TutorMessage.Side.LEARNER and message.audio and message.text)
