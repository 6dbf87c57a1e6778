"""`make lint`: form, types, layers, and whatever is generated from the code.

Runs inside .venv, after scripts/prepare.py. Every check runs, whatever the others say.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from packages import ensure_node, environment_for
from progress import ROOT, say


def main() -> int:
    """Run the checks; 0 when all of them pass."""
    node, _npm = ensure_node()
    python = [sys.executable, "-m"]
    manage = [sys.executable, "manage.py"]
    templates = [
        str(file)
        for file in sorted(ROOT.glob("**/templates/**/*.html"))
        if "node_modules" not in file.parts and ".venv" not in file.parts
    ]
    templates += [str(file) for file in sorted((ROOT / "templates").glob("**/*.html"))]
    binaries = Path("node_modules") / ".bin"
    with tempfile.TemporaryDirectory() as folder:
        checks = {
            "Python: lint": [*python, "ruff", "check"],
            "Python: format": [*python, "ruff", "format", "--check"],
            "Python: types": [*python, "mypy"],
            "Python: layers": [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
            "templates": [
                str(Path(sys.executable).parent / "djade"),
                "--check",
                "--target-version",
                "5.2",
                *dict.fromkeys(templates),
            ],
            "scripts and styles": [node, str(binaries / "biome"), "ci"],
            "scripts: types": [node, str(binaries / "tsc"), "--noEmit"],
            "service worker: types": [
                node,
                str(binaries / "tsc"),
                "--noEmit",
                "-p",
                "static/src/worker",
            ],
            "scripts: tests": [node, "scripts/test_assets.mjs"],
            "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
            "deployment": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            "API schema": [
                *manage,
                "spectacular",
                "--validate",
                "--fail-on-warn",
                "--file",
                f"{folder}/schema.yaml",
            ],
            "ER diagram": [sys.executable, "scripts/er_diagram.py", "--check"],
        }
        failed = [
            name
            for name, command in checks.items()
            if not passes(name, command, environment_for(node))
        ]
    say(f"Failed: {', '.join(failed)}" if failed else "All checks pass")
    return int(bool(failed))


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    """Run one check as a production machine would; print what it says when it fails."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        env={
            **environment,
            "DEBUG": "false",
            "SECRET_KEY": os.urandom(40).hex(),
            "BEHIND_PROXY": "true",
            "DATABASE_URL": "sqlite:///:memory:",
            "SITE_URL": "https://coach.example.org",
        },
    )
    say(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}")
    if done.returncode:
        print(done.stdout[-12000:], flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
