"""The labelled recordings as samples: clear ones of running speech, telephone calls."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from analysis.weights.corpus import Joined, decoded, joined
from benchmarks.accuracy.table import labelled
from engines.transcribers import SAMPLE_RATE

Samples = NDArray[np.int16]
SHORTEST_FILE = 8.0


def clear(shortest: float = SHORTEST_FILE) -> Iterator[tuple[str, Samples]]:
    """Name and samples of wide-band recordings of running speech, of so many seconds and more.

    Raises LeftOut where they are missing.
    """
    for path in sorted(labelled("wideband", "audio").iterdir()):
        if not path.name.startswith("mfa_"):
            samples = decoded(path)
            if len(samples) >= shortest * SAMPLE_RATE:
                yield path.name, samples


def calls() -> list[Joined]:
    """What callers said, in the part kept for choosing, joined. Raises LeftOut."""
    labelled("telephone", "recordings.tsv")
    return joined("dev")


def by_call(longest: float = 60.0) -> Iterator[Samples]:
    """What each caller said, up to so many seconds; nobody under eight. Raises LeftOut."""
    clips = (
        (
            clip.call,
            file.samples[round(clip.span.start * SAMPLE_RATE) :][: _count(clip.span.length)],
        )
        for file in calls()
        for clip in file.clips
    )
    for _, of_call in groupby(sorted(clips, key=lambda clip: clip[0]), lambda clip: clip[0]):
        samples = np.concatenate([part for _, part in of_call])[: _count(longest)]
        if len(samples) >= SHORTEST_FILE * SAMPLE_RATE:
            yield samples


def written(samples: Samples, path: Path) -> Path:
    """The samples as a file, as a learner's are."""
    with av.open(str(path), "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", rate=SAMPLE_RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _count(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
