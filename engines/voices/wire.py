"""What voices send: sound, or JSON that says why there is none."""

from typing import Any

import httpx2

from engines.bounded_client import BoundedClient
from engines.failures import of_silence
from engines.voices import VoiceError
from engines.wire import fetch, json_in


def request(
    client: BoundedClient, method: str, url: str, *, timeout: float, **how: Any
) -> tuple[bytes, httpx2.Headers]:
    """Body and headers of a good answer. Raises VoiceError."""
    return fetch(VoiceError, client, method, url, timeout=timeout, **how)


def samples_in(body: bytes, headers: httpx2.Headers) -> bytes:
    """16-bit samples: not the page of a gateway, and not nothing. Raises VoiceError."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if not body or kind.startswith("text/") or kind == "application/json":
        raise of_silence(VoiceError, "what came is no sound")
    return body[: len(body) // 2 * 2]


def object_in(body: bytes) -> dict[str, Any]:
    """The JSON object. Raises VoiceError."""
    data = json_in(VoiceError, body)
    if not isinstance(data, dict):
        raise of_silence(VoiceError, "what came is no object")
    return data
