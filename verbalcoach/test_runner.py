"""`manage.py test` runs pytest, so that there is one way to run the tests."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings


class PytestRunner:
    """Hands `manage.py test LABEL…` over to pytest.

    A label is a path, an app (`speech_sessions`), a module (`speech_sessions.tests.test_api`), or a
    class or function in any test module of an app (`speech_sessions.SpeechSessionModelTest`).
    """

    def __init__(
        self,
        verbosity: int = 1,
        failfast: bool = False,
        keepdb: bool = False,
        parallel: int = 0,
        **options: Any,
    ) -> None:
        self.verbosity = verbosity
        self.failfast = failfast
        self.keepdb = keepdb
        self.parallel = parallel

    @classmethod
    def add_arguments(cls, parser: Any) -> None:
        """Django's own options that pytest knows too."""
        parser.add_argument("--keepdb", action="store_true", help="Keep the test database.")
        parser.add_argument("--parallel", type=int, default=0, help="Number of processes.")

    def run_tests(self, test_labels: list[str]) -> int:
        """Run the tests; the number of failures is 0, or 1 where pytest failed."""
        command = [sys.executable, "-m", "pytest"]
        command += ["-v"] if self.verbosity > 1 else ["-q"] if self.verbosity == 0 else []
        command += ["-x"] if self.failfast else []
        command += ["--reuse-db"] if self.keepdb else []
        command += ["-n", str(self.parallel)] if self.parallel > 1 else []
        for label in test_labels:
            command += pytest_arguments(label)
        return int(subprocess.call(command, cwd=settings.BASE_DIR) != 0)


def pytest_arguments(label: str) -> list[str]:
    """What pytest calls the tests that Django's `label` names."""
    base = Path(settings.BASE_DIR)
    if (base / label.partition("::")[0]).exists():
        return [label]
    parts = label.split(".")
    for count in range(len(parts), 0, -1):
        place = base.joinpath(*parts[:count])
        rest = parts[count:]
        if place.with_suffix(".py").is_file():
            return ["::".join([f"{'/'.join(parts[:count])}.py", *rest])]
        if place.is_dir():
            return [str(place.relative_to(base)), *(["-k", " and ".join(rest)] if rest else [])]
    raise SystemExit(f"There are no tests named {label}.")
