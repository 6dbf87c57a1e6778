"""The numbers over time: totals, charts with their tables, and what may be said about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from speech_sessions import selectors
from speech_sessions.presentation.measures import Measure, Text, measure_called
from speech_sessions.presentation.trends import TrendLine, trend_lines
from speech_sessions.presentation.wording import duration, number
from speech_sessions.selectors.analytics import Analytics

CHARTED = ("fillers", "speech_rate", "mid_clause_share")
LONGEST = 400  # buckets drawn at most, the newest


@dataclass(frozen=True, slots=True)
class Total:
    """One number about everything that was chosen."""

    label: str
    figure: str
    unit: Text
    note: str


@dataclass(frozen=True, slots=True)
class TrendChart:
    """One measure over time; `data` is what the chart draws, `rows` the same as a table."""

    id: str
    title: Text
    unit: Text
    verdict: str
    is_better: bool
    average: str
    data: dict[str, Any]
    rows: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AnalyticsPage:
    """Everything the page of analytics shows; without sessions there are no charts."""

    totals: list[Total]
    charts: list[TrendChart]
    highlights: list[dict[str, Any]]
    left_out: str = ""


def analytics_page(user: User, question: dict[str, Any]) -> AnalyticsPage:
    """The numbers of `user`'s sessions for what the form asks."""
    numbers = selectors.analytics(user, **question)
    if not numbers.totals["sessions"]:
        return AnalyticsPage([], [], [])
    bucket = question["bucket"]
    rows = _without_gaps(numbers.series, bucket)
    labels = [_label(row["bucket"], bucket) for row in rows]
    charts = [_speaking_time(numbers, rows, labels)]
    for name, line in zip(CHARTED, trend_lines(user, numbers.trends, CHARTED), strict=True):
        measure = measure_called(name)
        average = numbers.averages[measure.column]
        charts.append(_chart(measure, line, average, rows, labels))
    return AnalyticsPage(
        _totals(numbers), charts, numbers.highlights, left_out(numbers.measured_otherwise)
    )


def left_out(count: int) -> str:
    """That some sessions were measured by other formulas, so that nothing is compared silently."""
    if not count:
        return ""
    return ngettext(
        "%(count)s session was measured by earlier formulas. Its numbers are left out of averages"
        " and trends until it is analysed again.",
        "%(count)s sessions were measured by earlier formulas. Their numbers are left out of"
        " averages and trends until they are analysed again.",
        count,
    ) % {"count": count}


def _totals(numbers: Analytics) -> list[Total]:
    months = numbers.this_month_vs_last
    totals = numbers.totals
    return [
        Total(
            _("Sessions"),
            number(totals["sessions"], 0),
            "",
            _this_month(
                number(months["sessions"]["this"], 0), number(months["sessions"]["last"], 0)
            ),
        ),
        Total(
            _("Speaking time"),
            duration(totals["seconds"]),
            "",
            _this_month(duration(months["seconds"]["this"]), duration(months["seconds"]["last"])),
        ),
        *(
            Total(
                str(measure.label),
                measure.figure(numbers.averages[measure.column]),
                measure.unit,
                _this_month(
                    *(measure.figure(months[measure.column][month]) for month in ("this", "last"))
                ),
            )
            for measure in map(measure_called, ("fillers", "speech_rate"))
        ),
    ]


def _this_month(this: str, last: str) -> str:
    return _("This month %(this)s, last month %(last)s.") % {"this": this, "last": last}


def _speaking_time(
    numbers: Analytics, rows: Sequence[dict[str, Any]], labels: Sequence[str]
) -> TrendChart:
    minutes = [round(row.get("seconds", 0) / 60, 1) for row in rows]
    return TrendChart(
        id="speaking_time",
        title=_("Speaking time"),
        verdict=_("%(length)s in all") % {"length": duration(numbers.totals["seconds"])},
        is_better=False,
        average="",
        data=_drawing(_("Speaking time"), _("min"), "voice", labels, minutes),
        rows=[
            (label, duration(row["seconds"]))
            for label, row in zip(labels, rows, strict=True)
            if row.get("seconds")
        ],
        unit="",  # every row says its own
    )


def _chart(
    measure: Measure,
    line: TrendLine,
    average: float | None,
    rows: Sequence[dict[str, Any]],
    labels: Sequence[str],
) -> TrendChart:
    values = [measure.shown(row.get(measure.column)) for row in rows]
    return TrendChart(
        id=measure.name,
        title=measure.label,
        verdict=line.verdict,
        is_better=line.better,
        average=measure.figure(average),
        data=_drawing(measure.label, measure.unit_in_rows, measure.tone, labels, values),
        rows=[
            (label, number(value, measure.decimals))
            for label, value in zip(labels, values, strict=True)
            if value is not None
        ],
        unit=measure.unit,
    )


def _drawing(
    label: Text, unit: Text, colour: str, labels: Sequence[str], values: Sequence[float | None]
) -> dict[str, Any]:
    """See docs/pages.md, "Trends"."""
    series = {"label": str(label), "unit": str(unit), "values": list(values), "colour": colour}
    return {"labels": list(labels), "series": [series]}


def _without_gaps(series: Sequence[dict[str, Any]], bucket: str) -> list[dict[str, Any]]:
    """A row for every bucket from the first to the last, so that time runs evenly."""
    by_start = {row["bucket"]: row for row in series}
    first, last = min(by_start), max(by_start)
    starts = list(_starts(first, last, bucket))[-LONGEST:]
    return [by_start.get(start, {"bucket": start}) for start in starts]


def _starts(first: date, last: date, bucket: str) -> Iterator[date]:
    start = first
    while start <= last:
        yield start
        if bucket == "month":
            start = (start + timedelta(days=31)).replace(day=1)
        else:
            start += timedelta(days=7 if bucket == "week" else 1)


def _label(start: date, bucket: str) -> str:
    return date_format(start, "M Y" if bucket == "month" else "j M")
