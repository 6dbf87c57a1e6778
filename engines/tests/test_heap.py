"""What recognition takes goes back to the system: a long recording needs no more than a short."""

import sys
from pathlib import Path

import av
import numpy as np
import pytest

from engines.transcribers import TranscriberOptions, heap, make

JFK = Path(__file__).resolve().parents[2] / "analysis" / "tests" / "data" / "jfk.flac"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory is given back on Linux alone")


def resident() -> float:
    """Megabytes of this process that are in memory."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@LINUX
def test_heap_gives_back_what_was_freed_between_what_is_kept():
    heap.use_one()
    heap.give_back()
    before = resident()
    arrays = [np.ones(1 << 17) for _ in range(100)]
    kept = arrays[::10]
    taken = resident() - before
    del arrays
    heap.give_back()
    assert taken > 80
    assert resident() - before < 30
    assert len(kept) == 10


@LINUX
def test_recognition_keeps_nothing_of_a_batch():
    with av.open(str(JFK)) as container:
        samples = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    transcriber = make(TranscriberOptions())
    heap.give_back()
    before = resident()
    heard = transcriber.transcribe(
        samples.astype(np.float32) / 32_768, language="en", prompt=None, windows=[(0.0, 11.0)]
    )
    assert len(heard.words) == 22
    assert resident() - before < 40
