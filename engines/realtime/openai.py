"""OpenAI's Realtime API by its own SDK.

https://platform.openai.com/docs/api-reference/realtime-sessions/create-realtime-client-secret
"""

import openai
from openai.types.realtime import RealtimeAudioConfigInputParam

from engines.asking import Bounds
from engines.bounded_client import BoundedClient
from engines.failures import of_silence, of_status
from engines.made_once import MadeOnce
from engines.realtime import RealtimeError, RealtimeOptions, Secret

BASE_URL = "https://api.openai.com/v1"


def client_secret(
    options: RealtimeOptions,
    *,
    instructions: str,
    language: str,
    user: str,
    seconds: float,
    patience: float | None = None,
) -> Secret:
    """See `engines.realtime.client_secret`."""
    client, bounds = _client(options)
    hearing = _hearing(options, language, patience)

    def once(timeout: float, tries: int) -> Secret:
        return _once(client, options, instructions, hearing, user, timeout)

    return bounds.ask(once, seconds=seconds)


def _once(
    client: openai.OpenAI,
    options: RealtimeOptions,
    instructions: str,
    hearing: RealtimeAudioConfigInputParam,
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
                "audio": {"input": hearing, "output": {"voice": options.voice}},
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


def _hearing(
    options: RealtimeOptions, language: str, patience: float | None
) -> RealtimeAudioConfigInputParam:
    hearing: RealtimeAudioConfigInputParam = {
        "transcription": {
            "model": options.hearing_model,
            "language": language.partition("-")[0],
        }
    }
    if patience is not None:
        hearing["turn_detection"] = {
            "type": "server_vad",
            "silence_duration_ms": round(patience * 1000),
            "create_response": True,
            "interrupt_response": True,
        }
    return hearing


def _made(options: RealtimeOptions) -> tuple[openai.OpenAI, Bounds]:
    # All given by name: the SDK would else take them from the environment.
    client = openai.OpenAI(
        api_key=options.api_key,
        base_url=options.base_url or BASE_URL,
        max_retries=0,
        timeout=options.timeout,
        http_client=BoundedClient(),
    )
    return client, Bounds(RealtimeError, timeout=options.timeout, retries=options.retries)


_client = MadeOnce(_made)
