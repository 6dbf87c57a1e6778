"""What to keep: a good thing that holds, with the number that shows it."""

from collections.abc import Callable, Sequence

from analysis.languages import language
from analysis.messages import plain, say, spelled_of, spoken_length
from analysis.phrasing import oldest, role_of
from analysis.report import Measure, Message, Report

FEWEST_PAUSES = 5
MID_CLAUSE_LITTLE = 0.35
LIVELY_SEMITONES = 3.0
FILLERS = {"fillers", "filled_pauses", "lexical_fillers"}


def strength_of(report: Report, besides: str, said: Sequence[str] = ()) -> Message | None:
    """Of what holds, of measures the focus is not about, the one praised longest ago.

    `said`: ids of the sentences of one's last reports, oldest first.
    """
    taken = FILLERS if besides in FILLERS else {besides}
    found: dict[str, Message] = {}
    for name, rule in _STRENGTHS.items():
        measure = report.measure(name)
        if measure is None or measure.value is None or name in taken:
            continue
        if measure.reliability.level != "low" and (message := rule(report, measure)):
            found[message.id] = message
    if not found:
        return None
    return found[oldest(list(found), [role_of(name) for name in said])]


def _keeps_pauses(report: Report, measure: Measure) -> Message | None:
    count = len(report.events_of("pause"))
    if measure.value is None or count < FEWEST_PAUSES or measure.value > MID_CLAUSE_LITTLE:
        return None
    return say("keep_pauses", inside=spelled_of(count - len(measure.evidence), count), count=count)


def _keeps_few_fillers(report: Report, measure: Measure) -> Message | None:
    """Only where it was measured how many are missed."""
    if not _is_good(measure) or language(report.language).measured is None:
        return None
    count = len(measure.evidence)
    length = spoken_length(report.value("speaking_time") or 0)
    return (
        say("keep_few_fillers", count=count, length=length)
        if count
        else say("keep_no_fillers", length=length)
    )


def _keeps_pace(report: Report, measure: Measure) -> Message | None:
    return say("keep_pace", rate=round(measure.value or 0)) if _is_good(measure) else None


def _keeps_varied(report: Report, measure: Measure) -> Message | None:
    return (
        say("keep_varied", percent=round(100 * (measure.value or 0))) if _is_good(measure) else None
    )


def _keeps_pitch(report: Report, measure: Measure) -> Message | None:
    lively = _is_good(measure) and (measure.value or 0) >= LIVELY_SEMITONES
    return say("keep_pitch", semitones=plain(measure.value or 0)) if lively else None


def _keeps_reading(report: Report, measure: Measure) -> Message | None:
    return (
        say("keep_reading", percent=round(100 * (measure.value or 0)))
        if _is_good(measure)
        else None
    )


def _is_good(measure: Measure) -> bool:
    return measure.value is not None and measure.band is not None and measure.band.label == "good"


_STRENGTHS: dict[str, Callable[[Report, Measure], Message | None]] = {
    "reading_accuracy": _keeps_reading,
    "mid_clause_share": _keeps_pauses,
    "filled_pauses": _keeps_few_fillers,
    "speech_rate": _keeps_pace,
    "pitch_variation": _keeps_pitch,
    "pace_variability": _keeps_varied,
}
