"""Who answers the learner: a language model where one may and does, else the scripted partner.

The script is kept in step with every turn, so that it can take over in the middle of a talk.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings

from conversations import grammar, tutor_request
from conversations.greetings import greeting
from conversations.models import TutorMessage, TutorSession
from conversations.situations import base_of, has_script, model_may_answer, situation_of
from engines.language_models import Answer, LanguageModelError, Request
from engines.language_models.in_turn import ask_in_turn
from partner import dialogue
from partner.personas import Persona, UnknownPersona, all_personas, persona
from partner.recasts import corrections_in
from partner.talk_state import BadState

logger = logging.getLogger(__name__)

SCRIPTED_PARTNER = "scripted partner"


@dataclass(frozen=True)
class Answered:
    """What the partner says next, and who said it.

    `dialogue` is where the script stands afterwards; `passed_over` who was asked in vain, and why.
    """

    text: str
    by: str
    service: str
    leaves_machine: bool = False
    corrections: list[dict[str, str]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    checks_met: list[str] = field(default_factory=list)
    new_words: list[dict[str, str]] = field(default_factory=list)
    dialogue: dict[str, Any] = field(default_factory=dict)
    finished: bool = False
    understood: bool = True
    tokens: tuple[int | None, int | None] = (None, None)
    passed_over: list[dict[str, str]] = field(default_factory=list)


class NobodyAnswers(Exception):
    """No language model answered, and there is no script."""

    def __init__(self, passed_over: Sequence[dict[str, str]]) -> None:
        super().__init__("nobody answers")
        self.passed_over = list(passed_over)


def persona_of(session: TutorSession) -> Persona:
    """Who plays the partner; the first one where that persona is no more."""
    try:
        return persona(session.persona)
    except UnknownPersona:
        return all_personas()[0]


def opening(session: TutorSession) -> Answered:
    """The partner's first words, without asking anybody: a talk begins at once."""
    situation = situation_of(session)
    language = base_of(session.target_language_code)
    if situation is not None and has_script(situation, session.target_language_code):
        said = dialogue.open_dialogue(situation, language, persona_of(session), seed=session.seed)
        return _of_script(said)
    own = session.custom_scenario.opening if session.custom_scenario else ""
    known = situation.opening.get(language, "") if situation else ""
    text = own or known or greeting(language)
    return Answered(text=text, by="", service="")


def answer(session: TutorSession, said: str, before: Sequence[TutorMessage]) -> Answered:
    """What the partner answers to `said`, after the turns `before`. Raises NobodyAnswers."""
    found = _answered(session, said, before)
    if found.corrections:
        return found
    return replace(found, corrections=grammar.corrections_in(said, session.target_language_code))


def _answered(session: TutorSession, said: str, before: Sequence[TutorMessage]) -> Answered:
    scripted = by_script(session, said)
    passed_over: list[dict[str, str]] = []
    if model_may_answer():
        try:
            return _by_model(session, said, before, scripted)
        except LanguageModelError as error:
            logger.warning("no language model answers talk %s: %s", session.pk, error.code)
            passed_over = [{"name": "language models", "code": error.code}]
    if scripted is None:
        raise NobodyAnswers(passed_over)
    return replace(scripted, passed_over=passed_over)


def _by_model(
    session: TutorSession,
    said: str,
    before: Sequence[TutorMessage],
    scripted: Answered | None,
) -> Answered:
    """Raises LanguageModelError."""
    until = time.monotonic() + settings.TUTOR_MODEL_SECONDS
    request = tutor_request.request_for(
        session, persona_of(session), said, before, tutor_request.context_of(session)
    )
    found = _asked(request, until)
    problems = tutor_request.problems_of(found.data, session.level, said)
    if problems:
        try:
            found = _asked(tutor_request.repaired(request, found.data, problems), until)
        except LanguageModelError as error:
            logger.info("talk %s goes on with an answer that has faults: %s", session.pk, error)
    data = tutor_request.usable(found.data, said)
    if not data["reply"]:
        raise LanguageModelError("bad_answer", permanent=False, detail="The reply is empty.")
    return Answered(
        text=data["reply"],
        by=TutorSession.AnsweredBy.MODEL,
        service=f"{found.model} at {found.host}",
        leaves_machine=found.leaves_machine,
        corrections=[data["correction"]] if data["correction"] else by_rules(session, said),
        hints=data["hints"],
        checks_met=_checks(session, data["checks_met"], scripted),
        new_words=data["new_words"],
        dialogue=scripted.dialogue if scripted else {},
        finished=data["finished"],
        tokens=(found.input_tokens, found.output_tokens),
        passed_over=[{"name": one.name, "code": one.code} for one in found.passed_over],
    )


def _asked(request: Request, until: float) -> Answer:
    left = max(until - time.monotonic(), 0.0)
    return ask_in_turn(settings.LANGUAGE_MODELS, request, seconds=left)


def _checks(session: TutorSession, met: Sequence[str], scripted: Answered | None) -> list[str]:
    """What the model and the script hold for done, of what there is to do."""
    situation = situation_of(session)
    said = {*met, *(scripted.checks_met if scripted else ())}
    return [each.id for each in (situation.checks if situation else ()) if each.id in said]


def by_rules(session: TutorSession, said: str) -> list[dict[str, str]]:
    """The first error that the rules are sure of."""
    found = corrections_in(said, base_of(session.target_language_code))
    return [_correction(each) for each in found[:1]]


def by_script(session: TutorSession, said: str) -> Answered | None:
    """What the scripted partner says, where there is one for this talk."""
    situation = situation_of(session)
    if situation is None or not has_script(situation, session.target_language_code):
        return None
    language, who = base_of(session.target_language_code), persona_of(session)
    try:
        return _of_script(dialogue.answer(situation, language, who, session.dialogue, said))
    except BadState:
        # The script was changed since the talk began: it begins again from where it can.
        opened = dialogue.open_dialogue(situation, language, who, seed=session.seed)
        return _of_script(dialogue.answer(situation, language, who, opened.state, said))


def _of_script(reply: dialogue.Reply) -> Answered:
    return Answered(
        text=reply.text,
        by=TutorSession.AnsweredBy.SCRIPT,
        service=SCRIPTED_PARTNER,
        corrections=[_correction(each) for each in reply.corrections],
        hints=list(reply.hints),
        checks_met=list(reply.checks_met),
        dialogue=dict(reply.state),
        finished=reply.finished,
        understood=reply.understood,
    )


def _correction(each: dialogue.Correction) -> dict[str, str]:
    return {"said": each.said, "better": each.better, "why": each.why, "rule": each.rule}
