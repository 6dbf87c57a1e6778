"""One real recording, what is measured of it, and every format people send it in."""

from pathlib import Path

import av
import numpy as np
import pytest

from analysis import engine
from analysis.options import AnalysisOptions
from analysis.report import Report
from analysis.vad import SAMPLE_RATE

JFK = Path(__file__).parent / "data" / "jfk.flac"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def jfk() -> Path:
    return JFK


@pytest.fixture(scope="session")
def speech() -> np.ndarray:
    """The recording's samples: mono, 16-bit, 16 kHz."""
    with av.open(str(JFK)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


@pytest.fixture(scope="session")
def report(speech: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Of Kennedy four times over: 44 s, 88 words, no hesitation."""
    path = tmp_path_factory.mktemp("jfk") / "a.wav"
    return engine.measure_file(
        encode(np.tile(speech, 4), path, "wav", "pcm_s16le"), AnalysisOptions(language="en")
    )


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the labelled recordings in ../shared/data are not here")
    return SHARED


def encode(
    samples: np.ndarray,
    path: Path,
    container: str,
    codec: str,
    *,
    rate: int = SAMPLE_RATE,
    layout: str = "mono",
    picture: bool = False,
    options: dict[str, str] | None = None,
) -> Path:
    """Write samples (one row, or two for stereo) as a real file of that format."""
    with av.open(str(path), "w", format=container, options=options or {}) as output:
        video = output.add_stream("mpeg4", rate=5) if picture else None
        if video:
            video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        sound = output.add_stream(codec, rate=rate, layout=layout)
        if video:
            for number in range(5 * samples.shape[-1] // SAMPLE_RATE):
                image = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
                image.pts = number
                output.mux(video.encode(image))
            output.mux(video.encode(None))
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(np.atleast_2d(samples).T.reshape(1, -1)),
            format="s16",
            layout=layout,
        )
        frame.sample_rate = SAMPLE_RATE
        resampler = av.AudioResampler(sound.codec_context.format, layout, rate)
        fifo = av.AudioFifo()
        for resampled in [*resampler.resample(frame), *resampler.resample(None)]:
            resampled.pts = None
            fifo.write(resampled)
        size = sound.codec_context.frame_size or 1024
        while (part := fifo.read(size, partial=True)) is not None:
            output.mux(sound.encode(part))
        output.mux(sound.encode(None))
    return path
