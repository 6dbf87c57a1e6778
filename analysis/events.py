"""What is marked on the time line and in the text."""

from analysis.findings import Found
from analysis.pauses import LONG, VERY_LONG
from analysis.timeline import Event, Filler, Pause, Repetition, mark
from analysis.voice import events as voice_events
from analysis.word_events import word_events

__all__ = ["LONG", "VERY_LONG", "events"]


def events(found: Found) -> tuple[Event, ...]:
    """Everything that is marked, in the order of time (of the text, where there is none)."""
    marked = [
        *(_of_filler(found, filler) for filler in found.fillers),
        *(_of_repetition(found, repetition) for repetition in found.repetitions),
        *(_of_pause(pause) for pause in found.pauses),
        *voice_events(found.voice),
        *word_events(found),
    ]
    return tuple(sorted(marked, key=lambda event: (event.start or 0.0, event.first_word or 0)))


def _of_filler(found: Found, filler: Filler) -> Event:
    return mark(
        filler.kind,
        found.span(filler.first_word, filler.last_word),
        filler.text,
        tier=filler.tier,
        confidence=filler.confidence,
        words=(filler.first_word, filler.last_word),
    )


def _of_repetition(found: Found, repetition: Repetition) -> Event:
    place = (repetition.first_word, repetition.last_word)
    return mark("repetition", found.span(*place), repetition.text, words=place)


def _of_pause(pause: Pause) -> Event:
    return mark("pause", pause.span.rounded, "inside a clause" if pause.mid_clause else "")
