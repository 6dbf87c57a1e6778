"""What stands in the margin of a transcript: moments worth a second look, in order."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from speech_sessions.presentation.transcript import Document, long_pauses, words_of
from speech_sessions.presentation.wording import number

MOST = 8
WORDS_OF_CONTEXT = 3
PUNCTUATION = " ,.;:-"


@dataclass(frozen=True, slots=True)
class MarginNote:
    """One note; `start` in seconds, None in a text."""

    tone: str
    label: str
    start: float | None
    text: str


def margin_notes(document: Document) -> list[MarginNote]:
    """Possible fillers, long pauses inside clauses, and words said twice."""
    words = words_of(document)
    notes = [*_possible_fillers(document, words), *_pauses(document, words), *_repeated(document)]
    return sorted(notes, key=lambda note: note.start or 0)[:MOST]


def _possible_fillers(document: Document, words: list[dict[str, Any]]) -> list[MarginNote]:
    notes = []
    for event in document["events"]:
        if event["type"] not in {"filled_pause", "lexical_filler"} or event["tier"] == "sure":
            continue
        first = event.get("first_word")
        stretch = words[first : first + WORDS_OF_CONTEXT] if first is not None else []
        text = " ".join(word["text"].strip() for word in stretch) or event["text"]
        sentence = _("“%(words)s” may be meant. Not counted.") % {"words": text.strip(PUNCTUATION)}
        notes.append(MarginNote("filler", _("Possible filler"), event["start"], sentence))
    return notes


def _pauses(document: Document, words: list[dict[str, Any]]) -> list[MarginNote]:
    notes = []
    starts = [word["start"] or 0 for word in words]
    # It says so where the pause falls inside a clause.
    inside = [pause for pause in long_pauses(document) if pause["text"]]
    for pause in inside[:MOST]:
        length = number(pause["end"] - pause["start"], 1)
        next_word = bisect_left(starts, pause["end"] - 0.15)
        after = words[next_word] if next_word < len(words) else None
        text = (
            _("%(length)s s, before “%(word)s”.")
            % {"length": length, "word": after["text"].strip(PUNCTUATION)}
            if after
            else _("%(length)s s.") % {"length": length}
        )
        notes.append(MarginNote("pause", _("Pause inside a clause"), pause["start"], text))
    return notes


def _repeated(document: Document) -> list[MarginNote]:
    return [
        MarginNote("soft", _("Said twice"), event["start"], f"“{event['text'].strip(' ,.;:')}”")
        for event in document["events"]
        if event["type"] == "repetition"
    ]
