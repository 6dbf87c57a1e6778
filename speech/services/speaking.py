"""Text to speech: the first voice that answers, of those that are set up."""

from collections.abc import Iterator

from speech.results import ServiceName, Spoken, Voice


def speak(
    text: str,
    *,
    language: str,
    voice: str | None = None,
    speed: float = 1.0,
    format: str = "wav",  # noqa: A002 - the contract's word
) -> Spoken | None:
    """`text` as sound; None where no voice is at hand for the language."""
    return None


def speak_sentences(
    text: str,
    *,
    language: str,
    voice: str | None = None,
    speed: float = 1.0,
    format: str = "wav",  # noqa: A002 - the contract's word
) -> Iterator[Spoken]:
    """The sentences of `text` one by one, as they are ready; none where no voice is at hand."""
    return iter(())


def voices(language: str | None = None) -> list[Voice]:
    """Those that can be asked for."""
    return []


def who_speaks(language: str | None = None) -> list[ServiceName]:
    """Who is asked, one after another, until one answers."""
    return []
