"""The same real recording that the analysis is tested on."""

from pathlib import Path

import av
import numpy as np
import pytest

JFK = Path(__file__).resolve().parents[2] / "analysis" / "tests" / "data" / "jfk.flac"


@pytest.fixture(scope="session")
def speech() -> np.ndarray:
    """Mono samples at 16 kHz in [-1, 1]."""
    with av.open(str(JFK)) as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate(frames).astype(np.float32) / 32768
