"""`make bench`: measures speed and memory as ratios, and writes them into docs/benchmarks.md."""

import json
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "benchmarks.md"
SHARED = ROOT.parent / "shared" / "data"
# What the repository itself ships, joined over and over where there are no labelled recordings.
OWN_RECORDINGS = ROOT / "analysis" / "tests" / "data"

PAGE = """\
# Speed and memory

Written by `make bench`. Each figure is a ratio or a difference measured within one run, so that the
machine matters little; the limits are what the product promises.

Measured {day} with Python {python} on {machine}.

| what | outcome | figure | at most | |
|---|---|---|---|---|
{lines}

- Analysis: `benchmarks/analysis.py` runs the engine and bare faster-whisper in turns on the same
  file, with the same pipeline, weights, threads, batch size, beam and word times, but without the
  prompt that keeps fillers.
- Memory: the peak of a process of its own for each length.
- Lists: `benchmarks/lists.py` fills a database of its own for each size, half of it somebody
  else's, and takes the median of 40 requests; one text in twenty holds the word searched for.
- Transfers: `benchmarks/transfers.py` sends a recording to the real server and takes it back
  slowly; the figure is how far the peak of its resident memory rises.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what was measured, the outcome, and the most it may be."""

    what: str
    outcome: str
    figure: float
    limit: float

    def __str__(self) -> str:
        verdict = "kept" if self.figure <= self.limit else "MISSED"
        return f"| {self.what} | {self.outcome} | {self.figure:.2f} | {self.limit:g} | {verdict} |"


def main() -> int:
    """Measure everything; 0 when every limit is kept."""
    lines = [*analysis(), *lists(), *transfers()]
    text = document(lines)
    DOCUMENT.write_text(text, encoding="utf-8")
    print(text)
    return int(any(line.figure > line.limit for line in lines))


def analysis() -> list[Line]:
    """The whole analysis against bare faster-whisper, and memory as recordings grow."""
    found = run("analysis.py", *([] if SHARED.is_dir() else [str(OWN_RECORDINGS)]))
    times = [
        Line(
            f"whole analysis of {minutes} min of speech, as a multiple of bare faster-whisper",
            f"{found[f'whole_seconds_{minutes}']:.1f} s against"
            f" {found[f'bare_seconds_{minutes}']:.1f} s",
            found[f"time_ratio_{minutes}"],
            1.5,
        )
        for minutes in (1, 30)
    ]
    memory = Line(
        "peak memory at 60 min, as a multiple of that at 5 min", "", found["memory_ratio"], 1.3
    )
    return [*times, memory]


def lists() -> list[Line]:
    """Queries and time of lists and searches as sessions grow."""
    few, some, many = (run("lists.py", str(count)) for count in (10, 100, 10_000))
    lines = []
    for name in many:
        lines.append(
            Line(
                f"{name}: queries at 10,000 sessions, beyond those at 10",
                f"{many[name]['queries']} against {few[name]['queries']}",
                many[name]["queries"] - few[name]["queries"],
                0,
            )
        )
        lines.append(
            Line(
                f"{name}: time at 10,000 sessions, as a multiple of that at 100",
                f"{many[name]['milliseconds']:.1f} ms against {some[name]['milliseconds']:.1f} ms",
                many[name]["milliseconds"] / some[name]["milliseconds"],
                2,
            )
        )
    return lines


def transfers() -> list[Line]:
    """Memory that a large recording takes in the web process."""
    found = run("transfers.py")
    size = f"{found['megabytes']} MB"
    return [
        Line(f"upload of {size}: MB added to the web process", "", found["upload_added_mb"], 64),
        Line(
            f"download of {size}: MB added to the web process", "", found["download_added_mb"], 16
        ),
    ]


def run(script: str, *arguments: str) -> dict[str, Any]:
    """The figures that a benchmark prints on its last line; what else it says is shown."""
    print(f"… {script} {' '.join(arguments)}", flush=True)
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / script), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    *said, last = done.stdout.strip().splitlines()
    for line in said:
        print(f"    {line}", flush=True)
    return dict(json.loads(last))


def document(lines: list[Line]) -> str:
    """The page in docs/."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return PAGE.format(
        day=f"{datetime.now(UTC):%d %B %Y}",
        python=platform.python_version(),
        machine=f"{os.cpu_count()} cores ({platform.machine()}) and {memory:.0f} GB",
        lines="\n".join(map(str, lines)),
    )


if __name__ == "__main__":
    sys.exit(main())
