"""`make test`: every test on SQLite or PostgreSQL, without a word from this machine's own settings.

Runs inside .venv, after scripts/prepare.py.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys

from packages import ensure_node
from postgres import temporary_server
from progress import ROOT, SetupError, fail, say

# Settings of the machine's own installation that would lead the tests astray.
_FOREIGN = (
    "ALLOWED_HOSTS",
    "CELERY_BROKER_URL",
    "DATABASE_URL",
    "DEBUG",
    "EMAIL_URL",
    "MEDIA_ROOT",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_URL",
    "VAR_DIR",
)


def main() -> int:
    """Run pytest; its exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--coverage", action="store_true")
    options, chosen = parser.parse_known_args()
    command = [sys.executable, "-m", "pytest", *chosen]
    if not chosen:
        # Tests of one group share what is costly to start: a stack of servers and a browser.
        command += ["-n", "2", "--dist", "loadgroup"]
        if options.database == "postgres":
            # A browser meets the same pages on either database, and the engine knows none.
            command += ["--ignore=tests/browser", "--deselect=analysis/", "--deselect=engines/"]
    if options.coverage:
        command += ["--cov", "--cov-report=term:skip-covered", "--cov-report=html"]
    environment = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    # Every process would compile the product and its tests anew where none may keep what it made.
    environment["PYTHONDONTWRITEBYTECODE"] = ""
    environment["NODE"], _npm = ensure_node()
    with contextlib.ExitStack() as stack:
        if options.database == "postgres":
            say("Starting a PostgreSQL server for the tests")
            environment["DATABASE_URL"] = stack.enter_context(temporary_server())
        # Ctrl-C reaches pytest too, which then tidies up: wait for that.
        signal.signal(signal.SIGINT, lambda *_: None)
        return subprocess.call(command, cwd=ROOT, env=environment)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetupError as error:
        fail(str(error))
