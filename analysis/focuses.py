"""What one could practise next: each rule finds one thing in a report, or nothing.

Awareness plus a silent pause in the filler's place is the strongest help known against fillers
(Mancuso and Miltenberger 2016); up to 5 a minute harm nothing (Laske and DiGennaro Reed 2024);
pauses inside clauses are the strongest mark of halting speech (Kahng 2018).
"""

from collections import Counter
from collections.abc import Callable

from analysis.focus import Focus, above, below, by_range, clip_of, densest, trusted
from analysis.focuses_voice import flat, hedges, reading, trailing_off
from analysis.messages import clock, plain, say, spelled, spelled_of
from analysis.report import Report
from analysis.timeline import Event, Span

FEWEST_PAUSES = 5
MID_CLAUSE_MUCH = 0.5
PHRASE_FEWEST = 4
PHRASE_RATE = 2.0
REPETITIONS_FEWEST = 3
REPETITIONS_RATE = 3.0
FAST = 190
# What one recording to the next can bring: a quarter of the fillers, a fifth of the pauses inside
# clauses, twenty words a minute, five points of silence.
FEWER_FILLERS = 0.75
FEWER_INSIDE = 0.8
PACE_STEP = 20
SILENCE_STEP = 0.05
LEADING = ("speech_rate", "fillers", "pause_share", "mid_clause_share")


def focus_of(report: Report) -> Focus | None:
    """The candidate of greatest weight; that nothing needs mending where all is well; or None."""
    found = [focus for rule in _RULES if (focus := rule(report))]
    return max(found, key=lambda focus: focus.weight, default=None) or _nothing(report)


def _sure(report: Report, *kinds: str) -> list[Event]:
    return [event for event in report.events if event.type in kinds and event.tier == "sure"]


def _fillers(report: Report) -> Focus | None:
    found = above(report, "filled_pauses")
    heard = _sure(report, "filled_pause")
    if found is None or not heard:
        return None
    measure, rate, limit = found
    after = sum(_follows_sentence(report, event) for event in heard)
    focus = say("focus_fillers", count=len(heard))
    if 2 * after >= len(heard):
        focus = say(
            "focus_fillers_after_sentence", after=spelled_of(after, len(heard)), count=len(heard)
        )
    why = by_range("why_fillers", measure.band, "_usual")
    return Focus(
        weight=(rate - limit) / 7 + 0.3,
        measure="filled_pauses",
        clip=densest(report, heard),
        focus=focus,
        why=say(why, rate=plain(rate), limit=plain(limit)),
        drill=say("drill_fillers"),
        goal=say("goal_fillers", rate=plain(max(limit, rate * FEWER_FILLERS))),
    )


def _mixed_fillers(report: Report) -> Focus | None:
    """Few ums, few of any one phrase, yet together more than a listener overlooks."""
    found = above(report, "fillers")
    heard = _sure(report, "filled_pause", "lexical_filler")
    if found is None or len(heard) < PHRASE_FEWEST:
        return None
    measure, rate, limit = found
    why = by_range("why_mixed_fillers", measure.band, "_usual")
    return Focus(
        weight=(rate - limit) / 10,
        measure="fillers",
        clip=densest(report, heard),
        focus=say("focus_mixed_fillers", count=len(heard)),
        why=say(why, rate=plain(rate), limit=plain(limit)),
        drill=say("drill_fillers"),
        goal=say("goal_mixed_fillers", rate=plain(max(limit, rate * FEWER_FILLERS))),
    )


def _phrase(report: Report) -> Focus | None:
    sure = _sure(report, "lexical_filler")
    talk = report.value("speaking_time")
    if not sure or not talk or trusted(report, "lexical_fillers") is None:
        return None
    (text, count), *_ = Counter(event.text for event in sure).most_common(1)
    rate = 60 * count / talk
    if count < PHRASE_FEWEST or rate < PHRASE_RATE:
        return None
    return Focus(
        weight=rate / 8,
        measure="lexical_fillers",
        clip=densest(report, [event for event in sure if event.text == text]),
        focus=say("focus_phrase", phrase=text, count=count),
        why=say("why_phrase", rate=plain(rate)),
        drill=say("drill_phrase"),
        goal=say("goal_phrase", count=count // 2),
    )


def _fast(report: Report) -> Focus | None:
    found = above(report, "speech_rate")
    if found is None:
        return None
    measure, rate, high = found
    return Focus(
        weight=(rate - high) / 20,
        measure="speech_rate",
        clip=_extreme_pace(report, fastest=True),
        focus=say("focus_fast", rate=round(rate)),
        why=say(by_range("why_fast", measure.band), high=round(high)),
        drill=say("drill_fast"),
        goal=say("goal_slower", rate=round(max(high, rate - PACE_STEP))),
    )


def _slow(report: Report) -> Focus | None:
    found = below(report, "speech_rate")
    if found is None:
        return None
    measure, rate, low = found
    return Focus(
        weight=(low - rate) / 20,
        measure="speech_rate",
        clip=_extreme_pace(report, fastest=False),
        focus=say("focus_slow", rate=round(rate)),
        why=say(by_range("why_slow", measure.band), low=round(low)),
        drill=say("drill_slow"),
        goal=say("goal_faster", rate=round(min(low, rate + PACE_STEP))),
    )


def _fast_stretch(report: Report) -> Focus | None:
    mean = report.value("speech_rate")
    measure = trusted(report, "local_pace")
    points = report.series.get("local_pace", ())
    fast = [
        (stretch, max(pace for time, pace in points if stretch.start <= time <= stretch.end))
        for stretch in (measure.evidence if measure else ())
    ]
    fast = [(stretch, pace) for stretch, pace in fast if mean and pace > FAST]
    if not fast or mean is None:
        return None
    stretch, pace = max(fast, key=lambda entry: entry[1])
    return Focus(
        weight=(pace - mean) / 150,
        measure="local_pace",
        clip=clip_of(report, stretch),
        focus=say("focus_fast_stretch", time=clock(stretch.start), rate=round(pace)),
        why=say("why_fast_stretch", mean=round(mean)),
        drill=say("drill_fast"),
        goal=say("goal_fast_stretch", limit=FAST),
    )


def _little_silence(report: Report) -> Focus | None:
    found = below(report, "pause_share")
    longest = max(_without_pause(report), key=lambda span: span.length, default=None)
    if found is None or longest is None:
        return None
    _, share, low = found
    goal = min(low, share + SILENCE_STEP)
    return Focus(
        weight=(low - share) * 3,
        measure="pause_share",
        clip=clip_of(report, longest),
        focus=say("focus_little_silence", time=clock(longest.start), seconds=round(longest.length)),
        why=say("why_little_silence", percent=round(100 * share)),
        drill=say("drill_little_silence"),
        goal=say("goal_little_silence", percent=round(100 * goal)),
    )


def _mid_clause(report: Report) -> Focus | None:
    measure = trusted(report, "mid_clause_share")
    pauses = report.events_of("pause")
    if measure is None or measure.value is None or len(pauses) < FEWEST_PAUSES:
        return None
    share = measure.value
    if share <= MID_CLAUSE_MUCH:
        return None
    longest = max(measure.evidence, key=lambda span: span.length, default=None)
    return Focus(
        weight=(share - MID_CLAUSE_MUCH) * 2,
        measure="mid_clause_share",
        clip=clip_of(report, longest) if longest else None,
        focus=say(
            "focus_mid_clause",
            inside=spelled_of(len(measure.evidence), len(pauses)),
            count=len(pauses),
        ),
        why=say("why_mid_clause"),
        drill=say("drill_mid_clause"),
        goal=say("goal_mid_clause", percent=round(max(0.4, share * FEWER_INSIDE) * 100)),
    )


def _repetitions(report: Report) -> Focus | None:
    measure = trusted(report, "repetitions")
    found = _sure(report, "repetition")
    if measure is None or measure.value is None or len(found) < REPETITIONS_FEWEST:
        return None
    rate = measure.value
    if rate < REPETITIONS_RATE:
        return None
    return Focus(
        weight=rate / 8,
        measure="repetitions",
        clip=densest(report, found),
        focus=say("focus_repetitions", count=spelled(len(found)).lower()),
        why=say("why_repetitions"),
        drill=say("drill_repetitions"),
        goal=say("goal_repetitions", count=len(found) // 2),
    )


_RULES: tuple[Callable[[Report], Focus | None], ...] = (
    _fillers,
    _mixed_fillers,
    _phrase,
    _fast,
    _slow,
    _fast_stretch,
    _little_silence,
    _mid_clause,
    _repetitions,
    flat,
    trailing_off,
    hedges,
    reading,
)


def _nothing(report: Report) -> Focus | None:
    """Only where each number that a report leads with was measured and lies inside its range."""
    for name in LEADING:
        measure = trusted(report, name)
        if measure is None or measure.band is None or measure.band.position != "inside":
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
    """Whether the event stands after a full stop, or at the very beginning."""
    if event.first_word is not None:
        before = [word.text for word in report.words] or report.text.split()
        before = before[: event.first_word]
    else:
        before = [word.text for word in report.words if word.end <= (event.start or 0.0) + 0.05]
    return not before or before[-1].rstrip("\"'”’)")[-1:] in {".", "!", "?"}


def _extreme_pace(report: Report, *, fastest: bool) -> Span | None:
    points = report.series.get("local_pace", ())
    if not points:
        return None
    time, _ = (max if fastest else min)(points, key=lambda point: point[1])
    return Span(round(max(0.0, time - 5), 2), round(min(report.duration_seconds, time + 5), 2))
