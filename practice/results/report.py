"""The spoken words of a report's document, with their times."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Recorded:
    """Start and end of every word that counts for pace (s); ums and uhs are left out."""

    words: tuple[tuple[float, float], ...]
    duration: float


def recorded_words(document: Mapping[str, Any]) -> Recorded | None:
    """The words of `document`; None where they have no times of their own."""
    transcript = document["transcript"]
    if transcript["timing"] != "words":
        return None
    hesitations = {
        event["first_word"] for event in document["events"] if event["type"] == "filled_pause"
    }
    words = tuple(
        (word["start"], word["end"])
        for at, word in enumerate(transcript["words"])
        if at not in hesitations
    )
    return Recorded(words, document["duration_seconds"])
