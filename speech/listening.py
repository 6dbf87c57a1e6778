"""Speech to text: the first engine that answers, of those that are set up."""

import time
from pathlib import Path

from django.conf import settings

from analysis.errors import AnalysisError
from analysis.timeline import Span
from analysis.vad import as_floats, detect_speech
from analysis.windows import plan_windows
from engines.transcribers import TranscriberError
from engines.transcribers.in_turn import Recognised, transcribe_in_turn
from speech import names, prices
from speech.results import Heard, HeardWord, PassedOver, ServiceName, SpeechError
from speech.samples import SAMPLE_RATE, samples_of


def hear(
    path_or_bytes: Path | str | bytes, *, language: str | None, prompt: str | None = None
) -> Heard:
    """What is said in a recording, at most SPEECH_MAX_SECONDS long. Raises SpeechError.

    A file, or its content: anything that the product decodes; mono 16-bit wav at 16 kHz is read
    fastest. `language`: BCP 47; None: find out. `prompt`: words that are likely to come. Where the
    local engine is asked, this process loads its model and keeps it: never call it from a web
    process. Where nobody speaks nobody is asked.
    """
    began = time.monotonic()
    try:
        samples = samples_of(path_or_bytes)
    except AnalysisError as error:
        raise SpeechError(
            error.code, permanent=error.permanent, detail=error.detail, limit=error.limit
        ) from error
    duration = round(len(samples) / SAMPLE_RATE, 3)
    spoken = detect_speech(samples)
    code = (language or "").partition("-")[0].lower() or None
    if not spoken:
        seconds = round(time.monotonic() - began, 3)
        return Heard("", code or "", (), duration, None, seconds, (), 0.0)
    try:
        found = transcribe_in_turn(
            settings.SPEECH_TRANSCRIBERS,
            as_floats(samples),
            language=code,
            prompt=prompt,
            windows=plan_windows(spoken, Span(0.0, len(samples) / SAMPLE_RATE), samples),
            seconds=settings.SPEECH_HEAR_SECONDS,
        )
    except TranscriberError as error:
        raise SpeechError(error.code, permanent=error.permanent, detail=error.detail) from error
    return _heard(found, duration, time.monotonic() - began)


def who_hears() -> list[ServiceName]:
    """Who is asked, one after another, until one answers."""
    return [names.of_transcriber(options) for options in settings.SPEECH_TRANSCRIBERS]


def _heard(found: Recognised, duration: float, seconds: float) -> Heard:
    transcript = found.transcript
    return Heard(
        text=transcript.text,
        language=transcript.language,
        words=tuple(
            HeardWord(word.text, word.start, word.end, word.confidence) for word in transcript.words
        ),
        duration_seconds=duration,
        service=names.of_transcriber(found.options),
        seconds=round(seconds, 3),
        passed_over=tuple(
            PassedOver(names.of_transcriber(one.options).name, one.code)
            for one in found.passed_over
        ),
        cost=prices.of_hearing(found.options, duration),
    )
