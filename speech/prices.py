"""What outside engines cost by their public price lists of autumn 2026: estimates, for logs."""

from engines.transcribers import TranscriberOptions
from engines.transcribers.in_turn import HERE

# US dollars a minute of sound.
_HEARING = {
    ("openai", "gpt-4o-transcribe"): 0.006,
    ("openai", "gpt-4o-mini-transcribe"): 0.003,
    ("openai", "whisper-1"): 0.006,
    ("deepgram", "nova-3"): 0.0077,
}


def of_hearing(options: TranscriberOptions, seconds: float) -> float | None:
    """US dollars for so many seconds of sound; None where no price is known."""
    if options.provider == HERE:
        return 0.0
    price = None if options.base_url else _HEARING.get((options.provider, options.model or ""))
    return None if price is None else round(price * seconds / 60, 6)
