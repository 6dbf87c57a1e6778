"""What set-up says while it works, and how it runs other programs: every line kept in a log."""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "var" / "log" / "setup.log"

_children: set["subprocess.Popen[str]"] = set()
_printing = threading.Lock()
_started = time.monotonic()

_NO_NETWORK = re.compile(
    r"name resolution|NewConnectionError|Network is unreachable|Connection refused|ConnectTimeout"
    r"|Max retries exceeded|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH"
    r"|from versions: none"
)
_NO_SPACE = re.compile(r"No space left on device|ENOSPC|Disk quota exceeded|EDQUOT")


class SetupError(Exception):
    """Set-up cannot go on; the text says what is wrong and what to do."""


def say(text: str) -> None:
    """One line of progress, with the seconds since the start."""
    with _printing:
        print(f"[{time.monotonic() - _started:4.0f} s] {text}", flush=True)


def run(
    command: list[str],
    what: str,
    *,
    env: dict[str, str] | None = None,
    watch: Callable[[str], str | None] | None = None,
) -> None:
    """Run `command` with its output in the log; raises SetupError with a clear sentence.

    `what` names the work in that sentence. `watch` sees every line and may return something worth
    telling, of which one every few seconds is told.
    """
    LOG.parent.mkdir(parents=True, exist_ok=True)
    lines: list[str] = []
    told = time.monotonic()
    with (
        LOG.open("a", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as child,
    ):
        _children.add(child)
        log.write(f"$ {' '.join(command)}\n")
        for line in child.stdout or ():
            log.write(line)
            lines.append(line)
            news = watch(line) if watch else None
            if news and time.monotonic() - told > 3:
                told = time.monotonic()
                say(f"  {news}")
    _children.discard(child)
    if child.returncode:
        raise SetupError(sentence_for("".join(lines[-60:]), what))


def sentence_for(output: str, what: str) -> str:
    """What went wrong in a program that failed with `output`, and what to do about it."""
    if _NO_SPACE.search(output):
        return f"{what} failed because the disk is full. Free some space and run this again."
    if _NO_NETWORK.search(output):
        return (
            f"{what} failed because the package index cannot be reached."
            " Check the network and run this again; what is done already is kept."
        )
    last = "\n".join(f"    {line}" for line in output.strip().splitlines()[-8:])
    return f"{what} failed. Its last words (all of them are in {LOG.relative_to(ROOT)}):\n{last}"


def stop_children() -> None:
    """End the programs that are still at work, so that nothing outlives an interrupted set-up."""
    for child in list(_children):
        child.terminate()


def fail(sentence: str) -> None:
    """Print why nothing more can be done, and leave."""
    sys.stdout.flush()
    print(f"\n{sentence}", file=sys.stderr, flush=True)
    raise SystemExit(1)
