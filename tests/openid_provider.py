"""A real OpenID Connect provider in a process of its own."""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import requests

from tests.stack import free_port


@contextlib.contextmanager
def running_provider(people: list[dict[str, Any]]) -> Iterator[str]:
    """The address of a provider that knows `people` by their claims."""
    port = free_port()
    claims = [f"--user-claims={json.dumps(person)}" for person in people]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with contextlib.suppress(requests.ConnectionError):
                requests.get(f"{url}/.well-known/openid-configuration", timeout=2)
                break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(10)
