"""The time line of a report: what happened when, in rows on one axis, and the same as tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Any

from django.utils.translation import gettext as _

from speech_sessions.presentation.measures import Text
from speech_sessions.presentation.transcript import LONG_PAUSE, Document, Event
from speech_sessions.presentation.wording import number

Points = list[list[float]]

MOST_POINTS = 240  # of ten minutes of a curve: more cannot be seen
MOST_SENT = 1440  # of any curve
MOST_ROWS = 60  # of a table: nobody reads a longer one
MOST_EVENTS = 200  # of a table of events
SHORTEST_STEP = 10.0  # seconds between rows: the pace is measured in windows of that length
BREAK = 2.5  # a curve has a hole where points lie so many times farther apart than usual
FILLERS = ("filled_pause", "lexical_filler")
STUMBLES = ("repetition", "false_start", "prolongation", "block")
READING = ("misread", "left_out", "added")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the time line. `kind` is "marks" or "curve"; `label` names it, `count` its marks.

    `data` goes to the script: marks as [start, end, text, strength], and for a curve its points
    with None where it breaks, what arrows stop at, and its band, all in seconds and the unit.
    """

    name: str
    label: Text
    kind: str
    unit: Text
    count: int
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The rows, what happened as a list, and the curves side by side at even steps."""

    rows: list[Row]
    duration: float
    happened: list[tuple[float, float, str, str]]
    left_out: int
    curves: list[Row]
    readings: list[tuple[float, list[str]]]

    @property
    def data(self) -> dict[str, Any]:
        """What the script draws."""
        return {"duration": self.duration, "rows": {row.name: row.data for row in self.rows}}


def timeline(document: Document, duration: float) -> Timeline:
    """The time line of a report; a row stands only where the report knows of its matter."""
    events = sorted(
        (event for event in document["events"] if event["start"] is not None),
        key=lambda event: float(event["start"]),
    )
    curves = [row for row in _curves(document, events) if row.count]
    marks = [row for row in _mark_rows(events) if row.count]
    happened = _happened(events)
    return Timeline(
        rows=[*marks, *curves],
        duration=duration,
        happened=happened[:MOST_EVENTS],
        left_out=max(0, len(happened) - MOST_EVENTS),
        curves=curves,
        readings=_readings(curves),
    )


def _mark_rows(events: list[Event]) -> list[Row]:
    subjects: tuple[tuple[str, Text, Sequence[str]], ...] = (
        ("fillers", _("Fillers"), FILLERS),
        ("pauses", _("Pauses"), ("pause",)),
        ("stumbles", _("Stumbles"), STUMBLES),
        ("reading", _("Reading"), READING),
    )
    return [
        _marks(name, label, [event for event in events if event["type"] in types])
        for name, label, types in subjects
    ]


def _marks(name: str, label: Text, events: list[Event]) -> Row:
    marks = [
        [round(event["start"], 2), round(event["end"], 2), _said(event), _is_strong(event)]
        for event in events
    ]
    return Row(name, label, "marks", "", len(marks), {"marks": marks})


def _is_strong(event: Event) -> int:
    """Whether a mark is drawn in full: what is sure, and a pause that everybody notices."""
    if event["type"] == "pause":
        return int(event["end"] - event["start"] >= LONG_PAUSE)
    return int(event["tier"] == "sure")


def _curves(document: Document, events: list[Event]) -> list[Row]:
    series = document["series"]
    bands = {
        entry["name"]: [entry["band"]["low"], entry["band"]["high"]]
        for entry in document["measures"]
        if entry.get("band")
    }
    pace = series.get("local_pace", [])
    flat = [event for event in events if event["type"] == "flat_pitch"]
    return [
        _curve("pace", _("Pace"), _("words a minute"), pace, bands.get("speech_rate")),
        _curve("pitch", _("Pitch"), _("semitones"), series.get("pitch", []), None, flat),
        _curve("loudness", _("Loudness"), _("dB"), series.get("loudness", []), None),
    ]


def _curve(
    name: str,
    label: Text,
    unit: Text,
    points: Points,
    band: list[float | None] | None,
    marks: Sequence[Event] = (),
) -> Row:
    data = {
        "points": broken(curve_of(points, most_points(points))),
        "stops": [[time, _reading(name, value)] for time, value in rows_of(points)],
        "band": _drawn_band(band, points),
        "marks": [[event["start"], event["end"], "", 1] for event in marks],
    }
    return Row(name, label, "curve", unit, len(points) if len(points) > 1 else 0, data)


def _drawn_band(band: list[float | None] | None, points: Points) -> list[float] | None:
    """The band in the curve's unit; an open end reaches as far as the curve does."""
    if not band or not points:
        return None
    low, high = band
    values = [value for _time, value in points]
    return [
        low if low is not None else min(*values, high or 0.0),
        high if high is not None else max(*values, low or 0.0),
    ]


def _reading(name: str, value: float) -> str:
    if name == "pace":
        return number(value, 0)
    return f"{'+' if value > 0 else ''}{number(value, 1)}"


def _happened(events: list[Event]) -> list[tuple[float, float, str, str]]:
    """Start, end, what it is and how it sounded, of all that a reader would look up."""
    kinds = _kinds()
    return [
        (event["start"], event["end"], kind, _said(event))
        for event in events
        if (kind := kinds.get((event["type"], event["tier"]), kinds.get((event["type"], ""))))
        and (event["type"] != "pause" or _is_strong(event))
    ]


def _kinds() -> dict[tuple[str, str], str]:
    """What events are called, by type, and by tier where that matters."""
    possible = _("Possible filler")
    return {
        **{(kind, "possible"): possible for kind in FILLERS},
        ("false_start", "possible"): _("Perhaps begun again"),
        ("prolongation", "possible"): _("Perhaps drawn out"),
        ("block", "possible"): _("Perhaps stuck"),
        ("filled_pause", ""): _("Filler"),
        ("lexical_filler", ""): _("Filler"),
        ("pause", ""): _("Pause"),
        ("repetition", ""): _("Said twice"),
        ("false_start", ""): _("Begun again"),
        ("misread", ""): _("Misread"),
        ("left_out", ""): _("Left out"),
        ("added", ""): _("Added"),
        ("flat_pitch", ""): _("Flat pitch"),
    }


def _said(event: Event) -> str:
    """What was heard, or how long it lasted where nothing was said."""
    if event["type"] in {"pause", "flat_pitch"}:
        return _("%(seconds)s s") % {"seconds": number(event["end"] - event["start"], 1)}
    return str(event["text"]).strip(" ,.;:") or _("um")


def _readings(curves: list[Row]) -> list[tuple[float, list[str]]]:
    """The curves' values side by side, at the steps of the first."""
    if not curves:
        return []
    columns = [curve.data["stops"] for curve in curves]
    return [
        (time, [min(column, key=lambda stop: abs(stop[0] - time))[1] for column in columns])
        for time, _value in columns[0]
    ]


def most_points(points: Points) -> int:
    """How many points of a curve are drawn: the page shows long ones ten minutes at a time."""
    length = points[-1][0] - points[0][0] if points else 0.0
    return min(MOST_SENT, round(MOST_POINTS * max(1.0, length / 600)))


def curve_of(points: Points, most: int = MOST_POINTS) -> Points:
    """The curve with fewer points; of neighbours the one farthest from the mean stays."""
    step = -(-len(points) // most)
    if step <= 1:
        return points
    mean = fmean(value for _time, value in points)
    return [
        max(points[start : start + step], key=lambda point: abs(point[1] - mean))
        for start in range(0, len(points), step)
    ]


def broken(points: Points) -> list[list[float] | None]:
    """The points with None where the curve has a hole: silence has no pitch."""
    if len(points) < 3:
        return list(points)
    steps = sorted(after[0] - before[0] for before, after in pairwise(points))
    limit = max(BREAK * steps[len(steps) // 2], 1.0)
    result: list[list[float] | None] = [points[0]]
    for before, after in pairwise(points):
        if after[0] - before[0] > limit:
            result.append(None)
        result.append(after)
    return result


def rows_of(points: Points) -> Points:
    """The curve as a table, at even steps of ten seconds or more."""
    if not points:
        return []
    step = max(SHORTEST_STEP, (points[-1][0] - points[0][0]) / MOST_ROWS)
    rows: Points = []
    for point in points:
        if not rows or point[0] - rows[-1][0] >= step:
            rows.append(point)
    return rows
