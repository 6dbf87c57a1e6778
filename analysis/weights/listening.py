"""The joined recordings as the product hears them: words, voice, frames and encoder's states."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis import engine
from analysis.hesitations.frames import Frames, frames
from analysis.options import AnalysisOptions
from analysis.timeline import Span
from analysis.vad import as_floats, detect_speech
from analysis.weights.corpus import Joined
from engines.transcribers import SAMPLE_RATE, STATE_SECONDS, Word, make

FOLDS = 5
STATES_A_SECOND = round(1 / STATE_SECONDS)


@dataclass(frozen=True, slots=True)
class Heard:
    """One joined file, its words as recognised, and what every moment of it sounds like.

    `rows`: frames of 10 ms. `states`: a row for every 20 ms, in half precision; `known` where a
    window holds them.
    """

    file: Joined
    words: tuple[Word, ...]
    speech: tuple[Span, ...]
    rows: Frames
    states: NDArray[np.float16]
    known: NDArray[np.bool_]


def listen(file: Joined, fillers: engine.FillersBy) -> Heard:
    """Recognise a file as the product does, words with the prompt or without it."""
    speech = detect_speech(file.samples)
    transcriber = make(AnalysisOptions().transcriber)
    words: list[Word] = []
    windows: list[tuple[float, NDArray[np.float16]]] = []
    for block in engine.plan_blocks(speech, len(file.samples) / SAMPLE_RATE):
        words += engine.transcribe(
            file.samples,
            block,
            AnalysisOptions(language="en"),
            transcriber,
            speech=speech,
            fillers=fillers,
            on_states=_kept(windows, block.start),
        ).words
    count = len(file.samples) // round(SAMPLE_RATE * STATE_SECONDS)
    states = np.zeros((count, windows[0][1].shape[1]), np.float16)
    known = np.zeros(count, dtype=bool)
    for start, part in windows:
        first = round(start * STATES_A_SECOND)
        states[first : first + len(part)] = part[: count - first]
        known[first : first + len(part)] = True
    rows = frames(as_floats(file.samples), speech)
    return Heard(file, tuple(words), speech, rows, states, known)


def fold_of(call: str) -> int:
    """Which fold a call's recordings are in; the same on every machine."""
    return zlib.crc32(call.encode()) % FOLDS


def _kept(
    windows: list[tuple[float, NDArray[np.float16]]], offset: float
) -> Callable[[float, NDArray[np.float32]], None]:
    def keep(start: float, states: NDArray[np.float32]) -> None:
        windows.append((offset + start, states.astype(np.float16)))

    return keep
