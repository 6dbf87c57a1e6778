"""Which range a value is held against: the entries of bands.toml."""

import functools
import tomllib
from pathlib import Path
from typing import Any, Literal

from analysis.report import Band

_FILE = Path(__file__).with_name("bands.toml")


def band(name: str, value: float | None, language: str, kind: str) -> Band | None:
    """Where `value` of a measure lies for a language and kind of speech; None without a range."""
    if value is None:
        return None
    entry = _entry(name, language, kind)
    return _placed(value, entry) if entry else None


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
