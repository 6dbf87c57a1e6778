"""Samples as files that browsers play, whole or while they are made."""

import io
import wave
from typing import Literal, cast, get_args

import av
import numpy as np
from av.audio.stream import AudioStream

Format = Literal["wav", "mp3", "ogg"]
FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES: dict[str, str] = {"wav": "audio/wav", "mp3": "audio/mpeg", "ogg": "audio/ogg"}
# Codec, its rate, and bits a second: plain samples, mp3 at 64 kbit/s, Opus at 32 kbit/s.
_CODECS = {
    "wav": ("pcm_s16le", 24_000, None),
    "mp3": ("libmp3lame", 24_000, 64_000),
    "ogg": ("libopus", 48_000, 32_000),
}
# What is encoded goes out at once, not when so much has come together.
_BUFFER = 1024
_AT_ONCE = {"flush_packets": "1"}
_PAGES = {"ogg": {"page_duration": "200000"}}  # µs


class _Outlet:
    """A file that can only be written: the container learns that it may not go back."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes) -> int:
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        data = bytes(self._written)
        self._written.clear()
        return data


class Encoder:
    """One file of that format, made piece by piece."""

    def __init__(self, kind: Format) -> None:
        codec, self._rate, bit_rate = _CODECS[kind]
        self._outlet = _Outlet()
        self._container = av.open(
            self._outlet,
            "w",
            format=kind,
            buffer_size=_BUFFER,
            options=_AT_ONCE | _PAGES.get(kind, {}),
        )
        stream = self._container.add_stream(codec, rate=self._rate, layout="mono")
        self._stream = cast("AudioStream", stream)
        if bit_rate:
            self._stream.bit_rate = bit_rate

    def feed(self, pcm: bytes, rate: int) -> bytes:
        """What is ready of the file after these mono 16-bit samples."""
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = rate
        # One for each piece: the next may come from another voice, at another rate.
        resampler = av.AudioResampler(
            format=self._stream.format.name, layout="mono", rate=self._rate
        )
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            part.pts = None
            self._container.mux(self._stream.encode(part))
        return self._outlet.taken()

    def finish(self) -> bytes:
        """The rest of the file."""
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return self._outlet.taken()


def encoded(pcm: bytes, rate: int, kind: Format) -> bytes:
    """Mono 16-bit samples as a whole file; wav keeps its rate and says how long it is."""
    if kind == "wav":
        return _wav(pcm, rate)
    encoder = Encoder(kind)
    return encoder.feed(pcm, rate) + encoder.finish()


def samples_of(wav: bytes) -> tuple[bytes, int]:
    """The samples and their rate of what `encoded` made as wav."""
    with wave.open(io.BytesIO(wav), "rb") as file:
        return file.readframes(file.getnframes()), file.getframerate()


def _wav(pcm: bytes, rate: int) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return buffer.getvalue()
