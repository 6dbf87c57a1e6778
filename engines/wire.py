"""HTTP to a service: requests whose answer is read whole, in time, or is none."""

import json
from typing import Any, TypeVar

import httpx2

from engines.bounded_client import BoundedClient
from engines.errors import EngineError
from engines.failures import of_silence, of_status

Error = TypeVar("Error", bound=EngineError)

LARGEST = 50 * 1024 * 1024


def fetch(
    kind: type[Error], client: BoundedClient, method: str, url: str, *, timeout: float, **how: Any
) -> tuple[bytes, httpx2.Headers]:
    """Body and headers of a good answer. Raises an error of `kind`."""
    body = bytearray()
    try:
        with client.stream(method, url, timeout=timeout, **how) as response:
            for part in response.iter_bytes():
                body += part
                if len(body) > LARGEST:
                    raise of_silence(kind, "the answer has no end")
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise of_silence(kind, str(error) or type(error).__name__) from error
    if response.status_code != 200:
        raise of_status(kind, response.status_code, response.headers, _said(bytes(body)))
    return bytes(body), response.headers


def json_in(kind: type[Error], body: bytes) -> Any:
    """What the JSON says. Raises an error of `kind`."""
    try:
        return json.loads(body)
    except ValueError as error:
        raise of_silence(kind, "what came is no JSON") from error


def _said(body: bytes) -> str:
    """The sentence of an error: `detail.message`, `detail`, `error` or `message`."""
    try:
        said = json.loads(body)
        detail = said.get("detail") or said.get("error") or said.get("message") or ""
        return str(detail.get("message", "") if isinstance(detail, dict) else detail)[:300]
    except (ValueError, AttributeError):
        return body[:100].decode("utf-8", "replace") if body[:1].isalpha() else ""
