"""The sound of one moment of a recording, as wav or mp3.

Only the span asked for is decoded (PyAV), then cut and given soft edges (pydub). As with all
uploaded bytes, the decoder meets them in a process of its own, `python -m analysis.clips`, under
limits that the process sets on itself.
"""

import contextlib
import json
import resource
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal

from analysis.containers import HEADER_BYTES, sniff
from analysis.errors import AnalysisError

ClipForm = Literal["wav", "mp3"]
MEDIA_TYPES = {"wav": "audio/wav", "mp3": "audio/mpeg"}
BEYOND_THE_END = "beyond_the_end"

SAMPLE_RATE = 44_100
SAMPLE_BYTES = 2
FADE_MS = 12
MP3_BIT_RATE = 96_000
SECONDS_TO_CUT = 60
MEMORY_BYTES = 1024 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[1]


def cut(source: Path, start: float, end: float, form: ClipForm) -> bytes:
    """The sound of `source` from `start` to `end` (s) as a file of the given form.

    It ends with the recording where that is shorter. Raises AnalysisError; its code is
    `beyond_the_end` where the recording has ended before `start`.
    """
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"clip.{form}"
        order = {
            "source": str(source.resolve()),
            "target": str(target),
            "start": start,
            "end": end,
            "form": form,
        }
        try:
            child = subprocess.run(
                [sys.executable, "-m", "analysis.clips", json.dumps(order)],
                cwd=ROOT,
                # The environment holds secrets: not its business. pydub insists on a PATH.
                env={"LC_ALL": "C.UTF-8", "PATH": ""},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS_TO_CUT,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise AnalysisError("decoder_timeout", detail="Cutting took too long.") from error
        if child.returncode == 0 and target.exists():
            return target.read_bytes()
        raise _failure(child.stdout, child.stderr)


def _failure(said: bytes, complaints: bytes) -> AnalysisError:
    with contextlib.suppress(ValueError):
        answer = json.loads(said)
        return AnalysisError(answer["error"], detail=answer["detail"], permanent=True)
    complaint = complaints[-500:].decode(errors="replace").strip().rpartition("\n")[2]
    return AnalysisError("decoder_crashed", detail=complaint)


def main(arguments: list[str]) -> int:
    """The child: `arguments` is one JSON object with source, target, start, end and form."""
    order = json.loads(arguments[0])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_TO_CUT, SECONDS_TO_CUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with Path(order["source"]).open("rb") as source:
            pcm, channels = _decoded(source, order["start"], order["end"])
    except AnalysisError as error:
        sys.stdout.write(json.dumps({"error": error.code, "detail": error.detail}))
        return 1
    _write(_softened(pcm, channels), order["form"], Path(order["target"]))
    return 0


def _decoded(source: BinaryIO, start: float, end: float) -> tuple[bytes, int]:
    """Packed 16-bit samples of the span, and how many channels they have."""
    import av
    import av.error

    from analysis.decoder import NOTHING_ELSE

    name = sniff(source.read(HEADER_BYTES))
    source.seek(0)
    only = {**NOTHING_ELSE, "format_whitelist": av.ContainerFormat(name, "r").name}
    try:
        container = av.open(source, "r", format=name, options=only, metadata_errors="ignore")
    except (av.error.FFmpegError, ValueError) as error:
        raise AnalysisError("unreadable_file", detail=str(error)) from error
    with container:
        stream = next((each for each in container.streams.audio if each.channels), None)
        if stream is None:
            raise AnalysisError("no_audio_stream", detail="The file holds no sound track.")
        span = _Span(start, end, min(2, stream.channels))
        offset = (container.start_time or 0) / av.time_base
        # A second early: codecs need a little lead-in before they sound right.
        with contextlib.suppress(av.error.FFmpegError):
            container.seek(int((max(0.0, start - 1) + offset) * av.time_base))
        for frame in _frames(container, stream):
            time = span.decoded_until if frame.time is None else frame.time - offset
            if time >= end:
                break
            span.add(frame, time)
        return span.samples(), span.channels


def _frames(container: Any, stream: Any) -> Iterator[Any]:
    """Decoded frames in order; what is damaged is left out."""
    import av.error

    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.error.FFmpegError, OSError):
            return
        with contextlib.suppress(av.error.FFmpegError):
            yield from packet.decode()


class _Span:
    """Collects the resampled samples of a span, in time with the time stamps of their frames."""

    def __init__(self, start: float, end: float, channels: int) -> None:
        from av.audio.resampler import AudioResampler

        self.channels = channels
        self.decoded_until = 0.0
        self._start = start
        self._end = end
        self._frame_bytes = SAMPLE_BYTES * channels
        self._begins_at: float | None = None
        self._pcm = bytearray()
        layout = "stereo" if channels == 2 else "mono"
        self._resampler = AudioResampler(format="s16", layout=layout, rate=SAMPLE_RATE)

    def add(self, frame: Any, time: float) -> None:
        """Take the frame that begins at `time`, unless it ends before the span."""
        self.decoded_until = time + frame.samples / frame.sample_rate
        if self.decoded_until <= self._start:
            return
        if self._begins_at is None:
            self._begins_at = time
        else:
            # A hole in the recording stays as long as it was.
            missing = self._position(time) - len(self._pcm)
            if missing > SAMPLE_RATE * self._frame_bytes // 4:
                self._pcm += bytes(missing)
        frame.pts = None
        for resampled in self._resampler.resample(frame):
            self._pcm += memoryview(resampled.planes[0])[: resampled.samples * self._frame_bytes]

    def samples(self) -> bytes:
        """What was said between start and end; raises AnalysisError where there is nothing."""
        for resampled in self._resampler.resample(None) if self._pcm else ():
            self._pcm += memoryview(resampled.planes[0])[: resampled.samples * self._frame_bytes]
        first = max(0, self._position(self._start))
        wanted = bytes(self._pcm[first : max(first, self._position(self._end))])
        if not wanted:
            raise AnalysisError(BEYOND_THE_END, detail="The recording ends before.", permanent=True)
        return wanted

    def _position(self, time: float) -> int:
        """Where in the collected samples `time` lies, in bytes."""
        return round((time - (self._begins_at or 0.0)) * SAMPLE_RATE) * self._frame_bytes


def _softened(pcm: bytes, channels: int) -> Any:
    """The samples with edges that do not click."""
    with warnings.catch_warnings():
        # pydub looks for ffmpeg when it is imported; cutting decoded samples needs none.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # type: ignore[import-untyped]

    sound = AudioSegment(
        data=pcm, sample_width=SAMPLE_BYTES, frame_rate=SAMPLE_RATE, channels=channels
    )
    fade = min(FADE_MS, len(sound) // 2)
    return sound.fade_in(fade).fade_out(fade)


def _write(sound: Any, form: ClipForm, target: Path) -> None:
    if form == "wav":
        sound.export(target, format="wav").close()
        return
    import av
    import numpy as np
    from av.audio.frame import AudioFrame

    layout = "stereo" if sound.channels == 2 else "mono"
    with av.open(str(target), "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=SAMPLE_RATE, layout=layout)
        stream.bit_rate = MP3_BIT_RATE
        samples = np.frombuffer(sound.raw_data, dtype=np.int16).reshape(1, -1)
        frame = AudioFrame.from_ndarray(samples, format="s16", layout=layout)
        frame.sample_rate = SAMPLE_RATE
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
