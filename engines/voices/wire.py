"""Sound over HTTP: requests whose answer is read whole, in time, or is none."""

import json
from typing import Any

import httpx2

from engines.bounded_client import BoundedClient
from engines.failures import of_silence, of_status
from engines.voices import VoiceError

LARGEST = 50 * 1024 * 1024


def request(
    client: BoundedClient, method: str, url: str, *, timeout: float, **how: Any
) -> tuple[bytes, httpx2.Headers]:
    """Body and headers of a good answer. Raises VoiceError."""
    body = bytearray()
    try:
        with client.stream(method, url, timeout=timeout, **how) as response:
            for part in response.iter_bytes():
                body += part
                if len(body) > LARGEST:
                    raise of_silence(VoiceError, "the answer has no end")
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise of_silence(VoiceError, str(error) or type(error).__name__) from error
    if response.status_code != 200:
        raise of_status(VoiceError, response.status_code, response.headers, _said(bytes(body)))
    return bytes(body), response.headers


def samples_in(body: bytes, headers: httpx2.Headers) -> bytes:
    """16-bit samples: not the page of a gateway, and not nothing. Raises VoiceError."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if not body or kind.startswith("text/") or kind == "application/json":
        raise of_silence(VoiceError, "what came is no sound")
    return body[: len(body) // 2 * 2]


def object_in(body: bytes) -> dict[str, Any]:
    """The JSON object. Raises VoiceError."""
    try:
        data = json.loads(body)
    except ValueError as error:
        raise of_silence(VoiceError, "what came is no JSON") from error
    if not isinstance(data, dict):
        raise of_silence(VoiceError, "what came is no object")
    return data


def _said(body: bytes) -> str:
    """The sentence of an error: `detail.message`, `detail` or `error`."""
    try:
        said = json.loads(body)
        detail = said.get("detail") or said.get("error") or ""
        return str(detail.get("message", "") if isinstance(detail, dict) else detail)[:300]
    except (ValueError, AttributeError):
        return ""
