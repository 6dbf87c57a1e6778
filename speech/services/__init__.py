"""Hearing and speaking, for every other part of the product."""

from speech.results import (
    Heard,
    HeardWord,
    PassedOver,
    ServiceName,
    SpeechError,
    Spoken,
    Voice,
)
from speech.services.hearing import hear, who_hears
from speech.services.speaking import speak, speak_sentences, voices, who_speaks

__all__ = [
    "Heard",
    "HeardWord",
    "PassedOver",
    "ServiceName",
    "SpeechError",
    "Spoken",
    "Voice",
    "hear",
    "speak",
    "speak_sentences",
    "voices",
    "who_hears",
    "who_speaks",
]
