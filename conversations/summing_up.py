"""What a talk with the tutor comes to: its transcript, and the feedback that its turns hold."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from conversations.models import MOST_MINUTES, TutorMessage, TutorSession
from conversations.situations import situation_of

MOST_TRANSCRIPT = 200_000
MOST_GROUPS = 20
_LABELS = {TutorMessage.Side.LEARNER: "Learner", TutorMessage.Side.TUTOR: "Tutor"}


def transcript(messages: Iterable[TutorMessage]) -> str:
    """Both sides, a line a turn, as `transcripts.py` reads it."""
    lines = (
        f"{_LABELS[TutorMessage.Side(each.side)]}: {' '.join(each.text.split())}"
        for each in messages
        if each.text.strip()
    )
    return "\n".join(lines)[:MOST_TRANSCRIPT]


def minutes(session: TutorSession, messages: Sequence[TutorMessage]) -> float:
    """From the start to the last word, in minutes: a page left open counts for nothing."""
    last = max((each.answered_at or each.created_at for each in messages), default=None)
    if last is None:
        return 0.0
    took = (last - session.started_at).total_seconds() / 60
    return round(min(max(took, 0.0), MOST_MINUTES), 2)


def feedback(session: TutorSession, messages: Sequence[TutorMessage]) -> dict[str, Any]:
    """What was corrected, what was got done, which words were new; keys without content left out.

    `corrections` groups by rule, those that came most first.
    """
    groups = _corrections(messages)
    found: dict[str, Any] = {
        "corrections": groups,
        "areas_for_improvement": [
            _("“%(said)s”: %(better)s. %(why)s") % group["examples"][0] for group in groups[:3]
        ],
        "checks": checks(session),
        "new_words": _new_words(messages),
        "turns": sum(1 for each in messages if each.side == TutorMessage.Side.LEARNER),
        "seconds_spoken": round(sum(each.seconds for each in messages if _is_learners(each)), 1),
    }
    return {key: value for key, value in found.items() if value}


def checks(session: TutorSession) -> list[dict[str, Any]]:
    """What there is to get done in the situation, and whether it was."""
    situation = situation_of(session)
    return [
        {"id": each.id, "text": each.text, "met": each.id in session.checks_met}
        for each in (situation.checks if situation else ())
    ]


def _corrections(messages: Sequence[TutorMessage]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, str]]] = {}
    for message in messages:
        for each in message.corrections:
            groups.setdefault(each.get("rule") or each["why"], []).append(
                {"said": each["said"], "better": each["better"], "why": each["why"]}
            )
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [
        {"rule": rule, "times": len(found), "examples": found[:5]}
        for rule, found in ordered[:MOST_GROUPS]
    ]


def _new_words(messages: Sequence[TutorMessage]) -> list[dict[str, str]]:
    words = {each["word"]: each for message in messages for each in message.new_words}
    return list(words.values())[:50]


def _is_learners(message: TutorMessage) -> bool:
    return message.side == TutorMessage.Side.LEARNER
