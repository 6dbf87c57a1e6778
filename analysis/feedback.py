"""What to keep and the one thing to practise next, by rule and never without evidence."""

import statistics
from collections.abc import Mapping, Sequence

from analysis.focuses import focus_of
from analysis.messages import plain, say
from analysis.phrasing import Level, reworded
from analysis.report import Feedback, Message, Report
from analysis.strengths import strength_of

History = Sequence[Mapping[str, float]]

FEWEST_PAST = 3
LAST = 5
# From this weight on a drill begins with the basics.
FAR = 1.0
SHARES = {"mid_clause_share", "pause_share", "reading_accuracy", "trailing_off"}


def choose(report: Report, history: History = (), said: Sequence[str] = ()) -> Feedback:
    """Strength, focus, clip, drill and goal for a report.

    `history`: values by measure name of one's earlier recordings, oldest first. `said`: ids of the
    sentences that feedback on them held, oldest first: what was said last is not said again in the
    same words. A recording that is too short for rates gets none, and says so in its notices.
    """
    pace = report.measure("speech_rate")
    if pace is None or pace.value is None or pace.reliability.level == "low":
        return Feedback()
    best = focus_of(report)
    level: Level = "far" if best is not None and best.weight >= FAR else "near"

    def worded(message: Message | None) -> Message | None:
        return reworded(message, report.kind, level, said)

    strength = worded(strength_of(report, besides=best.measure if best else "", said=said))
    if best is None:
        return Feedback(strength=strength)
    return Feedback(
        strength=strength,
        focus=worded(best.focus),
        why=worded(best.why),
        drill=worded(best.drill),
        goal=worded(best.goal),
        comparison=worded(_comparison(report, best.measure, history)),
        clip=best.clip,
        measure=best.measure,
    )


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
    if name in SHARES:
        return f"{100 * value:.0f} %"
    return f"{value:.0f}" if name in {"speech_rate", "local_pace"} else plain(value)
