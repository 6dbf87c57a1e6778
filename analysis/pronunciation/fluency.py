"""How fluently a short text was read: pace and pauses, by the product's own voice activity.

As in speech sessions: T from the first onset of speech to the last offset, P silences of at least
0.25 s inside it. A sentence is too short for bands: the numbers are for comparing tries.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.languages import language
from analysis.timeline import Span, gaps

SHORTEST_PAUSE = 0.25


@dataclass(frozen=True, slots=True)
class Fluency:
    """`speech_rate` in words a minute of T, `articulation_rate` in syllables a second of speech.

    Both count the words of the text that were said, and are None where nobody speaks. Seconds:
    T, the pauses' sum, and the longest.
    """

    speech_rate: float | None
    articulation_rate: float | None
    pauses: int
    seconds: float
    pause_seconds: float
    longest_pause: float


def fluency_of(
    words: Sequence[str], said: Sequence[bool], speech: Sequence[Span], code: str
) -> Fluency:
    """Pace and pauses of the words that were said (`said`: a flag each)."""
    if not speech:
        return Fluency(None, None, 0, 0.0, 0.0, 0.0)
    total = speech[-1].end - speech[0].start
    pauses = [gap.length for gap in gaps(list(speech)) if gap.length >= SHORTEST_PAUSE]
    spoken = [word for word, was in zip(words, said, strict=True) if was]
    count = language(code.partition("-")[0].lower()).syllables.count
    return Fluency(
        speech_rate=round(60 * len(spoken) / total, 1),
        articulation_rate=round(sum(map(count, spoken)) / (total - sum(pauses)), 2),
        pauses=len(pauses),
        seconds=round(total, 2),
        pause_seconds=round(sum(pauses), 2),
        longest_pause=round(max(pauses, default=0.0), 2),
    )
