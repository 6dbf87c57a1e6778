"""The transcript as a page shows it: paragraphs of words, with fillers and long pauses in place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from speech_sessions.presentation.wording import clock, number

LONG_PAUSE = 1.0  # seconds: from here on a silence is noticed (see docs/analysis.md)
PARAGRAPH_WORDS = 45  # after so many, the next sentence begins a paragraph
PARAGRAPH_LIMIT = 140  # after so many, any word does: speech recognised without full stops
SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！", "।")

Kind = Literal["word", "filler", "possible", "repeated", "pause"]
Document = dict[str, Any]
Event = dict[str, Any]

_KINDS: dict[tuple[str, str], Kind] = {
    ("filled_pause", "sure"): "filler",
    ("lexical_filler", "sure"): "filler",
    ("filled_pause", "possible"): "possible",
    ("lexical_filler", "possible"): "possible",
    ("hedge", "sure"): "possible",
    ("hedge", "possible"): "possible",
    ("repetition", "sure"): "repeated",
    ("repetition", "possible"): "repeated",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a few that belong together, or a pause; times in seconds, None in a text.

    `gap` is what stands before it: a blank, or nothing in "wake-up" and in 東京.
    """

    kind: Kind
    text: str
    start: float | None
    end: float | None
    label: str = ""
    gap: str = " "


def paragraphs(document: Document) -> list[list[Piece]]:
    """What was said, in paragraphs that begin where a sentence does."""
    result: list[list[Piece]] = [[]]
    words = 0
    for piece in pieces(document):
        if piece.kind != "pause" and words and _begins_paragraph(result[-1], words):
            result.append([])
            words = 0
        result[-1].append(piece)
        words += piece.kind != "pause"
    return [paragraph for paragraph in result if paragraph]


def words_of(document: Document) -> list[dict[str, Any]]:
    """The words of a transcript; those of a text have no times."""
    transcript = document["transcript"]
    if not transcript["words"]:
        return [
            {"text": word, "start": None, "end": None, "gap": " "}
            for word in transcript["text"].split()
        ]
    return list(_with_gaps(transcript["words"], transcript["text"]))


def _with_gaps(words: list[dict[str, Any]], text: str) -> Iterator[dict[str, Any]]:
    """The words, each with what stands before it in the text: the recogniser parts "wake-up"."""
    end = 0
    for word in words:
        bare = word["text"].strip()
        start = text.find(bare, end, end + len(bare) + 2)
        found = start >= 0
        yield {**word, "text": bare, "gap": text[end:start] if found else " "}
        end = start + len(bare) if found else end


def pieces(document: Document) -> Iterator[Piece]:
    """Words, fillers and long pauses in the order they were heard."""
    words = words_of(document)
    marks = _marks(document, len(words))
    loose = _between_words(document)
    index = 0
    while index < len(words):
        while loose and _stands_before(loose[0], words[index]):
            yield _loose_piece(loose.pop(0))
        end = index + 1
        while (
            end < len(words)
            and marks[index] is not None
            and marks[end] is marks[index]
            and not (loose and _stands_before(loose[0], words[end]))
        ):
            end += 1
        yield _word_piece(words[index:end], marks[index])
        index = end
    yield from (_loose_piece(event) for event in loose)


def long_pauses(document: Document) -> list[Event]:
    """The pauses that anybody would notice, in order."""
    return [
        event
        for event in document["events"]
        if event["type"] == "pause" and event["end"] - event["start"] >= LONG_PAUSE
    ]


def _marks(document: Document, count: int) -> list[Event | None]:
    """For each word the event it belongs to: of several, a sure filler before any other."""
    marks: list[Event | None] = [None] * count
    for event in sorted(filter(_is_marked, document["events"]), key=_precedence):
        first, last = event.get("first_word"), event.get("last_word")
        if first is not None and last is not None and 0 <= first <= last < count:
            marks[first : last + 1] = [event] * (last + 1 - first)
    return marks


def _between_words(document: Document) -> list[Event]:
    """Pauses, and fillers that only the sound knows of, in order of time."""
    unwritten = (
        event
        for event in document["events"]
        if _is_marked(event) and event.get("first_word") is None and event["start"] is not None
    )
    return sorted((*long_pauses(document), *unwritten), key=lambda event: float(event["start"]))


def _is_marked(event: Event) -> bool:
    return (event["type"], event["tier"]) in _KINDS


def _precedence(event: Event) -> int:
    return ("repeated", "possible", "filler").index(_KINDS[event["type"], event["tier"]])


def _stands_before(event: Event, word: dict[str, Any]) -> bool:
    if word["start"] is None:
        return False
    middle = (event["start"] + event["end"]) / 2
    return bool(middle <= (word["start"] + word["end"]) / 2)


def _loose_piece(event: Event) -> Piece:
    start, end = event["start"], event["end"]
    if event["type"] == "pause":
        text = _("%(seconds)s s") % {"seconds": number(end - start, 1)}
        label = _("Pause, %(length)s, at %(time)s") % {"length": text, "time": clock(start)}
        return Piece("pause", text, start, end, label)
    kind = _KINDS[event["type"], event["tier"]]
    text = event["text"] or _("um")
    return Piece(kind, text, start, end, _label(kind, text, start))


def _word_piece(words: list[dict[str, Any]], event: Event | None) -> Piece:
    text = words[0]["text"] + "".join(word["gap"] + word["text"] for word in words[1:])
    start, end, gap = words[0]["start"], words[-1]["end"], words[0]["gap"]
    if event is None:
        return Piece("word", text, start, end, gap=gap)
    kind = _KINDS[event["type"], event["tier"]]
    return Piece(kind, text, start, end, _label(kind, text, start), gap)


def _label(kind: Kind, text: str, start: float | None) -> str:
    """What a screen reader says: the text itself first, then what it is and where."""
    what = {
        "filler": _("filler"),
        "possible": _("possible filler"),
        "repeated": _("repeated"),
    }[kind]
    text = text.rstrip(",.;:")
    if start is None:
        return _("%(text)s, %(what)s") % {"text": text, "what": what}
    return _("%(text)s, %(what)s at %(time)s") % {"text": text, "what": what, "time": clock(start)}


def _begins_paragraph(paragraph: list[Piece], words: int) -> bool:
    last = next(piece for piece in reversed(paragraph) if piece.kind != "pause")
    ended = last.text.rstrip("\"'”’»)").endswith(SENTENCE_ENDS)
    return words >= PARAGRAPH_LIMIT or (words >= PARAGRAPH_WORDS and ended)
