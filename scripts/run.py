"""`make run`: starts everything the Procfile names, waits until it answers, and says where.

Runs inside .venv, after scripts/prepare.py. Ctrl-C (or SIGTERM) stops everything it started.
"""

import argparse
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path
from typing import IO

from dotenv import dotenv_values
from honcho.environ import parse_procfile
from prepare import refuse_taken_port
from processes import Processes
from progress import ROOT, SetupError, fail, say

sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verbalcoach.settings")
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
STOPPED_BY_HAND = {128 + signal.SIGINT, 128 + signal.SIGTERM}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def main() -> int:
    """Run until stopped; the code to exit with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8000")
    options = parser.parse_args()
    os.environ |= {"HOST": options.host, "PORT": options.port}
    if not dotenv_values(ROOT / ".env").get("SITE_URL"):
        os.environ.setdefault("SITE_URL", address_of(options.host, options.port))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with this_folder_runs_once(options.host, options.port):
            refuse_taken_port(options.host, options.port)
            prepare_database(with_demo=options.host in LOOPBACK)
            return start_everything(options.host, options.port)
    except SetupError as error:
        fail(str(error))
    except KeyboardInterrupt:
        return 0
    return 1


def address_of(host: str, port: str) -> str:
    """Where a browser finds it."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def prepare_database(*, with_demo: bool) -> None:
    """Tables, static files, the joined speech model, and the demo account where it is allowed."""
    say("Preparing the database")
    command = [sys.executable, "manage.py", "prepare"]
    done = subprocess.run([*command, *([] if with_demo else ["--no-demo"])], cwd=ROOT, check=False)
    if done.returncode:
        raise SetupError("The database could not be prepared; the lines above say why.")


def start_everything(host: str, port: str) -> int:
    """Start the Procfile's processes and stay with them; the code to exit with."""
    say("Starting the web server and the workers")
    processes = Processes()
    procfile = parse_procfile((ROOT / "Procfile").read_text(encoding="utf-8"))
    environment = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }
    for name, command in procfile.processes.items():
        processes.add_process(name, command, env=environment, cwd=str(ROOT))
    welcome = Welcome(processes, host, port)
    processes.when_started = welcome.start
    try:
        processes.loop()
    finally:
        welcome.stop()
        processes.sweep()
    say("Stopped; nothing is left running")
    return 0 if processes.returncode in STOPPED_BY_HAND else processes.returncode or 1


class Welcome(threading.Thread):
    """Waits until everything answers, prints where, then lets the demo be analysed."""

    def __init__(self, processes: Processes, host: str, port: str) -> None:
        super().__init__(daemon=True)
        self._processes = processes
        self._address = f"{address_of(host, port)}/"
        self._stopping = threading.Event()
        self._command: subprocess.Popen[bytes] | None = None
        self._parent = os.getppid()

    def run(self) -> None:
        """Wait, print, and then watch that whoever started us is still there."""
        if self._page_answers() and self._manage("await_workers") == 0:
            self._print_address()
            self._manage("demo", "--quiet")
        while not self._stopping.wait(1):
            if os.getppid() != self._parent:
                self._processes.terminate()

    def stop(self) -> None:
        """End whatever this thread is still waiting for."""
        self._stopping.set()
        if self._command and self._command.poll() is None:
            self._command.kill()
            self._command.wait()

    def _page_answers(self) -> bool:
        while not self._stopping.wait(0.2):
            try:
                with urllib.request.urlopen(f"{self._address}health/", timeout=5) as answer:
                    return bool(answer.status == 200)
            except OSError:
                continue
        return False

    def _manage(self, *arguments: str) -> int:
        if self._stopping.is_set():
            return 1
        self._command = subprocess.Popen(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, start_new_session=True
        )
        if self._stopping.is_set():
            self._command.kill()
        return self._command.wait()

    def _print_address(self) -> None:
        lines = [f"Verbal Coach answers at {self._address}", *demo_sign_in(), "Ctrl-C stops it."]
        width = max(map(len, lines)) + 2
        print(
            "\n" + "-" * width, *(f" {line}" for line in lines), "-" * width, sep="\n", flush=True
        )


def demo_sign_in() -> list[str]:
    """The line with the demo account's sign-in, if there is one."""
    from django.conf import settings

    try:
        demo = json.loads((settings.VAR_DIR / "demo.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [f"Sign in as {demo['email']} with the password {demo['password']}"]


class this_folder_runs_once:  # noqa: N801 - reads as the sentence it is
    """Two runs of one folder would share its database and its queue."""

    def __init__(self, host: str, port: str) -> None:
        self._about = f"http://{host}:{port}/ (process {os.getpid()})"

    def __enter__(self) -> None:
        from django.conf import settings

        settings.VAR_DIR.mkdir(exist_ok=True)
        self._file: IO[str] = Path.open(settings.VAR_DIR / "run.lock", "a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.seek(0)
            raise SetupError(
                f"Verbal Coach already runs from this folder at {self._file.read()}."
            ) from error
        self._file.truncate(0)
        self._file.write(self._about)
        self._file.flush()

    def __exit__(self, *_: object) -> None:
        self._file.close()


if __name__ == "__main__":
    sys.exit(main())
