"""The numbers about words: sentences, questions, weak words, false starts, reading aloud."""

from collections.abc import Sequence

from analysis.findings import Found
from analysis.timeline import Span

UNITS = {
    "sentence_length": "words",
    "questions": "count",
    "hedges": "per 100 words",
    "weak_words": "per 100 words",
    "conciseness": "words/min",
    "false_starts": "per 100 words",
    "reading_accuracy": "ratio",
    "reading_completeness": "ratio",
}

Values = dict[str, tuple[float | None, Sequence[Span]]]


def word_values(found: Found) -> Values:
    """Each value with its evidence; the reading measures only where there was a text to read."""
    sentences = found.choice.sentences
    hedges = [(f.first_word, f.last_word) for f in found.fillers if f.kind == "hedge"]
    broken = [(s.first_word, s.last_word) for s in found.false_starts if s.tier == "sure"]
    weak = found.choice.weak
    lists = found.rules
    return {
        "sentence_length": (sentences.median_length, found.spans(sentences.long())),
        "questions": (
            len(sentences.questions) if sentences.places else None,
            found.spans(sentences.questions),
        ),
        "hedges": (
            found.per_hundred(len(hedges)) if lists.has_hedges else None,
            found.spans(hedges),
        ),
        "weak_words": (
            found.per_hundred(len(weak)) if lists.weak_words else None,
            found.spans(weak),
        ),
        "conciseness": (_conciseness(found), ()),
        "false_starts": (found.per_hundred(len(broken)), found.spans(broken)),
        **_reading(found),
    }


def _conciseness(found: Found) -> float | None:
    """Content words a minute of the talk with its pauses."""
    if found.talk is None or not found.rules.function_words:
        return None
    return 60 * len(found.choice.content) / found.talk.length


def _reading(found: Found) -> Values:
    reading = found.reading
    if reading is None:
        return {}
    slips = [
        (slip.first_word, slip.last_word)
        for slip in reading.slips
        if slip.first_word is not None and slip.last_word is not None
    ]
    left_out = [span for slip in reading.slips if (span := found.gap_after(slip)) is not None]
    return {
        "reading_accuracy": (reading.accuracy, sorted([*found.spans(slips), *left_out])),
        "reading_completeness": (reading.completeness, left_out),
    }
