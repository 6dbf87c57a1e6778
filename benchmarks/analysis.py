"""What the whole analysis costs: `python benchmarks/analysis.py [RECORDINGS] [--minutes 1 30]`.

Prints two ratios. Time: analysis.engine.measure_file against bare faster-whisper on the same file,
in turns within one run, with the same pipeline, weights, threads, batch size, beam and word times.
Memory: the peak of a process that analyses the longest file against one that
analyses the shortest, with the time that the longest took. Long files are made by joining
recordings, over and over.
"""

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import av  # noqa: E402
from faster_whisper import BatchedInferencePipeline, WhisperModel  # noqa: E402

from analysis.engine import measure_file  # noqa: E402
from analysis.options import AnalysisOptions  # noqa: E402
from engines.transcribers import TranscriberOptions  # noqa: E402
from engines.transcribers.packaged_model import prepare  # noqa: E402

SHARED = ROOT.parent / "shared" / "data"
PARTS = (SHARED / "wideband" / "audio", SHARED / "telephone" / "audio")
MEASURED_IN_A_CHILD = """
import sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from analysis.engine import measure_file
from analysis.options import AnalysisOptions
began = time.perf_counter()
measure_file(Path({path!r}), AnalysisOptions(language="en"))
taken = time.perf_counter() - began
# Not getrusage: its peak is inherited from the process that started this one.
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) / 1024, taken)
"""


def main() -> None:
    """Measure and print; a line of JSON at the end holds the figures."""
    arguments = _parser().parse_args()
    recordings = sorted(
        path
        for folder in (arguments.recordings or PARTS)
        for path in Path(folder).glob("*.flac")
        if "mfa_" not in path.name
    )
    if not recordings:
        sys.exit("No recordings: give a folder that holds .flac files of English speech.")
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for minutes in arguments.minutes:
            path = join(recordings, minutes * 60, Path(folder) / f"{minutes}.flac")
            figures |= time_ratio(path, minutes, arguments.repeats if minutes < 10 else 1)
        if arguments.memory:
            short, long = (
                (minutes, join(recordings, minutes * 60, Path(folder) / f"{minutes}.flac"))
                for minutes in arguments.memory
            )
            figures |= growth(short, long)
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recordings", nargs="*", type=Path, help="folders of .flac files")
    parser.add_argument("--minutes", type=int, nargs="*", default=[1, 30])
    parser.add_argument("--memory", type=int, nargs=2, default=[5, 120])
    parser.add_argument("--no-memory", dest="memory", action="store_const", const=None)
    parser.add_argument("--repeats", type=int, default=3)
    return parser


def join(recordings: list[Path], seconds: float, target: Path) -> Path:
    """One mono 16 kHz FLAC of just that length, half a second between recordings."""
    if target.exists():
        return target
    silence = bytes(2 * 8_000)
    missing = round(seconds * 16_000)
    with av.open(str(target), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=16_000, layout="mono", format="s16")
        for path in itertools.cycle(recordings):
            for found in [*_samples(path), silence]:
                samples = found[: 2 * missing]
                if not samples:
                    break
                frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples) // 2)
                frame.sample_rate = 16_000
                frame.planes[0].update(samples.ljust(frame.planes[0].buffer_size, b"\0"))
                container.mux(stream.encode(frame))
                missing -= len(samples) // 2
            if not missing:
                break
        container.mux(stream.encode(None))
    return target


def _samples(path: Path) -> Iterator[bytes]:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
    with av.open(str(path)) as container:
        for frame in itertools.chain(container.decode(audio=0), [None]):
            for resampled in resampler.resample(frame):
                yield bytes(resampled.planes[0])[: resampled.samples * 2]


def time_ratio(path: Path, minutes: int, repeats: int) -> dict[str, float]:
    """Best of `repeats` runs of each, in turns, models loaded and warm."""
    options = TranscriberOptions()
    model = WhisperModel(
        str(prepare()), device="cpu", compute_type=options.compute_type, cpu_threads=2
    )
    pipeline = BatchedInferencePipeline(model)

    def bare() -> None:
        segments, _ = pipeline.transcribe(
            str(path),
            language="en",
            beam_size=options.beam_size,
            temperature=0.0,
            word_timestamps=True,
            batch_size=options.batch_size,
        )
        for _ in segments:
            pass

    def whole() -> None:
        measure_file(
            path, AnalysisOptions(language="en", transcriber=TranscriberOptions(cpu_threads=2))
        )

    warm = ROOT / "analysis" / "tests" / "data" / "jfk.flac"
    measure_file(
        warm, AnalysisOptions(language="en", transcriber=TranscriberOptions(cpu_threads=2))
    )
    list(pipeline.transcribe(str(warm), language="en")[0])
    taken: dict[str, list[float]] = {"bare": [], "whole": []}
    for _ in range(repeats):
        taken["bare"].append(_timed(bare))
        taken["whole"].append(_timed(whole))
    best = {name: min(values) for name, values in taken.items()}
    ratio = best["whole"] / best["bare"]
    print(
        f"{minutes} min: bare {best['bare']:.2f} s, whole analysis {best['whole']:.2f} s,", end=""
    )
    print(f" ratio {ratio:.2f} (at most 1.50)", flush=True)
    return {
        f"bare_seconds_{minutes}": best["bare"],
        f"whole_seconds_{minutes}": best["whole"],
        f"time_ratio_{minutes}": ratio,
    }


def _timed(run: Callable[[], None]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def growth(short: tuple[int, Path], long: tuple[int, Path]) -> dict[str, float]:
    """How the peak of memory grows from a short to a long file, each given with its minutes."""
    low, _ = peak_memory(short[1])
    high, seconds = peak_memory(long[1])
    print(f"peak memory: {short[0]} min {low:.0f} MB, {long[0]} min {high:.0f} MB,", end="")
    print(f" ratio {high / low:.2f} (at most 1.30); {long[0]} min took {seconds:.0f} s", flush=True)
    return {
        "memory_ratio": high / low,
        "low_mb": low,
        "high_mb": high,
        f"alone_seconds_{long[0]}": seconds,
        f"realtime_{long[0]}": seconds / (60 * long[0]),
    }


def peak_memory(path: Path) -> tuple[float, float]:
    """Peak resident memory, in MB, of a fresh process that analyses `path`, and its seconds."""
    script = MEASURED_IN_A_CHILD.format(root=str(ROOT), path=str(path))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    megabytes, seconds = map(float, done.stdout.split())
    return megabytes, seconds


if __name__ == "__main__":
    main()
