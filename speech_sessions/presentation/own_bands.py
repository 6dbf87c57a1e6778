"""One's own ranges: beside the usual ones, and in reports made before they were set."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from analysis import bands
from speech_sessions import selectors
from speech_sessions.models import OwnBand
from speech_sessions.presentation.headlines import limits_of
from speech_sessions.presentation.measures import Measure, measure_called


@dataclass(frozen=True, slots=True)
class UsualBand:
    """A measure that has a range, with the usual one in words; empty where there is none."""

    measure: Measure
    limits: str
    source: str


def usual_bands(user: User, kind: str) -> list[UsualBand]:
    """The measures that have a range, as the language `user` spoke last and `kind` have it."""
    ranges = selectors.usual_ranges(selectors.spoken_language(user), kind)
    return [_usual(measure_called(name), found) for name, found in ranges.items()]


def own_limits(own: Iterable[OwnBand]) -> dict[str, str]:
    """By measure, one's own ranges in words."""
    return {
        band.measure: limits_of(measure_called(band.measure), {"low": band.low, "high": band.high})
        for band in own
    }


def with_own_bands(document: dict[str, Any], own: Mapping[str, bands.Range]) -> dict[str, Any]:
    """The report's document, each number held against the range its owner has set by now."""
    if not own:
        return document
    return {**document, "measures": [_held(entry, own) for entry in document["measures"]]}


def _held(entry: dict[str, Any], own: Mapping[str, bands.Range]) -> dict[str, Any]:
    if entry["name"] not in own or entry["value"] is None:
        return entry
    band = bands.own(entry["value"], own[entry["name"]])
    return {**entry, "band": asdict(band) if band else None}


def _usual(measure: Measure, found: tuple[bands.Range, str] | None) -> UsualBand:
    if found is None:
        return UsualBand(measure, "", "")
    (low, high), source = found
    return UsualBand(measure, limits_of(measure, {"low": low, "high": high}), _(source))
