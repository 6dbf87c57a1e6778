"""Code run inside the product, by one process for all that the tests ask: a start takes seconds."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

# Answers go where the output went; what the code prints joins the errors.
_ANSWER_EACH_LINE = """
import json, os, sys, traceback
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
import django
django.setup()
from django.db import connections
for line in sys.stdin:
    names = {}
    try:
        exec(json.loads(line), names)
        said = {"answer": names["answer"]}
    except Exception:
        said = {"failed": traceback.format_exc()}
    connections.close_all()
    print(json.dumps(said), file=answers, flush=True)
"""


class Inside:
    """A process with the product's settings that runs one piece of code after the other."""

    def __init__(self, root: Path, environment: dict[str, str], log: Path) -> None:
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _ANSWER_EACH_LINE],
                cwd=root,
                env={**environment, "DJANGO_SETTINGS_MODULE": "verbalcoach.settings"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._log = log

    def answer(self, code: str) -> Any:
        """What `code` assigns to `answer`; fails with its traceback if it raises."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(code) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, self._log.read_text()
        said = json.loads(line)
        assert "failed" not in said, said["failed"]
        return said["answer"]

    def end(self) -> None:
        """Let the process end."""
        try:
            self._process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
