"""What the sound itself says, block by block: pitch and loudness from frame to frame.

Each block is heard with the sound around it, so that the blocks put together are what the whole
would be. Frames are those of voice activity, 32 ms each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from analysis import loudness, pitch
from analysis.timeline import Span
from analysis.vad import FRAME, SAMPLE_RATE

SECOND = FRAME / SAMPLE_RATE
# The loudness of a frame between two blocks, which nobody heard.
UNHEARD = np.int16(-32_768)


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Pitch and loudness of the frames from number `first` on, in tenths of Hz and of dB.

    A pitch of 0 is unvoiced. `clipped` counts samples; `inside` and `above` are the energies of
    speech within the telephone's band and above it.
    """

    first: int
    pitch: NDArray[np.int16]
    loudness: NDArray[np.int16]
    clipped: int
    inside: float
    above: float

    @property
    def hertz(self) -> NDArray[np.float64]:
        """Fundamental frequency of each frame, 0 where unvoiced."""
        return self.pitch / 10

    @property
    def decibels(self) -> NDArray[np.float64]:
        """Level of each frame in dB of full scale, NaN for silence between blocks."""
        return np.where(self.loudness == UNHEARD, np.nan, self.loudness / 10)

    def frames_in(self, spans: Sequence[Span], margin: float = 0.0) -> NDArray[np.bool_]:
        """Which frames lie in the spans (seconds), made wider by a margin on both sides."""
        inside = np.zeros(len(self.pitch), dtype=np.bool_)
        for span in spans:
            start = round((span.start - margin) / SECOND) - self.first
            end = round((span.end + margin) / SECOND) - self.first
            inside[max(0, start) : max(0, end)] = True
        return inside

    def to_json(self) -> dict[str, Any]:
        """Only numbers and lists of whole numbers."""
        return {
            "first": self.first,
            "pitch": self.pitch.tolist(),
            "loudness": self.loudness.tolist(),
            "clipped": self.clipped,
            "inside": self.inside,
            "above": self.above,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The sound that `to_json` wrote."""
        return cls(
            first=data["first"],
            pitch=np.array(data["pitch"], dtype=np.int16),
            loudness=np.array(data["loudness"], dtype=np.int16),
            clipped=data["clipped"],
            inside=data["inside"],
            above=data["above"],
        )


def listen(samples: NDArray[np.int16], block: Span, speech: Sequence[Span]) -> Sound:
    """Hear one block of a recording's samples (mono, 16-bit, 16 kHz).

    A frame belongs to the block in which it begins. `speech`: all of the recording's.
    """
    first = _frame_at(block.start)
    last = min(_frame_at(block.end), -(-len(samples) // FRAME))
    part = np.asarray(samples[first * FRAME : last * FRAME])
    heard = Sound(
        first=first,
        pitch=np.round(10 * pitch.contour(samples, first, last)).astype(np.int16),
        loudness=np.round(10 * loudness.contour(part)).astype(np.int16),
        clipped=loudness.clipped(part),
        inside=0.0,
        above=0.0,
    )
    inside, above = loudness.band_energies(part, heard.frames_in(speech))
    return Sound(heard.first, heard.pitch, heard.loudness, heard.clipped, inside, above)


def merge_sounds(sounds: Sequence[Sound]) -> Sound | None:
    """One sound from those of the blocks, in order; None where there is none."""
    if not sounds:
        return None
    first = sounds[0].first
    frames = sounds[-1].first + len(sounds[-1].pitch) - first
    pitches = np.zeros(frames, dtype=np.int16)
    levels = np.full(frames, UNHEARD)
    for sound in sounds:
        here = slice(sound.first - first, sound.first - first + len(sound.pitch))
        pitches[here], levels[here] = sound.pitch, sound.loudness
    return Sound(
        first=first,
        pitch=pitches,
        loudness=levels,
        clipped=sum(sound.clipped for sound in sounds),
        inside=sum(sound.inside for sound in sounds),
        above=sum(sound.above for sound in sounds),
    )


def _frame_at(seconds: float) -> int:
    return -int(-seconds * SAMPLE_RATE // FRAME)
