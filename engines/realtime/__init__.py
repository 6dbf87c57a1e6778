"""Secrets with which a learner's own device talks to a realtime model for a short while.

The account's key stays here.
"""

import importlib
from dataclasses import dataclass, field
from typing import cast

from engines.errors import EngineError


class RealtimeError(EngineError):
    """No secret."""


@dataclass(frozen=True, slots=True)
class RealtimeOptions:
    """Which model talks. Hashable: it is the key under which a client is kept.

    `hearing_model` writes down what the learner says. `secret_seconds`: how long a secret may be
    used to begin a talk (10-7200). `timeout` in seconds, a request; `retries` after the first try.
    """

    model: str
    api_key: str = field(repr=False)
    voice: str = "marin"
    hearing_model: str = "gpt-4o-mini-transcribe"
    base_url: str | None = None
    secret_seconds: int = 60
    timeout: float = 8.0
    retries: int = 1


@dataclass(frozen=True, slots=True)
class Secret:
    """`value` is for the one device that asked; `expires_at` in seconds since 1970.

    `calls_url` is where that device sends its WebRTC offer.
    """

    value: str
    expires_at: int
    model: str
    calls_url: str


def client_secret(
    options: RealtimeOptions,
    *,
    instructions: str,
    language: str,
    user: str,
    seconds: float,
    patience: float | None = None,
) -> Secret:
    """A new secret for one talk, within `seconds`. Raises RealtimeError.

    `instructions` are the model's for the whole talk, `language` (BCP 47) what the learner speaks,
    `user` a stable name of the learner that says nothing of who they are, `patience` the seconds of
    silence after which the model answers (its own rule unless given). The provider's module is
    imported here and not above: its SDK takes over a second to load.
    """
    provider = importlib.import_module("engines.realtime.openai")
    return cast(
        "Secret",
        provider.client_secret(
            options,
            instructions=instructions,
            language=language,
            user=user,
            seconds=seconds,
            patience=patience,
        ),
    )
