"""What a candidate for the focus is made of, and where to hear it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.bands import OWN
from analysis.report import Band, Measure, Message, Report
from analysis.timeline import Event, Span

CLIP_BEFORE = 2.0
CLIP_AFTER = 3.0


@dataclass(frozen=True, slots=True)
class Focus:
    """A candidate: `weight` 1 is as far from comfortable as the fair range reaches."""

    weight: float
    measure: str
    clip: Span | None
    focus: Message
    why: Message
    drill: Message
    goal: Message | None


def trusted(report: Report, name: str) -> Measure | None:
    """The measure of that name, where it is there and its reliability is not low."""
    measure = report.measure(name)
    return measure if measure is not None and measure.reliability.level != "low" else None


def above(report: Report, name: str) -> tuple[Measure, float, float] | None:
    """A trusted measure with its value and the upper end of its range, where it lies above it."""
    return _beyond(report, name, "above")


def below(report: Report, name: str) -> tuple[Measure, float, float] | None:
    """A trusted measure with its value and the lower end of its range, where it lies below it."""
    return _beyond(report, name, "below")


def _beyond(
    report: Report, name: str, side: Literal["above", "below"]
) -> tuple[Measure, float, float] | None:
    measure = trusted(report, name)
    if measure is None or measure.value is None or measure.band is None:
        return None
    end = measure.band.high if side == "above" else measure.band.low
    if measure.band.position != side or end is None:
        return None
    return measure, measure.value, end


def by_range(role: str, band: Band | None, usual: str = "") -> str:
    """The reason that fits whose range it is: the learner's own, or the usual one."""
    return f"{role}_own" if band is not None and band.source == OWN else f"{role}{usual}"


def clip_of(report: Report, span: Span) -> Span:
    """The stretch with a moment before and after it."""
    return Span(
        round(max(0.0, span.start - CLIP_BEFORE), 2),
        round(min(report.duration_seconds, span.end + CLIP_AFTER), 2),
    )


def densest(report: Report, events: Sequence[Event]) -> Span | None:
    """Around the event with the most of its kind in the ten seconds after it."""
    starts = [event.start for event in events if event.start is not None]
    if not starts:
        return None
    first = max(starts, key=lambda start: sum(start <= other < start + 10 for other in starts))
    last = max(other for other in starts if first <= other < first + 10)
    return clip_of(report, Span(first, last))
