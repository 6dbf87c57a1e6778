"""What one could practise next: each rule finds one thing in a report, or nothing.

Awareness plus a silent pause in the filler's place is the strongest help known against fillers
(Mancuso and Miltenberger 2016); up to 5 a minute harm nothing (Laske and DiGennaro Reed 2024);
pauses inside clauses are the strongest mark of halting speech (Kahng 2018).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.messages import clock, plain, say, spelled
from analysis.report import Message, Report
from analysis.timeline import Event, Span

CLIP_BEFORE = 2.0
CLIP_AFTER = 3.0
FEWEST_PAUSES = 5
MID_CLAUSE_MUCH = 0.5
PHRASE_FEWEST = 4
PHRASE_RATE = 2.0
REPETITIONS_FEWEST = 3
REPETITIONS_RATE = 3.0
FILLERS_MUCH = 5.0
LEADING = ("speech_rate", "fillers", "pause_share", "mid_clause_share")


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


def focus_of(report: Report) -> Focus | None:
    """The candidate of greatest weight; that nothing needs mending where all is well; or None."""
    found = [focus for rule in _RULES if (focus := rule(report))]
    return max(found, key=lambda focus: focus.weight, default=None) or _nothing(report)


def _trust(report: Report, name: str) -> str:
    measure = report.measure(name)
    return measure.reliability.level if measure else "low"


def _fillers(report: Report) -> Focus | None:
    rate = report.value("filled_pauses")
    heard = report.events_of("filled_pause")
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
        focus = say("focus_fillers_after_sentence", after=spelled(after), count=len(heard))
    return Focus(
        weight=(rate - FILLERS_MUCH) / 7 + 0.3,
        measure="filled_pauses",
        clip=_densest(report, heard),
        focus=focus,
        why=say("why_fillers", rate=plain(rate)),
        drill=say("drill_fillers"),
        goal=say("goal_fillers", rate=plain(max(FILLERS_MUCH, rate * 0.75))),
    )


def _mixed_fillers(report: Report) -> Focus | None:
    """Few ums, few of any one phrase, yet together more than a listener overlooks."""
    rate = report.value("fillers")
    heard = [
        event
        for kind in ("filled_pause", "lexical_filler")
        for event in report.events_of(kind)
        if event.tier == "sure"
    ]
    if rate is None or rate <= FILLERS_MUCH or _trust(report, "fillers") == "low":
        return None
    if len(heard) < PHRASE_FEWEST:
        return None
    return Focus(
        weight=(rate - FILLERS_MUCH) / 10,
        measure="fillers",
        clip=_densest(report, heard),
        focus=say("focus_mixed_fillers", count=len(heard)),
        why=say("why_mixed_fillers", rate=plain(rate)),
        drill=say("drill_fillers"),
        goal=say("goal_mixed_fillers", rate=plain(max(FILLERS_MUCH, rate * 0.75))),
    )


def _phrase(report: Report) -> Focus | None:
    sure = [event for event in report.events_of("lexical_filler") if event.tier == "sure"]
    talk = report.value("speaking_time")
    if not sure or not talk:
        return None
    (text, count), *_ = Counter(event.text for event in sure).most_common(1)
    rate = 60 * count / talk
    if count < PHRASE_FEWEST or rate < PHRASE_RATE:
        return None
    return Focus(
        weight=rate / 8,
        measure="lexical_fillers",
        clip=_densest(report, [event for event in sure if event.text == text]),
        focus=say("focus_phrase", phrase=text, count=count),
        why=say("why_phrase", rate=plain(rate)),
        drill=say("drill_phrase"),
        goal=say("goal_phrase", count=count // 2),
    )


def _pace(report: Report) -> Focus | None:
    measure = report.measure("speech_rate")
    if measure is None or measure.value is None or measure.band is None:
        return None
    band, rate = measure.band, round(measure.value)
    if band.position == "inside" or band.low is None or band.high is None:
        return None
    fast = band.position == "above"
    edge = band.high if fast else band.low
    return Focus(
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


def _fast_stretch(report: Report) -> Focus | None:
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
    return Focus(
        weight=(pace - mean) / 150,
        measure="local_pace",
        clip=_clip(report, stretch),
        focus=say("focus_fast_stretch", time=clock(stretch.start), rate=round(pace)),
        why=say("why_fast_stretch", mean=round(mean)),
        drill=say("drill_fast"),
        goal=say("goal_fast_stretch", limit=190),
    )


def _little_silence(report: Report) -> Focus | None:
    measure = report.measure("pause_share")
    band = measure.band if measure else None
    if measure is None or measure.value is None or band is None or band.low is None:
        return None
    longest = max(_without_pause(report), key=lambda span: span.length, default=None)
    if measure.value >= band.low or longest is None:
        return None
    return Focus(
        weight=(band.low - measure.value) * 3,
        measure="pause_share",
        clip=_clip(report, longest),
        focus=say("focus_little_silence", time=clock(longest.start), seconds=round(longest.length)),
        why=say("why_little_silence", percent=round(100 * measure.value)),
        drill=say("drill_little_silence"),
        goal=say("goal_little_silence", percent=round(100 * band.low)),
    )


def _mid_clause(report: Report) -> Focus | None:
    share, measure = report.value("mid_clause_share"), report.measure("mid_clause_share")
    pauses = report.events_of("pause")
    if share is None or measure is None or len(pauses) < FEWEST_PAUSES or share <= MID_CLAUSE_MUCH:
        return None
    longest = max(measure.evidence, key=lambda span: span.length, default=None)
    return Focus(
        weight=(share - MID_CLAUSE_MUCH) * 2,
        measure="mid_clause_share",
        clip=_clip(report, longest) if longest else None,
        focus=say("focus_mid_clause", inside=spelled(len(measure.evidence)), count=len(pauses)),
        why=say("why_mid_clause"),
        drill=say("drill_mid_clause"),
        goal=say("goal_mid_clause", percent=round(max(0.4, share * 0.8) * 100)),
    )


def _repetitions(report: Report) -> Focus | None:
    rate = report.value("repetitions")
    found = report.events_of("repetition")
    if rate is None or len(found) < REPETITIONS_FEWEST or rate < REPETITIONS_RATE:
        return None
    return Focus(
        weight=rate / 8,
        measure="repetitions",
        clip=_densest(report, found),
        focus=say("focus_repetitions", count=spelled(len(found)).lower()),
        why=say("why_repetitions"),
        drill=say("drill_repetitions"),
        goal=say("goal_repetitions", count=len(found) // 2),
    )


_RULES: tuple[Callable[[Report], Focus | None], ...] = (
    _fillers,
    _mixed_fillers,
    _phrase,
    _pace,
    _fast_stretch,
    _little_silence,
    _mid_clause,
    _repetitions,
)


def _nothing(report: Report) -> Focus | None:
    """Only where each number that a report leads with was measured and lies inside its range."""
    for name in LEADING:
        measure = report.measure(name)
        if measure is None or measure.band is None or measure.band.position != "inside":
            return None
        if measure.reliability.level == "low":
            return None
    return Focus(
        weight=0,
        measure="speech_rate",
        clip=None,
        focus=say("focus_nothing"),
        why=say("why_nothing"),
        drill=say("drill_nothing"),
        goal=None,
    )


def _without_pause(report: Report) -> list[Span]:
    """The stretches between one silent pause and the next; none without word times."""
    if not report.words:
        return []
    pauses = [
        (event.start, event.end)
        for event in report.events_of("pause")
        if event.start is not None and event.end is not None
    ]
    begins = [report.words[0].start, *(end for _, end in pauses)]
    ends = [*(start for start, _ in pauses), report.words[-1].end]
    return [Span(start, end) for start, end in zip(begins, ends, strict=True) if end > start]


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
