"""A talk that the learner's own device has with a realtime model, where the owner allows it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.languages import name_of
from accounts.models import User
from conversations import limits
from conversations.models import TutorMessage, TutorSession
from conversations.prompts import prompt
from conversations.situations import situation_of
from engines.realtime import RealtimeError, Secret, client_secret
from partner.scenarios import Scenario

PROMPT = "realtime-2"
SECONDS = 10.0
# What of a talk that goes on a model is told, and how much of a turn.
LAST_TURNS = 40
LONGEST_TURN = 1000
OPENAI = "https://api.openai.com"


class NoRealtime(Exception):
    """None is set up, or it does not answer; `permanent` where asking again cannot help."""

    def __init__(self, *, permanent: bool) -> None:
        super().__init__("no realtime model")
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a talk is to be about; `so_far` what both sides said before, as (side, text)."""

    language_code: str
    native_language: str
    level: str
    situation: Scenario | None
    so_far: tuple[tuple[str, str], ...] = ()
    patience_seconds: float | None = None


def wanted_by(session: TutorSession, said: Iterable[TutorMessage]) -> Wanted:
    """To go on with `session`, after what was `said` in it, in order."""
    so_far = [(each.side, each.text[:LONGEST_TURN]) for each in said if each.text.strip()]
    return Wanted(
        language_code=session.target_language_code,
        native_language=session.native_language,
        level=session.level,
        situation=situation_of(session),
        so_far=tuple(so_far[-LAST_TURNS:]),
        patience_seconds=session.patience_seconds,
    )


def service_name() -> str:
    """The model and where it is, as a learner is told before they are heard; empty without one."""
    if settings.REALTIME is None:
        return ""
    return f"{settings.REALTIME.model} at {urlsplit(origin()).hostname}"


def origin() -> str:
    """Where a learner's browser sends its WebRTC offer; empty where none is set up."""
    if settings.REALTIME is None:
        return ""
    parts = urlsplit(settings.REALTIME.base_url or OPENAI)
    return f"{parts.scheme}://{parts.netloc}"


def secret_for(user: User, wanted: Wanted) -> Secret:
    """A secret for one talk of `user`. Raises NoRealtime, or DailyLimit as any talk does."""
    if settings.REALTIME is None:
        raise NoRealtime(permanent=True)
    limits.check(user)
    try:
        return client_secret(
            settings.REALTIME,
            instructions=_instructions(wanted),
            language=wanted.language_code,
            user=salted_hmac("conversations.realtime", str(user.pk)).hexdigest(),
            seconds=SECONDS,
            patience=wanted.patience_seconds,
        )
    except RealtimeError as error:
        raise NoRealtime(permanent=error.permanent) from error


def _instructions(wanted: Wanted) -> str:
    situation = wanted.situation
    facts = {
        "language": name_of(wanted.language_code),
        "native_language": name_of(wanted.native_language) or "unknown, use simple words",
        "level": wanted.level,
        "situation": situation
        and {
            "title": situation.title,
            "goal": situation.goal,
            "your_name": situation.partner_name,
            "your_role": situation.partner_role,
            "to_get_done": [check.text for check in situation.checks],
        },
    }
    if wanted.so_far:
        facts["so_far"] = [{"who": side, "said": text} for side, text in wanted.so_far]
    return f"{prompt(PROMPT)}\n\nfacts = {json.dumps(facts, ensure_ascii=False)}"
