"""Whether a number gets better, said in words no surer than the numbers are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from speech_sessions import selectors
from speech_sessions.presentation.measures import Measure, Text, measure_called
from speech_sessions.selectors.trends import FEWEST, Trend

FIRST_LOOK = ("fillers", "speech_rate", "mid_clause_share")
NEWEST = 10


@dataclass(frozen=True, slots=True)
class TrendLine:
    """The newest values of one measure, oldest first, and what can be said about them."""

    name: str
    label: Text
    values: list[float]
    latest: float | None
    unit: Text
    verdict: str
    better: bool


def trend_lines(
    user: User, trends: Sequence[Trend], names: Sequence[str] = FIRST_LOOK
) -> list[TrendLine]:
    """The measures called `names`, each with its newest values and a verdict."""
    by_name = {trend["measure"]: trend for trend in trends}
    lines = []
    for name in names:
        measure = measure_called(name)
        values = list(reversed(selectors.recent_values(user, measure.column, NEWEST)))
        lines.append(trend_line(measure, values, by_name[measure.column]))
    return lines


def trend_line(measure: Measure, values: Sequence[float], trend: Trend) -> TrendLine:
    """One measure; `values` oldest first, as they are stored."""
    shown = [round(value * measure.factor, 2) for value in values]
    return TrendLine(
        name=measure.name,
        label=measure.label,
        values=shown,
        latest=shown[-1] if shown else None,
        unit=measure.unit_in_rows,
        verdict=verdict(measure, len(values), trend),
        better=_is_better(measure, trend),
    )


def verdict(measure: Measure, count: int, trend: Trend) -> str:
    """What the trend is called: nothing is claimed before there are five recordings."""
    slope = trend["slope_per_month"]
    if slope is None or trend["low"] is None or trend["high"] is None:
        missing = FEWEST - count
        if missing <= 0:
            return _("Too early to say")
        return ngettext(
            "Too early to say, %(count)s more recording",
            "Too early to say, %(count)s more recordings",
            missing,
        ) % {"count": missing}
    if trend["verdict"] == "steady":
        return _("Steady: no change worth the name")
    sentence = (
        _("Rising by %(slope)s a month (%(low)s to %(high)s)")
        if trend["verdict"] == "rising"
        else _("Falling by %(slope)s a month (%(low)s to %(high)s)")
    )
    sizes = sorted(abs(trend[end] or 0) for end in ("low", "high"))
    return sentence % {
        "slope": measure.figure(abs(slope)),
        "low": measure.figure(sizes[0]),
        "high": measure.figure(sizes[1]),
    }


def _is_better(measure: Measure, trend: Trend) -> bool:
    if measure.lower_is_better is None:
        return False
    return trend["verdict"] == ("falling" if measure.lower_is_better else "rising")
