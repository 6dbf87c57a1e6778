"""Captions of what is being said, where the first who hears can tell them while it is said."""

from django.conf import settings

from engines.transcribers.deepgram_live import LiveHearing, OnText


def hear_live(language: str, on_text: OnText) -> LiveHearing | None:
    """A line to the first of those who hear, for one turn; None where it hears whole turns only.

    For the server's event loop. `language`: BCP 47. Whoever holds the sound has the whole turn
    heard by `hear` all the same: captions may break off at any moment.
    """
    first = next(iter(settings.SPEECH_TRANSCRIBERS), None)
    if first is None or first.provider != "deepgram":
        return None
    hearing = LiveHearing(first, language=language.partition("-")[0] or None, on_text=on_text)
    return hearing if hearing.is_open else None
