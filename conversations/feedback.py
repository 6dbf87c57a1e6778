"""What is found in a conversation that nobody wrote feedback for.

Words are counted here. Scores of grammar and topics for the next time come from a language model
where the owner has one asked; without it there are none, for nothing here could stand behind them.
"""

import json
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.languages import name_of
from analysis.measuring import measure_text
from analysis.options import AnalysisOptions
from analysis.report import Report
from conversations.models import VoiceConversation
from conversations.prompts import prompt
from conversations.scores import scores_in
from conversations.transcripts import learners_words
from engines.language_models import LanguageModelError, LanguageModelOptions, Message, Request
from engines.language_models.in_turn import ask_in_turn

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 5
# Beat leaves what was just queued to the message that was sent for it.
RESEND_AFTER = timedelta(seconds=30)
RESEND_AT_ONCE = 50
MODEL_SECONDS = 45.0
LONGEST_TEXT = 12_000  # characters that a model is given
PROMPT = "feedback-1"
LEAST_TIMES = 3  # from when on a word counts as leaned on

_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "grammar_score",
        "vocabulary_usage",
        "areas_for_improvement",
        "suggested_next_topics",
        "confidence_level",
        "conversation_flow",
    ],
    "properties": {
        "grammar_score": {"type": "integer", "minimum": 0, "maximum": 100},
        "vocabulary_usage": {"type": "string", "minLength": 1, "maxLength": 400},
        "areas_for_improvement": {
            "type": "array",
            "maxItems": 5,
            "items": {"type": "string", "minLength": 1, "maxLength": 300},
        },
        "suggested_next_topics": {
            "type": "array",
            "maxItems": 5,
            "items": {"type": "string", "minLength": 1, "maxLength": 100},
        },
        "confidence_level": {"type": "string", "enum": ["low", "medium", "high"]},
        "conversation_flow": {"type": "string", "minLength": 1, "maxLength": 400},
    },
}


def waiting() -> list[int]:
    """Conversations whose analysis is due for longer than a message takes, oldest first."""
    due = VoiceConversation.objects.filter(feedback_due_at__lte=timezone.now() - RESEND_AFTER)
    return list(due.order_by("feedback_due_at").values_list("pk", flat=True)[:RESEND_AT_ONCE])


def find(conversation_id: int) -> None:
    """Analyse the conversation and keep what was found; nothing where it is not due."""
    conversation, lease = _claim(conversation_id)
    if conversation is None:
        return
    own_language = conversation.user.interface_language or settings.LANGUAGE_CODE
    with translation.override(own_language):
        found = counted(conversation)
        if conversation.feedback_attempts <= MOST_ATTEMPTS:
            found |= judged(conversation, own_language)
    VoiceConversation.objects.filter(pk=conversation.pk, feedback_due_at=lease).update(
        found_feedback=found,
        feedback_due_at=None,
        updated_at=timezone.now(),
        **scores_in(found),
    )


def _claim(conversation_id: int) -> tuple[VoiceConversation | None, datetime]:
    """Take the conversation until the lease ends; None where it is not due, or another has it."""
    now = timezone.now()
    lease = now + LEASE
    taken = VoiceConversation.objects.filter(pk=conversation_id, feedback_due_at__lte=now).update(
        feedback_due_at=lease, feedback_attempts=F("feedback_attempts") + 1
    )
    if not taken:
        return None, lease
    found = VoiceConversation.objects.select_related("user")
    return found.filter(pk=conversation_id, feedback_due_at=lease).first(), lease


def models_that_judge() -> list[LanguageModelOptions]:
    """Who is asked, in this order; nobody unless the owner of the installation said so."""
    return list(settings.LANGUAGE_MODELS) if settings.CONVERSATION_LANGUAGE_MODEL else []


def counted(conversation: VoiceConversation) -> dict[str, Any]:
    """How many words the learner used, how varied they are, and which came back most."""
    text = learners_words(conversation.transcription)
    report = measure_text(text, None, AnalysisOptions(language=conversation.target_language_code))
    used: dict[str, Any] = {
        "words": _value(report, "words"),
        "variety": _value(report, "diversity"),
        "by": "counted",
    }
    leaned_on = [
        {"word": word.text, "times": word.count}
        for word in report.wording.leaned_on
        if word.count >= LEAST_TIMES
    ]
    found: dict[str, Any] = {"vocabulary_usage": used | {"leaned_on": leaned_on}}
    if leaned_on:
        found["areas_for_improvement"] = [
            _("“%(word)s” comes %(times)d times. Find another word for one of them.") % word
            for word in leaned_on[:3]
        ]
    return found


def judged(conversation: VoiceConversation, own_language: str) -> dict[str, Any]:
    """What a language model says of it; empty where none is set up, or none answers."""
    models = models_that_judge()
    if not models:
        return {}
    facts = {
        "language": name_of(conversation.target_language),
        "native_language": name_of(conversation.native_language),
        "type": conversation.conversation_type,
        "topic": conversation.topic,
        "answer_in": own_language,
        "transcript": conversation.transcription[:LONGEST_TEXT],
    }
    request = Request(
        system=prompt(PROMPT),
        messages=(Message("user", json.dumps(facts, ensure_ascii=False)),),
        schema=_SCHEMA,
        name="conversation_feedback",
    )
    try:
        answer = ask_in_turn(models, request, seconds=MODEL_SECONDS)
    except LanguageModelError as error:
        logger.warning("conversation %s was not judged: %s", conversation.pk, error.code)
        return {}
    return answer.data | {"by": {"model": answer.model, "prompt": PROMPT}}


def _value(report: Report, name: str) -> float | None:
    measure = next((each for each in report.measures if each.name == name), None)
    return measure.value if measure else None
