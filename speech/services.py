"""Hearing and speaking, for every other part of the product."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from analysis import audio
from analysis.errors import AnalysisError
from speech import hearings, limits, tasks
from speech.limits import DailyLimit
from speech.listening import hear, who_hears
from speech.live_hearing import hear_live
from speech.results import (
    Heard,
    HeardWord,
    PassedOver,
    ServiceName,
    SpeechError,
    Spoken,
    Voice,
)
from speech.speaking import speak, speak_sentences, voices, who_speaks

__all__ = [
    "DailyLimit",
    "Heard",
    "HeardWord",
    "PassedOver",
    "ServiceName",
    "SpeechError",
    "Spoken",
    "Voice",
    "hear",
    "hear_for",
    "hear_live",
    "may_speak",
    "speak",
    "speak_sentences",
    "voices",
    "who_hears",
    "who_speaks",
]


def hear_for(user: User, file: "UploadedFile[Any]", *, language: str = "") -> Heard:
    """What is said in an uploaded recording, heard by the worker `tutor`, waited for.

    For web processes, which load no model. Neither the recording nor what was said is kept. Raises
    SpeechError and DailyLimit.
    """
    limits.check(user, limits.HEARD)
    _inspect(file)
    with hearings.stored(user, file, language) as hearing:
        if not tasks.send(hearing.pk):
            raise SpeechError(
                "engine_unavailable", permanent=False, detail="The queue does not answer."
            )
        heard = hearings.await_answer(hearing)
    limits.spend(user, limits.HEARD, heard.duration_seconds)
    return heard


def may_speak(user: User, text: str) -> None:
    """Count `text` to the day of `user`. Raises DailyLimit where the day is used up."""
    limits.check(user, limits.SAID)
    limits.spend(user, limits.SAID, len(text))


def _inspect(file: "UploadedFile[Any]") -> None:
    """Refuse at once what no worker could hear. Raises SpeechError."""
    if file.size and file.size > settings.SPEECH_MAX_BYTES:
        raise SpeechError(
            "too_large", permanent=True, detail="Too large.", limit=settings.SPEECH_MAX_BYTES
        )
    file.seek(0)
    try:
        audio.sniff(file.read(audio.HEADER_BYTES))
    except AnalysisError as error:
        raise SpeechError(error.code, permanent=True, detail=error.detail) from error
