"""From an uploaded file to samples: decoding in a child process, mixing, peaks.

Samples are mono, 16-bit, 16 kHz, in a raw file that is mapped and not read: an hour of speech
costs no more memory than a minute.
"""

import itertools
import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from analysis.containers import HEADER_BYTES, sniff
from analysis.errors import AnalysisError
from analysis.options import Limits
from engines.transcribers import heap

SAMPLE_RATE = 16_000
CHUNK = 1 << 20
ROOT = Path(__file__).resolve().parents[1]

# A channel 20 dB under the other holds nothing of its own; a mean 6 dB under the louder channel
# is two channels that cancel each other. The mean of two unlike voices is 3 dB under.
DEAD_CHANNEL = 0.01
CANCELLED = 0.25

__all__ = ["HEADER_BYTES", "Probe", "Recording", "decode", "level", "peaks", "probe", "sniff"]

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file says of itself. `declared_seconds` is None where it does not say."""

    container: str
    codec: str
    sample_rate: int
    channels: int
    declared_seconds: float | None


@dataclass(frozen=True, slots=True)
class Recording:
    """A decoded recording. `mix` says what became of a second channel."""

    path: Path
    duration: float
    container: str
    codec: str
    truncated: bool
    sample_rate: int
    channels: int
    mix: Literal["mono", "mean", "left", "right"]

    def samples(self) -> NDArray[np.int16]:
        """Mono 16-bit samples at 16 kHz, mapped from the file."""
        return np.memmap(self.path, dtype=np.int16, mode="r")


def probe(source: Path, limits: Limits) -> Probe:
    """Check size, container, sound track and declared length without decoding.

    Takes about a tenth of a second. Raises AnalysisError.
    """
    _check_size(source, limits)
    with tempfile.TemporaryDirectory() as folder:
        done = _run("probe", source, Path(folder), limits, None)
    found = Probe(**done)
    if found.declared_seconds and found.declared_seconds > limits.max_seconds:
        raise AnalysisError(
            "too_long",
            detail=f"The recording is {found.declared_seconds:.0f} s long.",
            limit=limits.max_seconds,
        )
    return found


def decode(
    source: Path, target: Path, limits: Limits, on_progress: Progress | None = None
) -> Recording:
    """Decode the sound track of `source` into the raw file `target`.

    `on_progress` is given the seconds decoded so far. What can be decoded of a damaged file is
    kept, and flagged as truncated. Raises AnalysisError.
    """
    _check_size(source, limits)
    # Recognition follows in this process, and what a thread was started before would share.
    heap.use_one()
    done = _run("decode", source, target, limits, on_progress)
    mix: Literal["mono", "mean", "left", "right"] = "mono"
    if done["written"] == 2:
        mix = _mix_down(target)
    return Recording(
        path=target,
        duration=round(done["seconds"], 3),
        container=done["container"],
        codec=done["codec"],
        truncated=bool(done["truncated"]),
        sample_rate=done["sample_rate"],
        channels=done["channels"],
        mix=mix,
    )


def peaks(samples: NDArray[np.int16], count: int) -> list[float]:
    """`count` largest absolute values, 0-1 to three places, over equal parts of the recording."""
    edges = np.linspace(0, len(samples), count + 1).astype(np.int64)
    return [
        round(_largest(samples[first:last]) / 32768, 3) for first, last in itertools.pairwise(edges)
    ]


def level(samples: NDArray[np.int16]) -> float:
    """The largest absolute value, 0-1."""
    return (
        max((_largest(samples[at : at + CHUNK]) for at in range(0, len(samples), CHUNK)), default=0)
        / 32768
    )


def _largest(part: NDArray[np.int16]) -> int:
    """Without taking the absolute value, which -32768 does not have in 16 bits."""
    return max(int(part.max()), -int(part.min())) if len(part) else 0


def _check_size(source: Path, limits: Limits) -> None:
    size = source.stat().st_size
    if size > limits.max_bytes:
        detail = f"The file has {size} bytes; at most {limits.max_bytes} are taken."
        raise AnalysisError("too_large", detail=detail, limit=limits.max_bytes)
    with source.open("rb") as file:
        sniff(file.read(HEADER_BYTES))


def _run(
    task: str, source: Path, target: Path, limits: Limits, on_progress: Progress | None
) -> dict[str, Any]:
    """Run the child, follow its lines, and turn every way it can end into an answer."""
    order = {
        "task": task,
        "source": str(source.resolve()),
        "target": str(target.resolve()),
        "max_seconds": limits.max_seconds,
        "memory_bytes": limits.decoder_memory_bytes,
        "cpu_seconds": limits.decoder_cpu_seconds,
    }
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(
            [sys.executable, "-m", "analysis.decoder", json.dumps(order)],
            cwd=ROOT,
            env={"LC_ALL": "C.UTF-8"},  # the environment holds secrets that are not its business
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        ) as child,
    ):
        timer = threading.Timer(limits.decoder_wall_seconds, child.kill)
        timer.start()
        try:
            last = _follow(child, on_progress)
            child.wait()
        finally:
            late = not timer.is_alive()
            timer.cancel()
            child.kill()
        if "done" in last:
            done: dict[str, Any] = last["done"]
            return done
        complaints.seek(0)
        raise _failure(last, child.returncode, complaints.read()[-500:], late=late)


def _follow(child: "subprocess.Popen[str]", on_progress: Progress | None) -> dict[str, Any]:
    last: dict[str, Any] = {}
    if child.stdout is None:
        return last
    for line in child.stdout:
        last = json.loads(line)
        if on_progress and "seconds" in last:
            on_progress(last["seconds"])
    return last


def _failure(last: dict[str, Any], status: int, said: bytes, *, late: bool) -> AnalysisError:
    if "error" in last:
        return AnalysisError(last["error"], detail=last["detail"], limit=last.get("limit"))
    if late or status in {-signal.SIGXCPU, -signal.SIGKILL}:
        return AnalysisError("decoder_timeout", detail="Decoding took longer than it may.")
    complaint = said.decode(errors="replace").strip().rpartition("\n")[2]
    return AnalysisError(
        "decoder_crashed", detail=f"The decoder ended with status {status}. {complaint}".strip()
    )


def _mix_down(path: Path) -> Literal["mean", "left", "right"]:
    """Replace two channels by one: their mean, unless one is dead or they cancel each other."""
    stereo = np.memmap(path, dtype=np.int16, mode="r").reshape(-1, 2)
    left = right = mean = 0.0
    for at in range(0, len(stereo), CHUNK):
        part = stereo[at : at + CHUNK].astype(np.float32)
        left += float(np.square(part[:, 0]).sum())
        right += float(np.square(part[:, 1]).sum())
        mean += float(np.square(part.mean(axis=1)).sum())
    mix: Literal["mean", "left", "right"] = "mean"
    if min(left, right) < DEAD_CHANNEL * max(left, right) or mean < CANCELLED * max(left, right):
        mix = "left" if left >= right else "right"
    mono = path.with_name(path.name + ".mono")
    with mono.open("wb") as output:
        for at in range(0, len(stereo), CHUNK):
            output.write(_mixed(stereo[at : at + CHUNK], mix).tobytes())
    del stereo
    mono.replace(path)
    return mix


def _mixed(part: NDArray[np.int16], mix: str) -> NDArray[np.int16]:
    if mix == "mean":
        mean: NDArray[np.int16] = part.mean(axis=1, dtype=np.float32).astype(np.int16)
        return mean
    one: NDArray[np.int16] = part[:, 0 if mix == "left" else 1]
    return one
