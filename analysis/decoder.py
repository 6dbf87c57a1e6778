"""The decoder's own process: `python -m analysis.decoder`, started by analysis.audio.

Uploaded bytes meet a large C library here and nowhere else, under limits this process sets on
itself before it opens them. It imports only PyAV and the standard library, because starting is
most of what it costs. It answers on standard output in lines of JSON: {"seconds": …} as it goes,
then {"done": {…}} or {"error": code, "detail": …}.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import av
import av.error
import av.logging
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from analysis.containers import HEADER_BYTES, sniff
from analysis.errors import AnalysisError

SAMPLE_RATE = 16_000
SAMPLE_BYTES = 2
# The file object is all there is to read: no protocol, and no demuxer but the one named.
NOTHING_ELSE = {"protocol_whitelist": "none", "enable_drefs": "0", "use_absolute_path": "0"}
# Containers whose header says how long they are; elsewhere the length is a guess from the bit rate.
EXACT = {"wav", "flac", "mov", "matroska", "aiff", "caf", "avi"}
# A hole in the time stamps is filled with silence, so that times stay those of the player;
# a jump beyond ten minutes is taken for a broken time stamp.
SHORTEST_HOLE = 0.3
LONGEST_HOLE = 600.0
REPORT_EVERY = 20.0


def main(arguments: list[str]) -> None:
    """`arguments`: one JSON object with task, source, target, max_seconds and the limits."""
    order = json.loads(arguments[0])
    _limit(order)
    av.logging.set_level(None)
    try:
        with Path(order["source"]).open("rb") as source:
            if order["task"] == "probe":
                done = _probe(source)
            else:
                done = _decode(source, Path(order["target"]), order["max_seconds"])
        _say({"done": done})
    except AnalysisError as error:
        _say({"error": error.code, "detail": error.detail, "limit": error.limit})
    except MemoryError:
        _say({"error": "decoder_memory", "detail": "Decoding needs more memory than it may have."})


def _limit(order: dict[str, Any]) -> None:
    """Memory, processor time and file size, for this process only."""
    if sys.platform != "darwin":  # which knows the limit but refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (order["memory_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (order["cpu_seconds"], order["cpu_seconds"] + 5))
    largest = int((order["max_seconds"] + 60) * SAMPLE_RATE * SAMPLE_BYTES * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _opened(source: BinaryIO) -> tuple[InputContainer, str, bytes]:
    header = source.read(HEADER_BYTES)
    source.seek(0)
    name = sniff(header)
    options = {**NOTHING_ELSE, "format_whitelist": av.ContainerFormat(name, "r").name}
    if name == "wav" and _goes_on(source, header):
        options["ignore_length"] = "1"
    try:
        container = av.open(
            source,
            "r",
            format=name,
            options=options,
            metadata_errors="ignore",
            buffer_size=1 << 18,
        )
    except (av.error.FFmpegError, ValueError) as error:
        code = "truncated" if name == "mov" else "unreadable_file"
        raise AnalysisError(code, detail=f"The {name} file cannot be opened: {error}") from error
    return container, name, header


def _audio_stream(container: InputContainer) -> AudioStream:
    if not container.streams.audio:
        raise AnalysisError("no_audio_stream", detail="The file holds no sound track.")
    for stream in container.streams.audio:
        if stream.codec_context is not None and stream.channels and stream.rate:
            return stream
    raise AnalysisError("unreadable_file", detail="The sound track's encoding is not known.")


def _facts(
    container: InputContainer, stream: AudioStream, name: str, header: bytes
) -> dict[str, Any]:
    exact = name in EXACT or (name == "mp3" and (b"Xing" in header or b"Info" in header))
    declared = container.duration / av.time_base if container.duration and exact else None
    return {
        "container": "webm" if name == "matroska" and b"webm" in header[:64] else name,
        "codec": stream.codec_context.name,
        "sample_rate": stream.rate,
        "channels": stream.channels,
        "declared_seconds": declared,
    }


def _probe(source: BinaryIO) -> dict[str, Any]:
    container, name, header = _opened(source)
    with container:
        return _facts(container, _audio_stream(container), name, header)


def _decode(source: BinaryIO, target: Path, max_seconds: float) -> dict[str, Any]:
    """Write the sound track to `target` as raw 16-bit samples at 16 kHz, one or two channels."""
    container, name, header = _opened(source)
    with container, target.open("wb") as output:
        stream = _audio_stream(container)
        facts = _facts(container, stream, name, header)
        channels = min(2, stream.channels)
        track = _Track(output, channels, max_seconds)
        damaged = 0
        offset = (container.start_time or 0) / av.time_base
        for frame in _frames(container, stream):
            if frame is None:
                damaged += 1
            else:
                track.add(frame, None if frame.time is None else frame.time - offset)
        track.finish()
    if track.seconds == 0:
        code = "unreadable_file" if damaged else "no_audio_stream"
        raise AnalysisError(code, detail="Nothing could be decoded from the file.")
    declared = facts["declared_seconds"]
    short = declared is not None and track.seconds < declared - max(1.0, declared * 0.02)
    cut_off = short or damaged > 0 or _ends_early(source, header)
    return {**facts, "seconds": track.seconds, "written": channels, "truncated": cut_off}


def _ends_early(source: BinaryIO, header: bytes) -> bool:
    """A wav file shorter than its header says; the demuxer takes the file's size for true.

    Recorders that stream leave 0 or all ones in the header, which says nothing.
    """
    if header[:4] != b"RIFF" or header[8:12] != b"WAVE":
        return False
    said = int.from_bytes(header[4:8], "little")
    return said < 0xFFFFFF00 and source.seek(0, os.SEEK_END) < said


def _goes_on(source: BinaryIO, header: bytes) -> bool:
    """Whether a wav file holds much more than its header says, as after a recorder's crash.

    What tagging tools put behind the sound is not that long.
    """
    said = 8 + int.from_bytes(header[4:8], "little")
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    return header[:4] == b"RIFF" and said < 0.9 * size


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame | None]:
    """Decoded frames in order; None for a packet that cannot be read."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except (av.error.FFmpegError, OSError):
            yield None
            return
        try:
            yield from packet.decode()
        except av.error.FFmpegError:
            # The end of some streams is an error of its own kind, not damage.
            if packet.size:
                yield None


class _Track:
    """Resamples frames as they come and writes them in time with their time stamps."""

    def __init__(self, output: BinaryIO, channels: int, max_seconds: float) -> None:
        self._output = output
        self._bytes_a_second = SAMPLE_RATE * SAMPLE_BYTES * channels
        self._frame_bytes = SAMPLE_BYTES * channels
        self._max_seconds = max_seconds
        self._resampler = AudioResampler(
            format="s16", layout="stereo" if channels == 2 else "mono", rate=SAMPLE_RATE
        )
        self._written = 0
        self._reported = 0.0

    @property
    def seconds(self) -> float:
        return self._written / self._bytes_a_second

    def add(self, frame: AudioFrame, time: float | None) -> None:
        if time is not None and SHORTEST_HOLE < time - self.seconds < LONGEST_HOLE:
            hole = min(time, self._max_seconds) - self.seconds
            self._write(bytes(int(hole * SAMPLE_RATE) * self._frame_bytes))
        frame.pts = None
        for resampled in self._resampler.resample(frame):
            self._write(_samples(resampled, self._frame_bytes))

    def finish(self) -> None:
        for resampled in self._resampler.resample(None):
            self._write(_samples(resampled, self._frame_bytes))

    def _write(self, samples: bytes | memoryview) -> None:
        self._output.write(samples)
        self._written += len(samples)
        if self.seconds > self._max_seconds:
            raise AnalysisError(
                "too_long",
                detail=f"The recording is longer than {self._max_seconds:.0f} s.",
                limit=self._max_seconds,
            )
        if self.seconds - self._reported >= REPORT_EVERY:
            self._reported = self.seconds
            _say({"seconds": self.seconds})


def _samples(frame: AudioFrame, frame_bytes: int) -> memoryview:
    """The samples of a packed frame without the padding behind them."""
    return memoryview(frame.planes[0])[: frame.samples * frame_bytes]


if __name__ == "__main__":
    main(sys.argv[1:])
