"""The labelled telephone recordings, joined into files as long as people record them."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import av
import numpy as np
from numpy.typing import NDArray

from analysis.timeline import Span
from engines.transcribers import SAMPLE_RATE

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
_BETWEEN = 0.5


class Label(NamedTuple):
    """One labelled word or filled pause. `suspect`: its time or being there is in doubt."""

    span: Span
    word: str
    filler: bool
    suspect: bool


class Clip(NamedTuple):
    """Where a recording lies in the joined file, and how many filled pauses it holds."""

    span: Span
    call: str
    fillers: int


@dataclass(frozen=True, slots=True)
class Joined:
    """Samples at 16 kHz (16 bit), their labels and clips."""

    samples: NDArray[np.int16]
    labels: tuple[Label, ...]
    clips: tuple[Clip, ...]

    def call_at(self, time: float) -> str:
        """The call that a time belongs to."""
        middle = min(
            self.clips, key=lambda clip: max(clip.span.start - time, time - clip.span.end, 0.0)
        )
        return middle.call


def joined(
    split: Literal["train", "dev"], seconds: float = 300.0, folder: Path = SHARED
) -> list[Joined]:
    """The split's recordings in order, half a second apart, in files of at least `seconds`.

    0: each recording by itself. Raises OSError where they are missing.
    """
    telephone = folder / "telephone"
    labels = defaultdict(list)
    for row in _rows(telephone / "words.tsv"):
        labels[row["file"]].append(row)
    files: list[Joined] = []
    parts: list[NDArray[np.int16]] = []
    marks: list[Label] = []
    clips: list[Clip] = []
    at = 0.0
    recordings = [row for row in _rows(telephone / "recordings.tsv") if row["split"] == split]
    for number, row in enumerate(recordings):
        samples = decoded(telephone / "audio" / row["file"])
        length = len(samples) / SAMPLE_RATE
        marks += [_label(mark, at) for mark in labels[row["file"]]]
        clips.append(Clip(Span(at, at + length), row["call"], int(row["fillers"])))
        parts += [samples, np.zeros(int(_BETWEEN * SAMPLE_RATE), np.int16)]
        at += length + _BETWEEN
        if at >= seconds or number == len(recordings) - 1:
            files.append(Joined(np.concatenate(parts), tuple(marks), tuple(clips)))
            parts, marks, clips, at = [], [], [], 0.0
    return files


def decoded(path: Path) -> NDArray[np.int16]:
    """The samples of an audio file: mono, 16 kHz."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    parts = []
    with av.open(str(path)) as container:
        for frame in [*container.decode(audio=0), None]:
            parts += [part.to_ndarray()[0] for part in resampler.resample(frame)]
    return np.concatenate(parts).astype(np.int16)


def apart(one: Span, other: Span) -> float:
    """Seconds between two spans; below 0 where they overlap."""
    return max(one.start - other.end, other.start - one.end)


def _label(row: dict[str, str], offset: float) -> Label:
    return Label(
        Span(offset + float(row["start"]), offset + float(row["end"])),
        row["word"],
        row["kind"] == "filler",
        row["quality"] == "suspect",
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))
