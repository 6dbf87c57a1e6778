"""Advice in a language model's words, where the owner of the installation wants that."""

import logging
import time
from dataclasses import replace

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from analysis.report import Feedback, Report, Rewording
from analysis.rewording import reword
from analysis.rewording.prompts import FEEDBACK
from engines.language_models import Answer, LanguageModelOptions, Request
from engines.language_models.in_turn import ask_in_turn

logger = logging.getLogger(__name__)


def models_for_feedback() -> list[LanguageModelOptions]:
    """Who is asked to word advice, in this order; nobody unless the owner said so."""
    return list(settings.LANGUAGE_MODELS) if settings.FEEDBACK_LANGUAGE_MODEL else []


def in_other_words(report: Report, feedback: Feedback, said: list[str]) -> Feedback:
    """The feedback, reworded where a model is asked, answers in time and keeps to the facts.

    `said`: the sentences of one's last report. Nothing that goes wrong here may cost a report: then
    the rules' own sentences stay, and the feedback says why.
    """
    models = models_for_feedback()
    if not models:
        return feedback

    until = time.monotonic() + settings.FEEDBACK_LANGUAGE_MODEL_SECONDS

    def ask(request: Request) -> Answer:
        return ask_in_turn(models, request, seconds=until - time.monotonic())

    try:
        done = reword(report, feedback, ask, said)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        logger.exception("rewording the advice broke off")
        return replace(feedback, rewording=Rewording(FEEDBACK, "unavailable", "internal"))
    if done.rewording is not None and done.rewording.outcome != "used":
        logger.warning("advice stays as it is: %s", done.rewording.reason)
    return done
