"""`make bench`: measures speed and memory as ratios, and writes them into docs/benchmarks.md."""

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import document

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
LONGEST = 120
# What the repository itself ships, joined over and over where there are no labelled recordings.
OWN_RECORDINGS = ROOT / "analysis" / "tests" / "data"

PART = """\
Written by `make bench`. Each figure is a ratio or a difference measured within one run, so that the
machine matters little; the limits are what the product promises.

{circumstances}

| what | outcome | figure | at most | |
|---|---|---|---|---|
{lines}

- Analysis: `benchmarks/analysis.py` runs the engine and bare faster-whisper in turns on the same
  file, with the same pipeline, weights, threads, batch size, beam and word times, neither with a
  prompt.
- Memory: the peak of a process of its own for each length.
- Lists: `benchmarks/lists.py` fills a database of its own for each size, half of it somebody
  else's, asks them in turns and takes the median of 40 requests; one text in four holds the word
  searched for.
- Signing in: `benchmarks/sign_in.py` asks a real server, in turns, for an empty view and for
  `auth/me` with an access token, then signs in and checks the same password's hash by itself; the
  figures are medians of 400 and of 40.
- Tutor: `benchmarks/tutor.py` takes turns in and does the worker's part in one process, the
  model loaded before; these figures are seconds. A sentence is spoken where the local voice runs.
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
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--long", action="store_true", help="bare recognition of 120 minutes too: half an hour more"
    )
    lines = [*analysis(long=parser.parse_args().long), *lists(), *sign_in(), *transfers(), *tutor()]
    text = PART.format(circumstances=document.circumstances(), lines="\n".join(map(str, lines)))
    document.replace("speed", text)
    print(text)
    return int(any(line.figure > line.limit for line in lines))


def analysis(*, long: bool) -> list[Line]:
    """The whole analysis against bare faster-whisper, and memory as recordings grow.

    Bare recognition of the longest recording is only run where `long` is asked for; else four
    times that of 30 minutes, from the same run, stands for it.
    """
    compared = (1, 30, LONGEST) if long else (1, 30)
    found = run(
        "analysis.py",
        *([] if SHARED.is_dir() else [str(OWN_RECORDINGS)]),
        *("--minutes", *map(str, compared)),
        *("--memory", "5", str(LONGEST)),
    )
    lines = [
        Line(
            f"whole analysis of {minutes} min of speech, as a multiple of bare faster-whisper",
            f"{found[f'whole_seconds_{minutes}']:.1f} s against"
            f" {found[f'bare_seconds_{minutes}']:.1f} s",
            found[f"time_ratio_{minutes}"],
            1.5,
        )
        for minutes in compared
    ]
    alone = found[f"alone_seconds_{LONGEST}"]
    if not long:
        bare = found["bare_seconds_30"] * LONGEST / 30
        what = f"the same of {LONGEST} min, against four times bare faster-whisper of 30 min"
        lines.append(Line(what, f"{alone:.0f} s against {bare:.0f} s", alone / bare, 1.5))
    lines += [
        Line(
            f"whole analysis of {LONGEST} min, as a share of that time",
            f"{alone:.0f} s",
            found[f"realtime_{LONGEST}"],
            0.15,
        ),
        Line(
            f"peak memory at {LONGEST} min, as a multiple of that at 5 min",
            f"{found['high_mb']:.0f} MB against {found['low_mb']:.0f} MB",
            found["memory_ratio"],
            1.3,
        ),
    ]
    return lines


def lists() -> list[Line]:
    """Queries and time of lists and searches as sessions grow."""
    few, some, many = run("lists.py", "10", "100", "10000").values()
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


def sign_in() -> list[Line]:
    """What the API costs before it does anything: to know somebody, and to sign them in."""
    found = run("sign_in.py")
    return [
        Line(
            "auth/me, as a multiple of an empty view",
            f"{found['me']:.1f} ms against {found['empty']:.1f} ms",
            found["me"] / found["empty"],
            3,
        ),
        Line(
            "API login: ms beyond its password hash",
            f"{found['login']:.0f} ms against {found['hash']:.0f} ms",
            found["login"] - found["hash"],
            20,
        ),
    ]


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


def tutor() -> list[Line]:
    """What a turn of a talk with the tutor takes, with no key and no network."""
    found = run("tutor.py", str(OWN_RECORDINGS / "jfk.flac"))
    lines = [
        Line("tutor: turn of 5 s heard and answered (s)", "", found["turn_seconds"], 3),
        Line("tutor: 10 s of speech written down (s)", "", found["ten_seconds"], 1.5),
        Line(
            "tutor: queries of a turn after 30 others, beyond those after 1",
            f"{found['queries_long']} against {found['queries_short']}",
            found["queries_long"] - found["queries_short"],
            0,
        ),
    ]
    if "sentence_seconds" in found:
        lines.append(Line("tutor: a sentence spoken (s)", "", found["sentence_seconds"], 0.5))
    return lines


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


if __name__ == "__main__":
    sys.exit(main())
