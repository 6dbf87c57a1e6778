"""What to keep and the one thing to practise next, by rule and never without evidence.

Awareness plus a silent pause in the filler's place is the strongest help known against fillers
(Mancuso and Miltenberger 2016); up to 5 a minute harm nothing (Laske and DiGennaro Reed 2024);
pauses inside clauses are the strongest mark of halting speech (Kahng 2018). One focus at a time.
"""

import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.messages import clock, plain, say
from analysis.report import Feedback, Measure, Message, Report
from analysis.timeline import Event, Span

History = Sequence[Mapping[str, float]]

FEWEST_PAST = 3
LAST = 5
CLIP_BEFORE = 2.0
CLIP_AFTER = 3.0
FEWEST_PAUSES = 5
MID_CLAUSE_MUCH = 0.5
MID_CLAUSE_LITTLE = 0.35
PHRASE_FEWEST = 4
PHRASE_RATE = 2.0
REPETITIONS_FEWEST = 3
REPETITIONS_RATE = 3.0
FILLERS_MUCH = 5.0


@dataclass(frozen=True, slots=True)
class _Focus:
    """A candidate: `weight` 1 is as far from comfortable as the fair range reaches."""

    weight: float
    measure: str
    clip: Span | None
    focus: Message
    why: Message
    drill: Message
    goal: Message | None


def choose(report: Report, history: History = ()) -> Feedback:
    """Strength, focus, clip, drill and goal for a report.

    `history`: values by measure name of one's earlier recordings, oldest first. A recording that
    is too short for rates gets none, and says so in its notices.
    """
    if report.value("speech_rate") is None or _trust(report, "speech_rate") == "low":
        return Feedback()
    found = [focus for rule in _RULES if (focus := rule(report))]
    best = max(found, key=lambda focus: focus.weight, default=None) or _nothing(report)
    if best is None:
        return Feedback(strength=_strength(report, besides=""))
    return Feedback(
        strength=_strength(report, besides=best.measure),
        focus=best.focus,
        why=best.why,
        drill=best.drill,
        goal=best.goal,
        comparison=_comparison(report, best.measure, history),
        clip=best.clip,
        measure=best.measure,
    )


def _trust(report: Report, name: str) -> str:
    measure = report.measure(name)
    return measure.reliability.level if measure else "low"


def _fillers(report: Report) -> _Focus | None:
    rate = report.value("filled_pauses")
    heard = _events(report, "filled_pause")
    if (
        rate is None
        or rate <= FILLERS_MUCH
        or not heard
        or _trust(report, "filled_pauses") == "low"
    ):
        return None
    after = sum(_follows_sentence(report, event) for event in heard)
    focus = say("focus_fillers", count=len(heard))
    if 2 * after >= len(heard):
        focus = say("focus_fillers_after_sentence", after=_spelled(after), count=len(heard))
    return _Focus(
        weight=(rate - FILLERS_MUCH) / 7 + 0.3,
        measure="filled_pauses",
        clip=_densest(report, heard),
        focus=focus,
        why=say("why_fillers", rate=plain(rate)),
        drill=say("drill_fillers"),
        goal=say("goal_fillers", rate=plain(max(FILLERS_MUCH, rate * 0.75))),
    )


def _phrase(report: Report) -> _Focus | None:
    sure = [event for event in _events(report, "lexical_filler") if event.tier == "sure"]
    talk = report.value("speaking_time")
    if not sure or not talk:
        return None
    (text, count), *_ = Counter(event.text for event in sure).most_common(1)
    rate = 60 * count / talk
    if count < PHRASE_FEWEST or rate < PHRASE_RATE:
        return None
    return _Focus(
        weight=rate / 8,
        measure="lexical_fillers",
        clip=_densest(report, [event for event in sure if event.text == text]),
        focus=say("focus_phrase", phrase=text, count=count),
        why=say("why_phrase", rate=plain(rate)),
        drill=say("drill_phrase"),
        goal=say("goal_phrase", count=count // 2),
    )


def _pace(report: Report) -> _Focus | None:
    measure = report.measure("speech_rate")
    if measure is None or measure.value is None or measure.band is None:
        return None
    band, rate = measure.band, round(measure.value)
    if band.position == "inside" or band.low is None or band.high is None:
        return None
    fast = band.position == "above"
    edge = band.high if fast else band.low
    return _Focus(
        weight=abs(measure.value - edge) / 20,
        measure="speech_rate",
        clip=_extreme_pace(report, fastest=fast),
        focus=say("focus_fast" if fast else "focus_slow", rate=rate),
        why=say("why_fast", high=round(band.high))
        if fast
        else say("why_slow", low=round(band.low)),
        drill=say("drill_fast" if fast else "drill_slow"),
        goal=say("goal_pace", low=round(band.low), high=round(band.high)),
    )


def _fast_stretch(report: Report) -> _Focus | None:
    mean = report.value("speech_rate")
    measure = report.measure("local_pace")
    points = report.series.get("local_pace", ())
    fast = [
        (stretch, max(pace for time, pace in points if stretch.start <= time <= stretch.end))
        for stretch in (measure.evidence if measure else ())
    ]
    fast = [(stretch, pace) for stretch, pace in fast if mean and pace > 190]
    if not fast or mean is None:
        return None
    stretch, pace = max(fast, key=lambda entry: entry[1])
    return _Focus(
        weight=(pace - mean) / 150,
        measure="local_pace",
        clip=_clip(report, stretch),
        focus=say("focus_fast_stretch", time=clock(stretch.start), rate=round(pace)),
        why=say("why_fast_stretch", mean=round(mean)),
        drill=say("drill_fast"),
        goal=say("goal_fast_stretch", limit=190),
    )


def _mid_clause(report: Report) -> _Focus | None:
    share, measure = report.value("mid_clause_share"), report.measure("mid_clause_share")
    pauses = _events(report, "pause")
    if share is None or measure is None or len(pauses) < FEWEST_PAUSES or share <= MID_CLAUSE_MUCH:
        return None
    longest = max(measure.evidence, key=lambda span: span.length, default=None)
    return _Focus(
        weight=(share - MID_CLAUSE_MUCH) * 2,
        measure="mid_clause_share",
        clip=_clip(report, longest) if longest else None,
        focus=say("focus_mid_clause", inside=_spelled(len(measure.evidence)), count=len(pauses)),
        why=say("why_mid_clause"),
        drill=say("drill_mid_clause"),
        goal=say("goal_mid_clause", percent=round(max(0.4, share * 0.8) * 100)),
    )


def _repetitions(report: Report) -> _Focus | None:
    rate = report.value("repetitions")
    found = _events(report, "repetition")
    if rate is None or len(found) < REPETITIONS_FEWEST or rate < REPETITIONS_RATE:
        return None
    return _Focus(
        weight=rate / 8,
        measure="repetitions",
        clip=_densest(report, found),
        focus=say("focus_repetitions", count=_spelled(len(found)).lower()),
        why=say("why_repetitions"),
        drill=say("drill_repetitions"),
        goal=say("goal_repetitions", count=len(found) // 2),
    )


_RULES: tuple[Callable[[Report], _Focus | None], ...] = (
    _fillers,
    _phrase,
    _pace,
    _fast_stretch,
    _mid_clause,
    _repetitions,
)


def _nothing(report: Report) -> _Focus | None:
    """Only where pace and fillers were both measured and both lie inside their ranges."""
    for name in ("speech_rate", "filled_pauses"):
        measure = report.measure(name)
        if measure is None or measure.band is None or measure.band.label != "good":
            return None
        if measure.reliability.level == "low":
            return None
    return _Focus(
        weight=0,
        measure="speech_rate",
        clip=None,
        focus=say("focus_nothing"),
        why=say("why_nothing"),
        drill=say("drill_nothing"),
        goal=None,
    )


def _strength(report: Report, besides: str) -> Message | None:
    """The first that holds, of a measure the focus is not about."""
    for name, rule in _STRENGTHS.items():
        measure = report.measure(name)
        if measure is None or measure.value is None or name == besides:
            continue
        if measure.reliability.level != "low" and (message := rule(report, measure)):
            return message
    return None


def _keeps_pauses(report: Report, measure: Measure) -> Message | None:
    count = len(_events(report, "pause"))
    if measure.value is None or count < FEWEST_PAUSES or measure.value > MID_CLAUSE_LITTLE:
        return None
    return say("keep_pauses", inside=_spelled(count - len(measure.evidence)), count=count)


def _keeps_few_fillers(report: Report, measure: Measure) -> Message | None:
    if measure.band is None or measure.band.label != "good":
        return None
    count = len(measure.evidence)
    length = _length(report.value("speaking_time") or 0)
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


def _comparison(report: Report, name: str, history: History) -> Message | None:
    value = report.value(name)
    past = [entry[name] for entry in history if entry.get(name) is not None][-LAST:]
    if value is None:
        return None
    if len(past) < FEWEST_PAST:
        return say("compare_early")
    return say(
        "compare_past",
        value=_shown(name, value),
        count=len(past),
        median=_shown(name, statistics.median(past)),
    )


def _shown(name: str, value: float) -> str:
    if name == "mid_clause_share":
        return f"{100 * value:.0f} %"
    return f"{value:.0f}" if name in {"speech_rate", "local_pace"} else plain(value)


def _events(report: Report, kind: str) -> list[Event]:
    return [event for event in report.events if event.type == kind]


def _follows_sentence(report: Report, event: Event) -> bool:
    first = event.first_word or 0
    words = [word.text for word in report.words] or report.text.split()
    return first == 0 or words[first - 1].rstrip("\"'”’)")[-1:] in {".", "!", "?"}


def _clip(report: Report, span: Span) -> Span:
    return Span(
        round(max(0.0, span.start - CLIP_BEFORE), 2),
        round(min(report.duration_seconds, span.end + CLIP_AFTER), 2),
    )


def _densest(report: Report, events: Sequence[Event]) -> Span | None:
    """Around the event with the most of its kind in the ten seconds after it."""
    starts = [event.start for event in events if event.start is not None]
    if not starts:
        return None
    first = max(starts, key=lambda start: sum(start <= other < start + 10 for other in starts))
    last = max(other for other in starts if first <= other < first + 10)
    return _clip(report, Span(first, last))


def _extreme_pace(report: Report, *, fastest: bool) -> Span | None:
    points = report.series.get("local_pace", ())
    if not points:
        return None
    time, _ = (max if fastest else min)(points, key=lambda point: point[1])
    return Span(round(max(0.0, time - 5), 2), round(min(report.duration_seconds, time + 5), 2))


def _length(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{round(seconds)} seconds"
    return f"{minutes} minutes"


def _spelled(number: int) -> str:
    names = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return names[number] if number < len(names) else str(number)
