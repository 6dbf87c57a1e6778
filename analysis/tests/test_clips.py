"""A clip is the moment that was asked for, whatever the recording's format."""

import io
import wave

import av
import numpy as np
import pytest

from analysis import clips
from analysis.errors import AnalysisError

RATE = 16_000
FORMS = {
    "wav": ("pcm_s16le", "wav", 16_000),
    "flac": ("flac", "flac", 44_100),
    "mp3": ("libmp3lame", "mp3", 44_100),
    "m4a": ("aac", "mp4", 44_100),
    "webm": ("libopus", "webm", 48_000),
    "ogg": ("libopus", "ogg", 48_000),
}


@pytest.fixture
def beep(tmp_path):
    """Makes 20 seconds of silence with a tone from 10 to 11 s, in a format."""

    def make(name: str):
        codec, container_name, rate = FORMS[name]
        samples = np.zeros(20 * RATE)
        samples[10 * RATE : 11 * RATE] = 0.5 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)
        frame = av.AudioFrame.from_ndarray(
            (samples * 32767).astype(np.int16).reshape(1, -1), format="s16", layout="mono"
        )
        frame.sample_rate = RATE
        path = tmp_path / f"beep.{name}"
        with av.open(str(path), "w", format=container_name) as container:
            stream = container.add_stream(codec, rate=rate, layout="mono")
            resampler = av.AudioResampler(format=stream.format.name, layout="mono", rate=rate)
            for resampled in (*resampler.resample(frame), *resampler.resample(None)):
                container.mux(stream.encode(resampled))
            container.mux(stream.encode(None))
        return path

    return make


def heard_in(clip: bytes) -> tuple[float, float, float]:
    """Length of the clip, and where its tone begins and ends, in seconds."""
    with av.open(io.BytesIO(clip)) as container:
        rate = container.streams.audio[0].rate
        parts = [frame.to_ndarray().astype(float).ravel() for frame in container.decode(audio=0)]
    samples = np.concatenate(parts)
    loud = np.flatnonzero(np.abs(samples) > 0.3 * np.abs(samples).max())
    return len(samples) / rate, loud[0] / rate, loud[-1] / rate


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("form", ["wav", "mp3"])
def test_clip_is_the_moment_asked_for(beep, name, form):
    length, first, last = heard_in(clips.cut(beep(name), 9.5, 11.5, form))
    assert length == pytest.approx(2.0, abs=0.06)
    assert first == pytest.approx(0.5, abs=0.06)
    assert last == pytest.approx(1.5, abs=0.06)


def test_clip_has_soft_edges(beep):
    clip = clips.cut(beep("wav"), 10.2, 10.8, "wav")
    with wave.open(io.BytesIO(clip)) as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), dtype=np.int16)
    edge = 44
    assert abs(samples[0]) < 100
    assert abs(samples[:edge]).max() < abs(samples).max() / 4
    assert abs(samples[-edge:]).max() < abs(samples).max() / 4


def test_clip_ends_with_the_recording(beep):
    with wave.open(io.BytesIO(clips.cut(beep("wav"), 19, 30, "wav"))) as sound:
        assert sound.getnframes() / sound.getframerate() == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("name", FORMS)
def test_clip_beyond_the_end_is_an_error_of_its_own(beep, name):
    with pytest.raises(AnalysisError) as caught:
        clips.cut(beep(name), 40, 41, "wav")
    assert caught.value.code == clips.BEYOND_THE_END
    assert caught.value.permanent


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"#EXTM3U\nfile:///etc/passwd\n", "not_audio"),
        (b"fLaC" + b"nonsense" * 100, "unreadable_file"),
    ],
)
def test_clip_of_what_is_no_recording_is_refused(tmp_path, content, code):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(AnalysisError) as caught:
        clips.cut(path, 0, 1, "wav")
    assert caught.value.code == code
