"""What to keep: the first good thing that holds, with the number that shows it."""

from collections.abc import Callable

from analysis.messages import say, spelled, spoken_length
from analysis.report import Measure, Message, Report

FEWEST_PAUSES = 5
MID_CLAUSE_LITTLE = 0.35
FILLERS = {"fillers", "filled_pauses", "lexical_fillers"}


def strength_of(report: Report, besides: str) -> Message | None:
    """The first that holds, of a measure the focus is not about."""
    taken = FILLERS if besides in FILLERS else {besides}
    for name, rule in _STRENGTHS.items():
        measure = report.measure(name)
        if measure is None or measure.value is None or name in taken:
            continue
        if measure.reliability.level != "low" and (message := rule(report, measure)):
            return message
    return None


def _keeps_pauses(report: Report, measure: Measure) -> Message | None:
    count = len(report.events_of("pause"))
    if measure.value is None or count < FEWEST_PAUSES or measure.value > MID_CLAUSE_LITTLE:
        return None
    return say("keep_pauses", inside=spelled(count - len(measure.evidence)), count=count)


def _keeps_few_fillers(report: Report, measure: Measure) -> Message | None:
    if measure.band is None or measure.band.label != "good":
        return None
    count = len(measure.evidence)
    length = spoken_length(report.value("speaking_time") or 0)
    return (
        say("keep_few_fillers", count=count, length=length)
        if count
        else say("keep_no_fillers", length=length)
    )


def _keeps_pace(report: Report, measure: Measure) -> Message | None:
    good = measure.value is not None and measure.band and measure.band.label == "good"
    return say("keep_pace", rate=round(measure.value or 0)) if good else None


def _keeps_varied(report: Report, measure: Measure) -> Message | None:
    good = measure.value is not None and measure.band and measure.band.label == "good"
    return say("keep_varied", percent=round(100 * (measure.value or 0))) if good else None


_STRENGTHS: dict[str, Callable[[Report, Measure], Message | None]] = {
    "mid_clause_share": _keeps_pauses,
    "filled_pauses": _keeps_few_fillers,
    "speech_rate": _keeps_pace,
    "pace_variability": _keeps_varied,
}
