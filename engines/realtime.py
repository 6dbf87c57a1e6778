"""Secrets with which a learner's own device talks to OpenAI's Realtime API for a short while.

https://platform.openai.com/docs/api-reference/realtime-sessions/create-realtime-client-secret.
The account's key stays here.
"""

import threading
from dataclasses import dataclass, field

import openai

from engines.asking import Bounds
from engines.bounded_client import BoundedClient
from engines.errors import EngineError
from engines.failures import of_silence, of_status

BASE_URL = "https://api.openai.com/v1"


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


_clients: dict[RealtimeOptions, tuple[openai.OpenAI, Bounds]] = {}
_making = threading.Lock()


def client_secret(
    options: RealtimeOptions, *, instructions: str, language: str, user: str, seconds: float
) -> Secret:
    """A new secret for one talk, within `seconds`. Raises RealtimeError.

    `instructions` are the model's for the whole talk, `language` (BCP 47) what the learner speaks,
    `user` a stable name of the learner that says nothing of who they are.
    """
    client, bounds = _client(options)

    def once(timeout: float, tries: int) -> Secret:
        return _once(client, options, instructions, language, user, timeout)

    return bounds.ask(once, seconds=seconds)


def _once(
    client: openai.OpenAI,
    options: RealtimeOptions,
    instructions: str,
    language: str,
    user: str,
    timeout: float,
) -> Secret:
    try:
        answer = client.realtime.client_secrets.create(
            expires_after={"anchor": "created_at", "seconds": options.secret_seconds},
            session={
                "type": "realtime",
                "model": options.model,
                "instructions": instructions,
                "audio": {
                    "input": {
                        "transcription": {
                            "model": options.hearing_model,
                            "language": language.partition("-")[0],
                        }
                    },
                    "output": {"voice": options.voice},
                },
            },
            extra_headers={"OpenAI-Safety-Identifier": user},
            timeout=timeout,
        )
    except openai.APIStatusError as error:
        raise of_status(
            RealtimeError, error.status_code, error.response.headers, error.message
        ) from error
    except (openai.OpenAIError, ValueError) as error:
        raise of_silence(RealtimeError, str(error.__cause__ or error)) from error
    # The SDK builds its objects from whatever came.
    if not isinstance(answer.value, str) or not isinstance(answer.expires_at, int):
        raise of_silence(RealtimeError, "what came is no secret")
    base = (options.base_url or BASE_URL).rstrip("/")
    return Secret(answer.value, answer.expires_at, options.model, f"{base}/realtime/calls")


def _client(options: RealtimeOptions) -> tuple[openai.OpenAI, Bounds]:
    with _making:
        if options not in _clients:
            # All given by name: the SDK would else take them from the environment.
            client = openai.OpenAI(
                api_key=options.api_key,
                base_url=options.base_url or BASE_URL,
                max_retries=0,
                timeout=options.timeout,
                http_client=BoundedClient(),
            )
            bounds = Bounds(RealtimeError, timeout=options.timeout, retries=options.retries)
            _clients[options] = client, bounds
        return _clients[options]
