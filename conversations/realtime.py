"""A talk that the learner's own device has with a realtime model, where the owner allows it."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.languages import name_of
from accounts.models import User
from conversations import limits
from conversations.situations import known
from engines.realtime import RealtimeError, Secret, client_secret

PROMPT = "realtime-1"
SECONDS = 10.0


class NoRealtime(Exception):
    """None is set up, or it does not answer; `permanent` where asking again cannot help."""

    def __init__(self, *, permanent: bool) -> None:
        super().__init__("no realtime model")
        self.permanent = permanent


def secret_for(
    user: User, *, language_code: str, native_language: str, level: str, scenario: str
) -> Secret:
    """A secret for one talk of `user`. Raises NoRealtime, or DailyLimit as any talk does."""
    if settings.REALTIME is None:
        raise NoRealtime(permanent=True)
    limits.check(user)
    try:
        return client_secret(
            settings.REALTIME,
            instructions=_instructions(language_code, native_language, level, scenario),
            language=language_code,
            user=salted_hmac("conversations.realtime", str(user.pk)).hexdigest(),
            seconds=SECONDS,
        )
    except RealtimeError as error:
        raise NoRealtime(permanent=error.permanent) from error


def _instructions(language_code: str, native_language: str, level: str, scenario: str) -> str:
    situation = known(scenario)
    facts = {
        "language": name_of(language_code),
        "native_language": name_of(native_language) or "unknown, use simple words",
        "level": level,
        "situation": situation
        and {
            "title": situation.title,
            "goal": situation.goal,
            "your_name": situation.partner_name,
            "your_role": situation.partner_role,
            "to_get_done": [check.text for check in situation.checks],
        },
    }
    return f"{_prompt()}\n\nfacts = {json.dumps(facts, ensure_ascii=False)}"


@cache
def _prompt() -> str:
    return (Path(__file__).parent / "prompts" / f"{PROMPT}.md").read_text("utf-8")
