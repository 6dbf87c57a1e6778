"""Who answers the learner: a language model where one may and does, else the scripted partner.

The script is kept in step with every turn, so that it can take over in the middle of a talk.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from conversations.models import TutorMessage, TutorSession
from conversations.situations import base_of, has_script, situation_of
from partner import dialogue
from partner.personas import Persona, UnknownPersona, all_personas, persona

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
    text = own or (situation.opening.get(language, "") if situation else "")
    return Answered(text=text, by="", service="")


def answer(session: TutorSession, said: str, before: Sequence[TutorMessage]) -> Answered:
    """What the partner answers to `said`, after the turns `before`. Raises NobodyAnswers."""
    scripted = _scripted(session, said)
    if scripted is None:
        raise NobodyAnswers(())
    return scripted


def _scripted(session: TutorSession, said: str) -> Answered | None:
    situation = situation_of(session)
    if situation is None or not has_script(situation, session.target_language_code):
        return None
    reply = dialogue.answer(
        situation,
        base_of(session.target_language_code),
        persona_of(session),
        session.dialogue,
        said,
    )
    return _of_script(reply)


def _of_script(reply: dialogue.Reply) -> Answered:
    return Answered(
        text=reply.text,
        by=TutorSession.AnsweredBy.SCRIPT,
        service=SCRIPTED_PARTNER,
        corrections=[
            {"said": each.said, "better": each.better, "why": each.why, "rule": each.rule}
            for each in reply.corrections
        ],
        hints=list(reply.hints),
        checks_met=list(reply.checks_met),
        dialogue=dict(reply.state),
        finished=reply.finished,
        understood=reply.understood,
    )
