"""What is marked on the time line and in the text."""

from analysis.findings import Found
from analysis.pauses import LONG, VERY_LONG
from analysis.timeline import Event, Filler, Pause, Repetition
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
    span = found.span(filler.first_word, filler.last_word)
    return Event(
        type=filler.kind,
        start=span.start if span else None,
        end=span.end if span else None,
        text=filler.text,
        confidence=filler.confidence,
        tier=filler.tier,
        first_word=filler.first_word,
        last_word=filler.last_word,
    )


def _of_repetition(found: Found, repetition: Repetition) -> Event:
    span = found.span(repetition.first_word, repetition.last_word)
    return Event(
        type="repetition",
        start=span.start if span else None,
        end=span.end if span else None,
        text=repetition.text,
        confidence=None,
        tier="sure",
        first_word=repetition.first_word,
        last_word=repetition.last_word,
    )


def _of_pause(pause: Pause) -> Event:
    return Event(
        type="pause",
        start=round(pause.span.start, 2),
        end=round(pause.span.end, 2),
        text="inside a clause" if pause.mid_clause else "",
        confidence=None,
        tier="sure",
    )
