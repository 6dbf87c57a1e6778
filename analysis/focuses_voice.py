"""What one could practise next in voice, choice of words, and reading."""

from collections import Counter

from analysis.focus import Focus, below, by_range, clip_of, densest, trusted
from analysis.messages import plain, say
from analysis.report import Report

PITCH_STEP = 0.5
READING_STEP = 0.03
TRAILING_FEWEST = 3
TRAILING_SHARE = 0.25
HEDGES_FEWEST = 4
HEDGES_RATE = 3.0


def flat(report: Report) -> Focus | None:
    """A pitch that varies less than its range asks; the longest level stretch is its moment."""
    found = below(report, "pitch_variation")
    if found is None:
        return None
    measure, value, low = found
    level = [
        (event.end - event.start, event)
        for event in report.events_of("flat_pitch")
        if event.start is not None and event.end is not None
    ]
    longest = max(level, key=lambda entry: entry[0], default=None)
    return Focus(
        weight=(low - value) / 0.8,
        measure="pitch_variation",
        clip=densest(report, [longest[1]]) if longest else None,
        focus=say("focus_flat", semitones=plain(value)),
        why=say(by_range("why_flat", measure.band), low=plain(low)),
        drill=say("drill_flat"),
        goal=say("goal_flat", semitones=plain(min(low, value + PITCH_STEP))),
    )


def trailing_off(report: Report) -> Focus | None:
    """Many sentences whose ends sink away."""
    measure = trusted(report, "trailing_off")
    if measure is None or measure.value is None or len(measure.evidence) < TRAILING_FEWEST:
        return None
    if measure.value < TRAILING_SHARE:
        return None
    count = len(measure.evidence)
    return Focus(
        weight=measure.value,
        measure="trailing_off",
        clip=clip_of(report, measure.evidence[0]),
        focus=say("focus_trailing_off", count=count),
        why=say("why_trailing_off"),
        drill=say("drill_trailing_off"),
        goal=say("goal_trailing_off", count=count // 2),
    )


def hedges(report: Report) -> Focus | None:
    """Many small retreats."""
    measure = trusted(report, "hedges")
    heard = report.events_of("hedge")
    if measure is None or measure.value is None or len(heard) < HEDGES_FEWEST:
        return None
    if measure.value < HEDGES_RATE:
        return None
    (phrase, _), *_ = Counter(event.text.strip(",.").lower() for event in heard).most_common(1)
    return Focus(
        weight=(measure.value - HEDGES_RATE) / 6 + 0.2,
        measure="hedges",
        clip=densest(report, heard),
        focus=say("focus_hedges", phrase=phrase, count=len(heard)),
        why=say("why_hedges"),
        drill=say("drill_hedges"),
        goal=say("goal_hedges", count=len(heard) // 2),
    )


def reading(report: Report) -> Focus | None:
    """A text read otherwise than it is written."""
    found = below(report, "reading_accuracy")
    # A talk that is rehearsed need not be said word for word.
    if found is None or report.kind == "practice":
        return None
    measure, value, low = found
    return Focus(
        weight=(low - value) / 0.08,
        measure="reading_accuracy",
        clip=clip_of(report, measure.evidence[0]) if measure.evidence else None,
        focus=say("focus_reading", percent=round(100 * value)),
        why=say(by_range("why_reading", measure.band), low=round(100 * low)),
        drill=say("drill_reading"),
        goal=say("goal_reading", percent=round(100 * min(low, value + READING_STEP))),
    )
