"""Samples as files that browsers play."""

import io
import wave
from typing import Literal, get_args

import av
import numpy as np

Format = Literal["wav", "mp3", "ogg"]
FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES: dict[Format, str] = {"wav": "audio/wav", "mp3": "audio/mpeg", "ogg": "audio/ogg"}
_CODECS = {"mp3": ("libmp3lame", 24_000, 64_000), "ogg": ("libopus", 48_000, 32_000)}


def encoded(pcm: bytes, rate: int, kind: Format) -> bytes:
    """Mono 16-bit samples as a file: plain wav, mp3 at 64 kbit/s, Opus at 32 kbit/s in ogg."""
    if kind == "wav":
        return _wav(pcm, rate)
    codec, coded_rate, bit_rate = _CODECS[kind]
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=kind) as container:
        stream = container.add_stream(codec, rate=coded_rate, layout="mono")
        stream.bit_rate = bit_rate
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(format=stream.format.name, layout="mono", rate=coded_rate)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return buffer.getvalue()


def _wav(pcm: bytes, rate: int) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return buffer.getvalue()
