"""False starts, prolongations, blocks and slips of reading as they are marked."""

from collections.abc import Iterator

from analysis.findings import Found
from analysis.reading import Slip
from analysis.timeline import Event, Span, Tier, mark


def word_events(found: Found) -> Iterator[Event]:
    """Events `false_start`, `prolongation`, `block`, `misread`, `left_out` and `added`."""
    for start in found.false_starts:
        yield _event(
            found, "false_start", start.text, start.tier, start.first_word, start.last_word
        )
    for held in found.prolongations:
        yield _event(found, "prolongation", held.text, "possible", held.word, held.word)
    for block in found.blocks:
        yield mark(
            "block",
            block.span.rounded,
            block.text,
            tier="possible",
            words=(block.word, block.word),
        )
    for slip in found.reading.slips if found.reading else ():
        yield _of_slip(found, slip)


def _of_slip(found: Found, slip: Slip) -> Event:
    """What was left out lies between two words, so it has a time and no words of its own."""
    if slip.first_word is not None and slip.last_word is not None:
        return _event(found, slip.kind, slip.text, slip.tier, slip.first_word, slip.last_word)
    return mark(slip.kind, _rounded(found.gap_after(slip)), slip.text, tier=slip.tier)


def _event(found: Found, kind: str, text: str, tier: Tier, first: int, last: int) -> Event:
    return mark(kind, _rounded(found.span(first, last)), text, tier=tier, words=(first, last))


def _rounded(span: Span | None) -> Span | None:
    return span.rounded if span else None
