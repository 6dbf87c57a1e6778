"""Which range a value is held against: the entries of bands.toml."""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from analysis.report import Band, Measure
from analysis.translatable import gettext_noop

# The source of a range that the learner set.
OWN = gettext_noop("Your own range")

# A learner's own range of a measure: its ends, None where it is open.
Range = tuple[float | None, float | None]

_FILE = Path(__file__).with_name("bands.toml")


def band(name: str, value: float | None, language: str, kind: str) -> Band | None:
    """Where `value` of a measure lies for a language and kind of speech; None without a range."""
    if value is None:
        return None
    entry = _entry(name, language, kind)
    return _placed(value, entry) if entry else None


def usual(name: str, language: str, kind: str) -> tuple[Range, str] | None:
    """The range that a measure is held against, with its source; None without one."""
    entry = _entry(name, language, kind)
    return ((entry["good"][0], entry["good"][1]), entry["source"]) if entry else None


def banded() -> tuple[str, ...]:
    """The measures that have a range for some language and kind, in the order of bands.toml."""
    tables = [table for kinds in _table().values() for table in kinds.values()]
    return tuple(dict.fromkeys(name for table in tables for name in table))


def own(value: float | None, limits: Range) -> Band | None:
    """Where `value` lies in a range that the learner set; fair as far outside as half its width.

    With an open end, fair reaches a quarter of the other end further.
    """
    if value is None:
        return None
    low, high = limits
    margin = (high - low) / 2 if low is not None and high is not None else (low or high or 0) / 4
    position: Literal["below", "inside", "above"] = "inside"
    if low is not None and value < low:
        position, distance = "below", low - value
    elif high is not None and value > high:
        position, distance = "above", value - high
    else:
        return Band("good", position, low, high, OWN)
    return Band("fair" if distance <= margin else "far", position, low, high, OWN)


def with_own(measures: Iterable[Measure], ranges: Mapping[str, Range]) -> tuple[Measure, ...]:
    """The measures, each held against the learner's own range where `ranges` has one."""
    return tuple(
        replace(measure, band=own(measure.value, ranges[measure.name]))
        if measure.name in ranges
        else measure
        for measure in measures
    )


def _entry(name: str, language: str, kind: str) -> dict[str, Any] | None:
    for code in (language, "any"):
        for use in (kind, "any"):
            entry: dict[str, Any] | None = _table().get(code, {}).get(use, {}).get(name)
            if entry:
                return entry
    return None


@functools.lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _placed(value: float, entry: dict[str, Any]) -> Band:
    low, high = entry["good"]
    fair_low, fair_high = entry["fair"]
    position: Literal["below", "inside", "above"] = "inside"
    if value < low:
        position = "below"
    elif value > high:
        position = "above"
    label: Literal["good", "fair", "far"] = "far"
    if position == "inside":
        label = "good"
    elif fair_low <= value <= fair_high:
        label = "fair"
    return Band(label, position, float(low), float(high), entry["source"])
