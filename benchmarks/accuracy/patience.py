"""Patience: whether the talks' own turn taking answers while somebody is still thinking.

Phrases of many voices with silences of known length between them are one turn after the other to
the page's voice gate (`voice_gate.ts`): it may end a turn only in a silence longer than the
patience, and should do so as soon as that has passed.
"""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.timeline import Span
from benchmarks.accuracy import recordings
from benchmarks.accuracy.pauses import phrases_of, talk_of
from benchmarks.accuracy.recordings import Samples
from benchmarks.accuracy.table import LeftOut, Row
from engines.transcribers import SAMPLE_RATE

SECTION = "Patience of a spoken partner"
GATE = Path(__file__).with_name("voice_gate.mjs")
# Seconds; by default a talk has 3 at A1 and 1.2 at C2.
PATIENCES = (0.8, 1.2, 2.0, 3.0)
SILENCES = (0.3, 4.0)
AFTER = 8.0
# How far the noise that is added lies below the speech, in dB.
NOISES = (None, 45.0, 30.0, 20.0)
GOAL_NOISE = 30.0
# A silence as long as the patience may go either way (s).
UNSURE = 0.15
GATE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Kept:
    """How one patience was kept: turns ended too early, and silences that were to end one."""

    patience: float
    too_early: int
    late: tuple[float, ...]
    long: int

    def __str__(self) -> str:
        median = f" ({np.median(self.late):+.2f} s)" if self.late else ""
        return f"{self.patience:g} s: {self.too_early}; {len(self.late)} of {self.long}{median}"


def rows() -> list[Row]:
    """A row for each noise. Raises LeftOut without the recordings or Node."""
    every = [samples for _, samples in recordings.clear(0.0)]
    phrases = [phrase for samples in every for phrase in phrases_of(samples)]
    return [_row(phrases, noise) for noise in NOISES]


def _row(phrases: Sequence[Samples], noise: float | None) -> Row:
    samples, silences, talk = talk_of(phrases, SILENCES, noise, AFTER)
    silences.append(Span(talk.end, len(samples) / SAMPLE_RATE))
    kept = [
        _kept(patience, ends, silences)
        for patience, ends in zip(PATIENCES, _ends(samples), strict=True)
    ]
    has_goal = noise is None or noise >= GOAL_NOISE
    where = "digital silence" if noise is None else f"noise {noise:.0f} dB below the speech"
    return Row(
        SECTION,
        f"{len(phrases)} phrases of many voices and as many silences of {SILENCES[0]:g} to"
        f" {SILENCES[1]:g} s in {where}; for each patience: turns ended within speech or in a"
        " shorter silence; longer silences that ended one (how long after the patience, median)",
        ", ".join(map(str, kept)),
        "none too early" if has_goal else "",
        not any(each.too_early for each in kept) if has_goal else None,
    )


def _kept(patience: float, ends: Sequence[float], silences: Sequence[Span]) -> Kept:
    late, too_early = [], 0
    for end in ends:
        silence = next((each for each in silences if each.start <= end <= each.end), None)
        if silence is None or silence.length < patience - UNSURE:
            too_early += 1
        elif silence.length > patience + UNSURE:
            late.append(end - silence.start - patience)
    long = sum(silence.length > patience + UNSURE for silence in silences)
    return Kept(patience, too_early, tuple(late), long)


def _ends(samples: Samples) -> Sequence[Sequence[float]]:
    """For each patience when the gate would end a turn, in seconds."""
    sound = (samples.astype(np.float32) / 32_768).astype("<f4").tobytes()
    command = [os.environ.get("NODE", "node"), str(GATE), *map(str, PATIENCES)]
    try:
        told = subprocess.run(
            command, input=sound, capture_output=True, check=True, timeout=GATE_SECONDS
        )
    except FileNotFoundError as error:
        raise LeftOut("needs Node") from error
    return [[at for event, at in said if event == "ended"] for said in json.loads(told.stdout)]
