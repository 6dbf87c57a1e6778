"""A real OpenID Connect provider in a process of its own."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import requests

from tests.stack import free_port, wait_until


@contextlib.contextmanager
def running_provider(people: list[dict[str, Any]], port: int = 0) -> Iterator[str]:
    """The address of a provider that knows `people` by their claims."""
    port = port or free_port()
    claims = [f"--user-claims={json.dumps(person)}" for person in people]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        with contextlib.suppress(requests.ConnectionError):
            return requests.get(f"{url}/.well-known/openid-configuration", timeout=10).ok
        return False

    try:
        wait_until(answers, "the provider answers")
        yield url
    finally:
        process.terminate()
        process.wait(10)
