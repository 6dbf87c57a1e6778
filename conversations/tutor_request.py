"""What a language model is asked for one turn, and what is wrong with an answer of it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from accounts.languages import name_of
from conversations.models import TutorMessage, TutorSession, VoiceConversation
from conversations.prompts import prompt
from conversations.situations import situation_of
from engines.language_models import Message, Request
from flashcards.selectors import due_words
from partner.personas import Persona

PROMPT = "tutor-1"
# What of the talk a model is given, and what it remembers.
LAST_TURNS = 40
LONGEST_TURN = 2000
EARLIER_TALKS = 3
DUE_WORDS = 8
LONGEST_REPLY = {"A1": 25, "A2": 40, "B1": 60, "B2": 80, "C1": 110, "C2": 120}  # words
_MARKUP = re.compile(r"\*\*|^\s*([-*#>]|\d+\.)\s|```|\[[A-Za-z ]+\]|\*[a-z ]+\*", re.MULTILINE)
_TEXT = {"type": "string", "minLength": 1, "maxLength": 300}

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["reply", "correction", "hints", "checks_met", "new_words", "finished"],
    "properties": {
        "reply": {"type": "string", "minLength": 1, "maxLength": 1500},
        "correction": {
            "type": ["object", "null"],
            "additionalProperties": False,
            "required": ["said", "better", "why", "rule"],
            "properties": {"said": _TEXT, "better": _TEXT, "why": _TEXT, "rule": _TEXT},
        },
        "hints": {"type": "array", "maxItems": 3, "items": _TEXT},
        "checks_met": {"type": "array", "maxItems": 10, "items": _TEXT},
        "new_words": {
            "type": "array",
            "maxItems": 5,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["word", "meaning"],
                "properties": {"word": _TEXT, "meaning": _TEXT},
            },
        },
        "finished": {"type": "boolean"},
    },
}


@dataclass(frozen=True)
class Context:
    """What a model knows besides the turn: earlier talks, and words that are due."""

    earlier: list[dict[str, Any]]
    due_words: list[str]


def context_of(session: TutorSession) -> Context:
    """Loaded anew for every turn, in the same number of queries however much there is."""
    stored = VoiceConversation.objects.filter(
        user=session.user_id, target_language_code=session.target_language_code
    )
    earlier = []
    feedback = ("written_feedback", "measured_feedback", "found_feedback")
    for each in stored.only("topic", "created_at", *feedback)[:EARLIER_TALKS]:
        corrections = each.ai_feedback.get("corrections")
        known = corrections if isinstance(corrections, list) else []
        rules = [one["rule"] for one in known if isinstance(one, dict) and "rule" in one]
        earlier.append(
            {
                "topic": each.topic,
                "on": each.created_at.date().isoformat(),
                "corrected": [str(rule)[:100] for rule in rules[:3]],
            }
        )
    words = due_words(session.user, session.target_language_code, DUE_WORDS)
    return Context(earlier, words)


def request_for(
    session: TutorSession,
    who: Persona,
    said: str,
    before: Sequence[TutorMessage],
    context: Context,
) -> Request:
    """The question to a model: rules and facts, then the talk up to the learner's last words."""
    opening = before[0].text if before and before[0].position == 0 else ""
    facts = {
        "language": name_of(session.target_language),
        "language_code": session.target_language_code,
        "native_language": name_of(session.native_language) or "unknown, use simple words",
        "level": session.level,
        "longest_words": LONGEST_REPLY[session.level],
        "type": session.conversation_type,
        "topic": session.topic,
        "situation": _situation(session),
        "persona": asdict(who),
        "opening": opening,
        "earlier": context.earlier,
        "due_words": context.due_words,
    }
    return Request(
        system=f"{prompt(PROMPT)}\n\nfacts = {json.dumps(facts, ensure_ascii=False)}",
        messages=_talk(before, said),
        schema=SCHEMA,
        name="tutor_turn",
        max_tokens=1500,
    )


def repaired(request: Request, data: Mapping[str, Any], problems: Sequence[str]) -> Request:
    """The same question once more, with what was wrong with the answer."""
    wrong = "Your answer broke the rules. " + " ".join(problems) + " Answer the learner again."
    answer = Message("assistant", json.dumps(data, ensure_ascii=False))
    return Request(
        system=request.system,
        messages=(*request.messages, answer, Message("user", wrong)),
        schema=request.schema,
        name=request.name,
        max_tokens=request.max_tokens,
    )


def problems_of(data: Mapping[str, Any], level: str, said: str) -> list[str]:
    """What is wrong with an answer although it is of the right form; empty where nothing is."""
    found = []
    longest = LONGEST_REPLY[level]
    if len(data["reply"].split()) > longest * 1.5:
        found.append(f"`reply` may have {longest} words at most.")
    if not data["reply"].strip() or _MARKUP.search(data["reply"]):
        found.append("`reply` must be plain spoken sentences without markup.")
    correction = data["correction"]
    if correction and not _was_said(correction["said"], said):
        found.append("`correction.said` must be copied from the learner's last words, or be null.")
    return found


def usable(data: Mapping[str, Any], said: str) -> dict[str, Any]:
    """What of an answer can be shown: no markup, no correction of what was not said."""
    correction = data["correction"]
    kept = correction and _was_said(correction["said"], said)
    same = kept and _bare(correction["said"]) == _bare(correction["better"])
    return {
        **data,
        "reply": _MARKUP.sub("", data["reply"]).strip(),
        "correction": correction if kept and not same else None,
    }


def _situation(session: TutorSession) -> dict[str, Any] | None:
    situation = situation_of(session)
    if situation is None:
        return None
    return {
        "title": situation.title,
        "your_name": situation.partner_name,
        "your_role": situation.partner_role,
        "your_manner": situation.manner,
        "learners_goal": situation.goal,
        "checks": [{"id": check.id, "text": check.text} for check in situation.checks],
    }


def _talk(before: Sequence[TutorMessage], said: str) -> tuple[Message, ...]:
    """The last turns; the learner begins, and two turns of one side in a row are one."""
    talk: list[Message] = []
    turns = [(each.side, each.text) for each in before if each.position > 0][-LAST_TURNS:]
    for side, text in [*turns, (TutorMessage.Side.LEARNER, said)]:
        learner = side == TutorMessage.Side.LEARNER
        turn = Message("user" if learner else "assistant", text[:LONGEST_TURN])
        if talk and talk[-1].role == turn.role:
            talk[-1] = Message(turn.role, f"{talk[-1].text}\n{turn.text}")
        elif talk or learner:
            talk.append(turn)
    return tuple(talk)


def _was_said(quote: str, said: str) -> bool:
    return bool(_bare(quote)) and f" {_bare(quote)} " in f" {_bare(said)} "


def _bare(text: str) -> str:
    """The words alone: recognition and model punctuate each in its own way."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold().replace("’", "'")))
