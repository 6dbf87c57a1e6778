"""A long transcript part by part: two hours in one page are too much for a phone."""

from dataclasses import dataclass

from contract.ids import whole_number
from speech_sessions.presentation.transcript import Piece

PART_WORDS = 3000  # about twenty minutes of talk


@dataclass(frozen=True, slots=True)
class Part:
    """The paragraphs that are shown, which part of how many they are, and from when to when.

    Without times `start` and `end` are None.
    """

    paragraphs: list[list[Piece]]
    number: int
    count: int
    start: float | None = None
    end: float | None = None


def part_of(paragraphs: list[list[Piece]], asked: str) -> Part:
    """The part that an address asks for by its number, the nearest where there is no such part."""
    parts = _parts(paragraphs)
    number = min(len(parts), max(1, whole_number(asked) or 1))
    shown = parts[number - 1]
    if not shown:
        return Part(shown, number, len(parts))
    return Part(shown, number, len(parts), shown[0][0].start, shown[-1][-1].end)


def _parts(paragraphs: list[list[Piece]]) -> list[list[list[Piece]]]:
    """Whole paragraphs, 3,000 words and a few to a part; a short rest belongs to the last."""
    parts: list[list[list[Piece]]] = [[]]
    words = 0
    left = sum(map(len, paragraphs))
    for paragraph in paragraphs:
        if words >= PART_WORDS and left >= PART_WORDS / 2:
            parts.append([])
            words = 0
        parts[-1].append(paragraph)
        words += len(paragraph)
        left -= len(paragraph)
    return parts
