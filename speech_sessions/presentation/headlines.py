"""The four numbers at the head of a report: with band, reliability, and what they mean."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from analysis.bands import OWN
from speech_sessions.presentation.measures import Measure, Text, measure_called
from speech_sessions.presentation.moments import Moments, moments_of
from speech_sessions.presentation.transcript import long_pauses
from speech_sessions.presentation.wording import number

HEADLINES = ("speech_rate", "fillers", "pause_share", "mid_clause_share")
FILLERS = ("filled_pause", "lexical_filler", "hedge")
RELIABILITY = {
    "high": gettext_lazy("measured"),
    "estimated": gettext_lazy("estimated"),
    "low": gettext_lazy("uncertain"),
}
IN_A_SHORT_ONE = ("words", "filler_count", "long_pauses")  # where rates would claim too much
ENOUGH_TO_COMPARE = 3  # earlier recordings, before "as usual" means anything
SAME = 0.05  # share of the usual value within which two values count as the same


@dataclass(frozen=True, slots=True)
class Band:
    """Where a value lies on its scale, in percent of the drawn width."""

    start: float
    width: float
    mark: float
    label: str


@dataclass(frozen=True, slots=True)
class Headline:
    """One number as the head of a report shows it."""

    name: str
    label: Text
    figure: str
    unit: Text
    tone: str
    reliability: Text
    reason: str
    moments: Moments
    band: Band | None
    position: str
    details: str
    comparison: str
    is_better: bool


def headlines(
    document: dict[str, Any],
    earlier: Callable[[str], Sequence[float]],
    by_hand: Mapping[str, float],
) -> list[Headline]:
    """The head of a report; `earlier(name)` gives the values of the recordings before it.

    A value of `by_hand` is shown in place of the measured one.
    """
    by_name = {entry["name"]: entry for entry in document["measures"] if entry["value"] is not None}
    names = [name for name in HEADLINES if name in by_name]
    return [
        _by_hand(headline, by_hand[headline.name]) if headline.name in by_hand else headline
        for headline in (
            _headline(document, by_name[name], earlier(name))
            for name in names or [name for name in IN_A_SHORT_ONE if name in by_name]
        )
    ]


def _headline(
    document: dict[str, Any], entry: dict[str, Any], earlier: Sequence[float]
) -> Headline:
    measure = measure_called(entry["name"], entry["unit"])
    comparison, is_better = _comparison(measure, entry["value"], earlier)
    return Headline(
        name=measure.name,
        label=measure.label,
        figure=measure.figure(entry["value"]),
        unit=measure.unit,
        tone=measure.tone,
        reliability=RELIABILITY[entry["reliability"]["level"]],
        reason=reason_of(entry),
        moments=moments_of(entry["evidence"]),
        band=band_of(measure, entry),
        position=position(measure, entry["band"]) if entry["band"] else "",
        details=_details(document, measure.name),
        comparison=comparison,
        is_better=is_better,
    )


def _by_hand(headline: Headline, value: float) -> Headline:
    """The number a person gave, with the analysis's in words."""
    measured = _("The analysis says %(value)s.") % {"value": headline.figure}
    return replace(
        headline,
        figure=measure_called(headline.name).figure(value),
        reliability=_("set by hand"),
        reason="",
        moments=moments_of(()),
        band=None,
        position=measured,
        details="",
        comparison="",
        is_better=False,
    )


def reason_of(entry: dict[str, Any]) -> str:
    """Why a number is as reliable as it is; the engine marks these sentences for translation."""
    reason: str = entry["reliability"]["reason"]
    return _(reason) if reason else ""


def band_of(measure: Measure, entry: dict[str, Any]) -> Band | None:
    """The drawing of a band: its scale reaches as far beyond the band as the band is wide."""
    band, value = entry["band"], entry["value"]
    if not band or value is None or (band["low"] is None and band["high"] is None):
        return None
    least = 0.0
    most = 1.0 if measure.is_share else math.inf
    low = least if band["low"] is None else band["low"]
    high = band["high"] if band["high"] is not None else min(most, max(2 * low, value))
    if high <= low:
        return None
    first = max(least, min(low - (high - low), value))
    last = min(most, max(high + (high - low), value))

    def place(number_on_scale: float) -> float:
        return float(round(100 * (number_on_scale - first) / (last - first), 1))

    label = f"{measure.said(value)}. {position(measure, band)}"
    return Band(place(low), round(place(high) - place(low), 1), place(value), label)


def position(measure: Measure, band: dict[str, Any]) -> str:
    """Where a value lies, in words that carry the limits where it lies outside."""
    limits = limits_of(measure, band)
    if band.get("source") == OWN:
        own = {
            "below": _("Below your own range, %(limits)s."),
            "inside": _("Inside your own range, %(limits)s."),
            "above": _("Above your own range, %(limits)s."),
        }
        return own[band["position"]] % {"limits": limits}
    if band["position"] == "inside":
        return _("Inside the usual range, %(limits)s.") % {"limits": limits}
    if band["position"] == "below":
        return _("Below the usual range, %(limits)s.") % {"limits": limits}
    return _("Above the usual range, %(limits)s.") % {"limits": limits}


def limits_of(measure: Measure, band: dict[str, Any]) -> str:
    """The limits of a band: 120 to 165, up to 5, 50 or more."""
    low, high = (
        None if band[end] is None else _end(band[end] * measure.factor) for end in ("low", "high")
    )
    if low is None or band["low"] == 0:
        return _("up to %(high)s") % {"high": high}
    if high is None:
        return _("%(low)s or more") % {"low": low}
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _end(value: float) -> str:
    """An end of a band: 165, but 4.5."""
    shown = round(value, 1)
    return number(shown, 0 if shown == round(shown) else 1)


def _details(document: dict[str, Any], name: str) -> str:
    """What the number is made of, counted in this recording."""
    events = document["events"]
    if name == "fillers":
        fillers = [event for event in events if event["type"] in FILLERS]
        sure = sum(event["tier"] == "sure" for event in fillers)
        possible = len(fillers) - sure
        counted = ngettext("%(n)s heard", "%(n)s heard", sure) % {"n": sure}
        if not possible:
            return f"{counted}."
        more = ngettext("%(n)s possible, not counted", "%(n)s possible, not counted", possible)
        return f"{counted}, {more % {'n': possible}}."
    if name == "pause_share":
        long = len(long_pauses(document))
        return ngettext("%(n)s pause over 1 s.", "%(n)s pauses over 1 s.", long) % {"n": long}
    if name == "mid_clause_share":
        pauses = [event for event in events if event["type"] == "pause"]
        inside = sum(bool(pause["text"]) for pause in pauses)
        sentence = ngettext("%(n)s of %(all)s pauses.", "%(n)s of %(all)s pauses.", inside)
        return sentence % {"n": inside, "all": len(pauses)}
    return ""


def _comparison(measure: Measure, value: float, earlier: Sequence[float]) -> tuple[str, bool]:
    """The value beside one's own usual one, and whether the difference is for the better."""
    if len(earlier) < ENOUGH_TO_COMPARE:
        return "", False
    usual = median(earlier)
    if abs(value - usual) <= SAME * abs(usual):
        return _("Same as usual."), False
    less = value < usual
    fewer, more = _("%(size)s less than your median."), _("%(size)s more than your median.")
    unit = _("points") if measure.is_share else measure.unit_in_rows
    size = f"{measure.figure(abs(value - usual))} {unit}"
    return (fewer if less else more) % {"size": size}, measure.lower_is_better is less
