"""Asking one recogniser after another until one answers."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from engines.asking import Bounds
from engines.in_turn import first_answer
from engines.made_once import MadeOnce
from engines.transcribers import (
    Samples,
    TranscriberError,
    TranscriberOptions,
    Transcript,
    Window,
    make,
)

# They run in this process: there is nobody to wait for, and nothing to be left alone.
HERE = "faster-whisper"

# The bounds of asking each, with the memory of how it went before.
bounds_of: MadeOnce[TranscriberOptions, Bounds] = MadeOnce(
    lambda options: Bounds(TranscriberError, timeout=options.timeout, retries=options.retries)
)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A recogniser that was asked before, and why it did not answer."""

    options: TranscriberOptions
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """A transcript, who wrote it, and how long that took with every try and wait."""

    transcript: Transcript
    options: TranscriberOptions
    name: str
    leaves_machine: bool
    seconds: float
    tries: int
    passed_over: tuple[PassedOver, ...] = ()


def transcribe_in_turn(
    transcribers: Sequence[TranscriberOptions],
    samples: Samples,
    *,
    language: str | None,
    prompt: str | None,
    windows: Sequence[Window] | None,
    seconds: float,
) -> Recognised:
    """What the first of `transcribers` that answers heard, within `seconds` for all of them.

    One that runs in this process is asked whatever time is left: it needs no network. Raises the
    last one's TranscriberError.
    """
    began = time.monotonic()
    detail = "There was no time left." if transcribers else "No recogniser is set up."
    (transcript, tries), options, failures = first_answer(
        transcribers,
        lambda options, left: _ask(options, samples, (language, prompt, windows), left),
        seconds=seconds,
        nobody=TranscriberError("engine_unavailable", permanent=not transcribers, detail=detail),
        at_once=lambda options: options.provider == HERE,
    )
    transcriber = make(options)
    return Recognised(
        transcript=transcript,
        options=options,
        name=transcriber.name,
        leaves_machine=transcriber.leaves_machine,
        seconds=round(time.monotonic() - began, 3),
        tries=tries,
        passed_over=tuple(
            PassedOver(passed, error.code, error.detail) for passed, error in failures
        ),
    )


def _ask(
    options: TranscriberOptions,
    samples: Samples,
    how: tuple[str | None, str | None, Sequence[Window] | None],
    seconds: float,
) -> tuple[Transcript, int]:
    language, prompt, windows = how
    transcriber = make(options)

    def once(timeout: float, tries: int) -> tuple[Transcript, int]:
        heard = transcriber.transcribe(
            samples, language=language, prompt=prompt, windows=windows, timeout=timeout
        )
        return heard, tries

    if options.provider == HERE:
        return once(seconds, 1)
    return bounds_of(options).ask(once, seconds=seconds)
