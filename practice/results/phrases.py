"""Each phrase of shadowing against its text, by where the recording holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.languages import language
from analysis.reading import Reading, compare
from engines.transcribers import Word

# How phrases are joined (static/src/practice/phrase_audio.ts): silence around each, and between.
MARGIN = 0.15
GAP = 0.4


@dataclass(frozen=True, slots=True)
class Phrase:
    """The text of a phrase, and how long it is spoken in the recording (s)."""

    text: str
    seconds: float


def readings(phrases: Sequence[Phrase], document: Mapping[str, Any]) -> list[Reading | None] | None:
    """What was said of each phrase, in the order of the recording; None where words have no times.

    One is None where its text has no words. Filled pauses count for nothing.
    """
    transcript = document["transcript"]
    if transcript["timing"] != "words":
        return None
    hesitations = {
        event["first_word"] for event in document["events"] if event["type"] == "filled_pause"
    }
    words = [
        Word(word["text"], word["start"], word["end"], word["confidence"])
        for at, word in enumerate(transcript["words"])
        if at not in hesitations
    ]
    rules = language(document["language"])
    found = []
    start = 0.0
    for at, phrase in enumerate(phrases):
        end = start + phrase.seconds + 2 * MARGIN + GAP
        # What is heard after the last one is still of the last one.
        until = float("inf") if at == len(phrases) - 1 else end - GAP / 2
        since = start - GAP / 2
        said = [word for word in words if since <= (word.start + word.end) / 2 < until]
        found.append(compare(phrase.text, said, rules, ()))
        start = end
    return found


def accuracy(found: Sequence[Reading | None]) -> float | None:
    """The share of words said as written, over all phrases: 1 - (S + D + I) / N, not below 0."""
    known = [reading for reading in found if reading is not None]
    if not known:
        return None
    wrong = sum(reading.misread + reading.left_out + reading.added for reading in known)
    return max(0.0, 1 - wrong / sum(reading.expected for reading in known))
