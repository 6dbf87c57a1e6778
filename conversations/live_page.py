"""A talk as its page shows it: what is wrong in a line, what is got done, what it came to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.languages import code_of, name_of
from conversations import events, notices, translating
from conversations.models import TutorMessage, TutorSession
from conversations.situations import situation_of
from partner.personas import UnknownPersona, persona
from partner.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; `wrong` where there is a better way to say it."""

    text: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn, ready to be drawn."""

    message: TutorMessage
    pieces: list[Piece]
    notice: str
    corrections: Sequence[Mapping[str, str]] = ()

    @property
    def is_learner(self) -> bool:
        """Whose turn it is."""
        return _is_own(self.message)


def turn_lines(messages: Sequence[TutorMessage]) -> list[TurnLine]:
    """The turns, what is wrong in each marked: its answer says so, and stands right after it."""
    corrections = {each.position - 1: each.corrections for each in messages if not _is_own(each)}
    return [
        _turn_line(each, corrections.get(each.position, ()) if _is_own(each) else ())
        for each in messages
    ]


def _turn_line(message: TutorMessage, corrections: Sequence[Mapping[str, str]]) -> TurnLine:
    pieces = pieces_of(message.text, [each["said"] for each in corrections])
    return TurnLine(message, pieces, notices.sentence(message.notice), corrections)


def _is_own(message: TutorMessage) -> bool:
    return message.side == TutorMessage.Side.LEARNER


def pieces_of(text: str, wrong: Iterable[str]) -> list[Piece]:
    """`text` cut where one of `wrong` stands, each once, whatever its capitals."""
    low = text.lower()
    spans: list[tuple[int, int]] = []
    for said in wrong:
        at = _place_of(said.lower(), low) if said and len(low) == len(text) else -1
        if at >= 0 and all(at >= end or at + len(said) <= start for start, end in spans):
            spans.append((at, at + len(said)))
    pieces, done = [], 0
    for start, end in sorted(spans):
        pieces += [Piece(text[done:start]), Piece(text[start:end], wrong=True)]
        done = end
    return [piece for piece in [*pieces, Piece(text[done:])] if piece.text]


def _place_of(said: str, text: str) -> int:
    """Where it stands as words of its own; anywhere in languages without spaces, -1 for nowhere."""
    found = re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text)
    return found.start() if found else text.find(said)


def title_of(session: TutorSession) -> str:
    """What the talk is about."""
    situation = situation_of(session)
    if situation is not None:
        return situation.title
    return session.topic or _("A free talk")


def partner_of(session: TutorSession) -> str:
    """What to call the partner inside a sentence."""
    situation = situation_of(session)
    return (situation.partner_name if situation else "") or _("your partner")


def language_and_level(session: TutorSession) -> str:
    """Such as Español A2."""
    return f"{name_of(session.target_language_code)} {session.level}"


def useful_words(situation: Scenario | None, language_code: str) -> Sequence[Any]:
    """The words of the situation in the language that is talked."""
    if situation is None:
        return ()
    return situation.words.get(language_code.split("-", maxsplit=1)[0], ())


def language_to_translate_into(session: TutorSession) -> str:
    """The learner's own, else the page's; empty where nobody translates, or it is the talk's."""
    own = code_of(session.native_language or get_language() or "")
    same = own.partition("-")[0] == session.target_language_code.partition("-")[0]
    return "" if same or not translating.is_possible() else own


def persona_name(session: TutorSession) -> str:
    """The manner of the partner; empty where there is none of that name any more."""
    try:
        return persona(session.persona).name
    except UnknownPersona:
        return ""


def told_of(
    session: TutorSession, checks: Sequence[Mapping[str, Any]], turns: Sequence[TutorMessage]
) -> dict[str, Any]:
    """What each page of a talk shows, whoever is the partner and whether it goes on."""
    situation = situation_of(session)
    return {
        "session": session,
        "title": title_of(session),
        "partner": partner_of(session),
        "about": language_and_level(session),
        "situation": situation,
        "turns": turn_lines(turns),
        "checks": checks,
        "met": sum(check["met"] for check in checks),
        "words": useful_words(situation, session.target_language_code),
    }


def facts_of(
    session: TutorSession, checks: Sequence[Mapping[str, Any]], turns: Sequence[TutorMessage]
) -> dict[str, Any]:
    """What the page's script starts from. Times in seconds; `now` is the moment it holds for."""
    now = timezone.now()
    return {
        "session": session.pk,
        "language": session.target_language_code,
        "patience": session.patience_seconds,
        "partner": partner_of(session),
        "elapsed": max(0, (now - session.started_at).total_seconds()),
        "seq": session.seq,
        "met": [check["id"] for check in checks if check["met"]],
        "checks": len(checks),
        "messages": [events.message_state(turn) for turn in turns],
    }
