"""What outside engines cost, roughly: for logs, never for a bill; price lists change."""

from engines.transcribers import TranscriberOptions
from engines.transcribers.in_turn import HERE
from engines.voices import VoiceOptions

# US dollars a minute of sound.
_HEARING = {
    ("openai", "gpt-4o-transcribe"): 0.006,
    ("openai", "gpt-4o-mini-transcribe"): 0.003,
    ("openai", "whisper-1"): 0.006,
    ("deepgram", "nova-3"): 0.0077,
}

# US dollars a minute of sound, or a thousand characters.
_SPEAKING_A_MINUTE = {("openai", "gpt-4o-mini-tts"): 0.015}
_SPEAKING_A_THOUSAND = {
    ("openai", "tts-1"): 0.015,
    ("elevenlabs", "eleven_flash_v2_5"): 0.05,
    ("elevenlabs", "eleven_multilingual_v2"): 0.1,
}


def of_hearing(options: TranscriberOptions, seconds: float) -> float | None:
    """US dollars for so many seconds of sound; None where no price is known."""
    if options.provider == HERE:
        return 0.0
    price = None if options.base_url else _HEARING.get((options.provider, options.model or ""))
    return None if price is None else round(price * seconds / 60, 6)


def of_speaking(options: VoiceOptions, text: str, seconds: float) -> float | None:
    """US dollars for a text that makes so many seconds; None where no price is known."""
    if options.provider == "local":
        return 0.0
    who = (options.provider, options.model)
    if options.base_url:
        return None
    if who in _SPEAKING_A_MINUTE:
        return round(_SPEAKING_A_MINUTE[who] * seconds / 60, 6)
    price = _SPEAKING_A_THOUSAND.get(who)
    return None if price is None else round(price * len(text) / 1000, 6)
