"""The Procfile's process of voices: installs them once, in the background, and runs them.

Everything else of the product has started by then and works without: what cannot be had here is
said in one line, and the process stays, because the end of one ends all.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

from dotenv import load_dotenv

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements-voices.txt"
MEGABYTES = 700
AGAIN_AFTER = 60.0
_stopping = threading.Event()


def main() -> None:
    """Install where needed, then run the server; wait for a signal where that cannot be."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    load_dotenv(ROOT / ".env")
    if not wanted():
        _wait("no local voices: TTS_PROVIDERS names others only")
    var = Path(os.environ.get("VAR_DIR", "").strip() or ROOT / "var")
    # Environments are large and alike: one serves every VAR_DIR of this checkout.
    environment = Path(os.environ.get("LOCAL_VOICES_HOME", "").strip() or ROOT / "var" / "voices")
    why = install(environment)
    if why:
        _wait(f"no local voices, all else works: {why}")
    models = environment / "models"
    models.mkdir(exist_ok=True)
    python = environment / "bin" / "python"
    port = os.environ.get("LOCAL_VOICES_PORT", "0")
    serve(
        [
            str(python),
            str(ROOT / "voices" / "server.py"),
            str(var / "voices.json"),
            *("--port", port, "--models", str(models)),
        ],
    )


def serve(command: list[str]) -> None:
    """Run the server until a signal comes, again where it ends by itself."""
    while True:
        with subprocess.Popen(command) as server:
            try:
                status = server.wait()
            finally:
                server.terminate()
        print(f"local voices ended with status {status}; tried again in a minute", flush=True)
        _stopping.wait(AGAIN_AFTER)


def wanted() -> bool:
    """Whether this installation asks local voices at all, by its settings."""
    named = os.environ.get("TTS_PROVIDERS", "")
    return not named.strip() or "local" in [word.strip() for word in named.split(",")]


def is_installed(environment: Path) -> bool:
    """Whether the present requirements were installed completely."""
    stamp = environment / "installed"
    return stamp.is_file() and stamp.read_text() == _digest()


def install(environment: Path) -> str:
    """Make the environment; why it cannot be, in a few words, or nothing."""
    if is_installed(environment):
        return ""
    if os.environ.get("LOCAL_VOICES_INSTALL", "").lower() in {"false", "0", "no", "off"}:
        return "they are not installed, and LOCAL_VOICES_INSTALL is off"
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < MEGABYTES:
        return f"they need {MEGABYTES} MB, and {free} MB are free"
    print("installing local voices, once; all else works meanwhile", flush=True)
    python = str(environment / "bin" / "python")
    quiet = ("--quiet", "--no-compile", "--disable-pip-version-check", "--progress-bar=off")
    steps = (
        [sys.executable, "-m", "venv", "--clear", str(environment)],
        [python, "-m", "pip", "install", *quiet, "-r", str(REQUIREMENTS)],
    )
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, check=False)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines() or ["no reason was given"]
            return f"installing them failed ({said[-1]})"
    (environment / "installed").write_text(_digest())
    return ""


def _digest() -> str:
    return hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()


def _stop(*_: object) -> None:
    _stopping.set()
    sys.exit(0)


def _wait(why: str) -> None:
    print(why, flush=True)
    _stopping.wait()


if __name__ == "__main__":
    main()
