"""Text in pieces that can be spoken one after another."""

import re

# Shorter ones go with the next: a voice asked for one word alone sounds cut off.
SHORTEST = 12
# What a service takes at once, and what nobody wants to wait for.
LONGEST = 300
_END = re.compile(r"(?<=[.!?…。!?])[\"'”’»)\]]*\s+|(?<=[。!?])|\n+")
_PAUSE = re.compile(r"(?<=[,;:–—])\s+|\s+")
# Dots that end no sentence.
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|Sr|Sra|Srta|Ud|Uds|vs|etc|e\.g|i\.e)|\b[A-Z])\.$"
)


def sentences(text: str) -> list[str]:
    """The sentences of `text`, in order, each with its end; very long ones in parts."""
    found: list[str] = []
    for piece in _pieces(text):
        before = found[-1] if found else ""
        if before and (len(before) < SHORTEST or _ABBREVIATED.search(before)):
            found[-1] = f"{before} {piece}"
        else:
            found.append(piece)
    return [part for sentence in found for part in _parts(sentence)]


def _pieces(text: str) -> list[str]:
    edges = [match.end() for match in _END.finditer(text)]
    starts = [0, *edges]
    cut = [text[start:end].strip() for start, end in zip(starts, [*edges, None], strict=True)]
    return [piece for piece in cut if any(letter.isalnum() for letter in piece)]


def _parts(sentence: str) -> list[str]:
    parts: list[str] = []
    while len(sentence) > LONGEST:
        pauses = list(_PAUSE.finditer(sentence, 0, LONGEST))
        at = pauses[-1].end() if pauses else LONGEST
        parts.append(sentence[:at].strip())
        sentence = sentence[at:]
    return [*parts, sentence.strip()]
