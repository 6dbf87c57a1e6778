"""The product as it runs: the Procfile's processes on a database and queue of their own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from honcho.environ import parse_procfile

from tests.inside import Inside
from tests.migrated import Migrated

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "a quiet morning in May"
EVERYTHING = ("redis", "web", "transcription", "tutor", "light", "beat")


def wait_until(true: Callable[[], Any], what: str, seconds: float = 60) -> Any:
    """The first true answer; fails, naming `what`, when there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := true():
            return answer
        time.sleep(0.25)
    raise AssertionError(f"After {seconds:.0f} s still not: {what}")


class Stack:
    """Starts, stops and kills the processes that the Procfile names, each in its own group."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        # Where a test may have a realtime service answer.
        self.realtime_port = free_port()
        self.log = folder / "stack.log"
        self._commands = parse_procfile((ROOT / "Procfile").read_text()).processes
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._inside: Inside | None = None
        # What this machine's own .env says must not reach the tests.
        silenced = dict.fromkeys(dotenv_values(ROOT / ".env"), "")
        self.environment = {
            **os.environ,
            **silenced,
            "DATABASE_URL": database_url,
            "DEBUG": "true",
            "HOST": "127.0.0.1",
            "LOCAL_VOICES_INSTALL": "false",
            "MEDIA_ROOT": str(folder / "media"),
            "MODEL_DIR": str(ROOT / "var" / "models"),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PORT": str(self.port),
            # Each of them would compile the product's own files again where none may be kept.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONUNBUFFERED": "1",
            "REALTIME_API_KEY": "only for the tests",
            "REALTIME_BASE_URL": f"http://127.0.0.1:{self.realtime_port}/v1",
            "REALTIME_MODEL": "gpt-realtime",
            "SITE_URL": self.address,
            "SECRET_KEY": "only for the tests " * 4,
            "THROTTLE_ANON": "6000/min",
            "THROTTLE_LOGIN": "600/min",
            "THROTTLE_USER": "6000/min",
            "VAR_DIR": str(folder),
        }

    def manage(self, *arguments: str) -> str:
        """What a management command prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shell(self, code: str) -> Any:
        """What `code` assigns to `answer`, run inside the product."""
        if self._inside is None:
            self._inside = Inside(ROOT, self.environment, self.log)
        return self._inside.answer(code)

    def start(self, *names: str) -> None:
        """Start processes by their names in the Procfile."""
        for name in names:
            with self.log.open("ab") as log:
                self._running[name] = subprocess.Popen(
                    ["/bin/sh", "-c", self._commands[name]],
                    cwd=ROOT,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )

    def stop(self, name: str, sign: signal.Signals = signal.SIGTERM) -> None:
        """Signal a process and all it started, and wait for its end."""
        process = self._running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

    def pid(self, name: str) -> int:
        """The number of a running process."""
        return self._running[name].pid

    def stop_everything(self) -> None:
        """Leave no process behind, and wait for none to tidy up: its folder goes too."""
        if self._inside is not None:
            self._inside.end()
            self._inside = None
        for process in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        for process in self._running.values():
            process.wait(10)
        self._running.clear()

    def complete(self) -> None:
        """Start what the Procfile names and does not run yet."""
        self.start(*(name for name in EVERYTHING if name not in self._running))

    def wait_for_page(self) -> None:
        """Until the web server answers."""

        def answers() -> bool:
            assert self._running["web"].poll() is None, self.log.read_text()
            return self.status("/health/") == 200

        wait_until(answers, "the web server answers", 120)

    def status(self, path: str) -> int:
        """The status of a GET; 0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0


@contextlib.contextmanager
def running_stack(folder: Path, migrated: Migrated, **settings: str) -> Iterator[Stack]:
    """A product, ready to answer, with alice, charlie and dora as its users.

    Without what only talks and lost work need: `complete` starts the rest.
    """
    with migrated.copy(folder / "stack.sqlite3") as database_url:
        stack = Stack(folder, database_url)
        stack.environment |= settings
        try:
            stack.start("redis", "transcription", "light")
            stack.shell(
                "from django.core.management import call_command\n"
                "from accounts.models import User\n"
                "call_command('prepare', no_demo=True)\n"
                "for name in ('alice', 'charlie', 'dora'):\n"
                "    User.objects.create_user(\n"
                f"        f'{{name}}@example.org', {PASSWORD!r}, email_verified=True\n"
                "    )\n"
                "answer = User.objects.count()"
            )
            stack.start("web")
            stack.wait_for_page()
            stack.shell(
                "from django.core.management import call_command\n"
                "answer = call_command('await_workers')"
            )
            yield stack
        finally:
            stack.stop_everything()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
