"""`python3 scripts/prepare.py run|test|lint`: makes ready what that needs and is not there yet.

Runs with any Python 3.11 or newer and only its standard library. Safe to interrupt and run again.
"""

import argparse
import errno
import fcntl
import os
import secrets
import signal
import socket
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import assets
import packages
from progress import ROOT, SetupError, fail, say, stop_children

ENV_FILE = ROOT / ".env"
_FIRST_RUN_MEGABYTES = {"run": 1500, "test": 2500, "lint": 2000}


def main() -> None:
    """Prepare for the goal on the command line, or say in one sentence why that cannot be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("goal", choices=("run", "test", "lint"))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", help="refuse at once if it is taken")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        if options.port is not None:
            refuse_taken_port(options.host, options.port)
        prepare(options.goal)
    except SetupError as error:
        fail(str(error))
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        fail("The disk is full. Free some space and run this again.")
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on where this left off.", file=sys.stderr)
        raise SystemExit(130) from None
    finally:
        stop_children()


def prepare(goal: str) -> None:
    """Environment, packages, built assets and settings, each only where it is missing."""
    name = "requirements" if goal == "run" else "requirements-dev"
    with only_one_set_up():
        if not packages.is_installed(name):
            packages.require_space(_FIRST_RUN_MEGABYTES[goal])
        packages.ensure_environment()
        write_env_file()
        node, npm = packages.ensure_node()
        with ThreadPoolExecutor(2) as workers:
            jobs = [
                workers.submit(packages.ensure_packages, name, "the Python packages"),
                workers.submit(assets.ensure_assets, node, npm, with_checks=goal != "run"),
            ]
            try:
                for job in as_completed(jobs):
                    job.result()
            except BaseException:
                stop_children()
                raise


def write_env_file() -> None:
    """Settings for this machine alone, with a secret of their own; an existing file is left be."""
    try:
        file = os.open(ENV_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(file, "w", encoding="utf-8") as env:
        env.write(
            "# Settings of this machine; .env.example lists all of them.\n"
            f"SECRET_KEY={secrets.token_urlsafe(50)}\nDEBUG=true\n"
        )
    say("Wrote .env with a fresh secret key")


def refuse_taken_port(host: str, port: str) -> None:
    """Say so at once if nothing can listen at the address."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise SetupError(f"PORT must be a number from 1 to 65535, not {port!r}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except PermissionError as error:
            raise SetupError(
                f"Port {port} is reserved for the system. Choose another: make run PORT=8000"
            ) from error
        except OSError as error:
            raise SetupError(
                f"Port {port} is taken by another program, perhaps by Verbal Coach itself."
                f" Stop that, or choose another port: make run PORT={int(port) % 65535 + 1}"
            ) from error


class only_one_set_up:  # noqa: N801 - reads as the sentence it is
    """Two set-ups of one checkout wait for each other."""

    def __enter__(self) -> None:
        lock = ROOT / "var" / "setup.lock"
        lock.parent.mkdir(exist_ok=True)
        self._file = Path.open(lock, "w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work in this folder; waiting for it")
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


if __name__ == "__main__":
    main()
