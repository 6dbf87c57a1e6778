"""All numbers of a report as a table: what they mean, how sure they are, where to hear them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from speech_sessions.presentation.headlines import RELIABILITY, limits_of, reason_of
from speech_sessions.presentation.measures import Measure, Text, measure_called

MOMENTS_SHOWN = 6
# A rate and its count are one thing to a reader.
COUNTS = {
    "fillers": "filler_count",
    "filled_pauses": "filled_pause_count",
    "lexical_fillers": "lexical_filler_count",
}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure; `moments` are in seconds, at most a few, and `more` says how many are left."""

    label: Text
    meaning: Text
    value: str
    limits: str
    place: str
    reliability: Text
    reason: str
    moments: list[float]
    more: int


def measure_rows(document: dict[str, Any]) -> list[MeasureRow]:
    """A row for each measure; a count stands with its rate where that can be told."""
    by_name = {entry["name"]: entry for entry in document["measures"]}
    told = {
        count
        for rate, count in COUNTS.items()
        if rate in by_name and by_name[rate]["value"] is not None
    }
    return [
        _row(entry, by_name.get(COUNTS.get(entry["name"], "")))
        for entry in document["measures"]
        if entry["name"] not in told
    ]


def _row(entry: dict[str, Any], count: dict[str, Any] | None) -> MeasureRow:
    measure = measure_called(entry["name"], entry["unit"])
    moments = [span[0] for span in entry["evidence"]]
    return MeasureRow(
        label=measure.label,
        meaning=measure.meaning,
        value=_value(measure, entry["value"], count),
        limits=limits_of(measure, entry["band"]) if entry["band"] else "",
        place=_place(entry["band"]) if entry["band"] else "",
        reliability=RELIABILITY[entry["reliability"]["level"]],
        reason=reason_of(entry),
        moments=moments[:MOMENTS_SHOWN],
        more=max(0, len(moments) - MOMENTS_SHOWN),
    )


def _value(measure: Measure, value: float | None, count: dict[str, Any] | None) -> str:
    if value is None or count is None or count["value"] is None:
        return measure.said(value)
    counted = measure_called(count["name"]).figure(count["value"])
    return _("%(value)s, %(count)s in all") % {"value": measure.said(value), "count": counted}


def _place(band: dict[str, Any]) -> str:
    places = {"below": _("below it"), "inside": _("inside it"), "above": _("above it")}
    return places[band["position"]]
