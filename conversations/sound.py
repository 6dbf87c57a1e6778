"""Sound of turns: what is taken in, frames of the microphone as a file, pieces of speech as one."""

from collections.abc import Sequence

import numpy as np
from django.conf import settings

from analysis import audio
from analysis.errors import AnalysisError
from speech.encoding import encoded, samples_of
from speech_sessions.services.recordings import CONTAINERS, RecordingRefused

SAMPLE_RATE = 16_000
BYTES_A_SAMPLE = 2


def kind_of(content: bytes) -> tuple[str, str]:
    """Extension and media type of a recording, by its first bytes. Raises RecordingRefused."""
    if not content:
        raise RecordingRefused("empty_file")
    if len(content) > settings.TUTOR_AUDIO_BYTES:
        raise RecordingRefused("too_large")
    try:
        return CONTAINERS[audio.sniff(content[: audio.HEADER_BYTES])]
    except AnalysisError as error:
        raise RecordingRefused(error.code) from error


def wav_of(frames: bytes, rate: int = SAMPLE_RATE) -> bytes:
    """Mono 16-bit little-endian frames as a wav file; half a sample at the end is left out."""
    return encoded(frames[: len(frames) // BYTES_A_SAMPLE * BYTES_A_SAMPLE], rate, "wav")


def joined(pieces: Sequence[bytes]) -> tuple[bytes, float]:
    """Mono 16-bit wav files one after another as one, at the first's rate; its length in seconds.

    Voices differ in their rate where another one had to go on in the middle.
    """
    parts, rate = [], 0
    for piece in pieces:
        held, own_rate = samples_of(piece)
        samples = np.frombuffer(held, dtype="<i2")
        rate = rate or own_rate
        if own_rate != rate and len(samples):
            length = round(len(samples) * rate / own_rate)
            places = np.linspace(0, len(samples) - 1, length)
            samples = np.interp(places, np.arange(len(samples)), samples).astype("<i2")
        parts.append(samples.tobytes())
    frames = b"".join(parts)
    return wav_of(frames, rate), len(frames) / BYTES_A_SAMPLE / rate
