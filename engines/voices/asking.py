"""Voices within the bounds of asking, and one after another."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from engines.asking import Bounds
from engines.in_turn import first_answer
from engines.made_once import MadeOnce
from engines.voices import Sound, VoiceError, VoiceOptions, make

# The bounds of asking each, with the memory of how it went before.
bounds_of: MadeOnce[VoiceOptions, Bounds] = MadeOnce(
    lambda options: Bounds(VoiceError, timeout=options.timeout, retries=options.retries)
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A voice that may speak: `voice` None is the usual one of these options."""

    options: VoiceOptions
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A voice that was asked before, and why it did not answer."""

    options: VoiceOptions
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sound, who made it, and how long that took with every try and wait."""

    sound: Sound
    candidate: Candidate
    leaves_machine: bool
    seconds: float
    passed_over: tuple[PassedOver, ...] = ()


def speak_in_turn(
    candidates: Sequence[Candidate], text: str, *, language: str, speed: float, seconds: float
) -> Said:
    """`text` by the first of `candidates` that answers, within `seconds` for all of them.

    Raises the last one's VoiceError.
    """
    began = time.monotonic()

    def ask(candidate: Candidate, left: float) -> Sound:
        speaker = make(candidate.options)

        def once(timeout: float, tries: int) -> Sound:
            return speaker.speak(
                text, language=language, voice=candidate.voice, speed=speed, timeout=timeout
            )

        return bounds_of(candidate.options).ask(once, seconds=left)

    detail = "There was no time left." if candidates else "No voice is set up."
    sound, candidate, failures = first_answer(
        candidates,
        ask,
        seconds=seconds,
        nobody=VoiceError("engine_unavailable", permanent=not candidates, detail=detail),
    )
    return Said(
        sound=sound,
        candidate=candidate,
        leaves_machine=make(candidate.options).leaves_machine,
        seconds=round(time.monotonic() - began, 3),
        passed_over=tuple(
            PassedOver(passed.options, error.code, error.detail) for passed, error in failures
        ),
    )
