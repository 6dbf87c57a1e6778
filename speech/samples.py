"""From a recording to samples."""

import io
import tempfile
import wave
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from analysis import audio
from analysis.errors import AnalysisError
from analysis.options import Limits

SAMPLE_RATE = audio.SAMPLE_RATE


def samples_of(path_or_bytes: Path | str | bytes) -> NDArray[np.int16]:
    """Mono 16-bit samples at 16 kHz of a file or of its content. Raises AnalysisError.

    What is already in that form, as the live tutor sends it, is read at once; all else is decoded
    in a process of its own within bounds.
    """
    plain = _plain(path_or_bytes)
    if plain is not None:
        if len(plain) > settings.SPEECH_MAX_SECONDS * SAMPLE_RATE:
            raise AnalysisError(
                "too_long",
                detail=f"The recording is {len(plain) / SAMPLE_RATE:.0f} s long.",
                limit=settings.SPEECH_MAX_SECONDS,
            )
        return plain
    limits = Limits(
        max_seconds=settings.SPEECH_MAX_SECONDS,
        max_bytes=settings.SPEECH_MAX_BYTES,
        decoder_cpu_seconds=60,
        decoder_wall_seconds=60.0,
    )
    settings.WORK_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.WORK_DIR, prefix="heard-") as folder:
        source = path_or_bytes
        if isinstance(source, bytes):
            written = Path(folder) / "sent"
            written.write_bytes(source)
            source = written
        recording = audio.decode(Path(source), Path(folder) / "samples", limits)
        return np.array(recording.samples())


def _plain(path_or_bytes: Path | str | bytes) -> NDArray[np.int16] | None:
    content: io.BytesIO | str = (
        io.BytesIO(path_or_bytes) if isinstance(path_or_bytes, bytes) else str(path_or_bytes)
    )
    try:
        with wave.open(content, "rb") as file:
            form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            if form != (1, 2, SAMPLE_RATE):
                return None
            most = int(settings.SPEECH_MAX_SECONDS * SAMPLE_RATE) + 1
            frames = file.readframes(min(file.getnframes(), most))
    except (wave.Error, EOFError):
        return None
    return np.frombuffer(frames[: len(frames) // 2 * 2], dtype="<i2").astype(np.int16)
