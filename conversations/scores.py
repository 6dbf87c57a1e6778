"""The two scores of feedback that are followed over time."""

import math
from collections.abc import Mapping
from typing import Any

NAMES = ("grammar_score", "pronunciation_score")


def scores_in(feedback: Mapping[str, Any]) -> dict[str, float | None]:
    """The scores that `feedback` holds as numbers from 0 to 100; None for any other."""
    return {name: _number(feedback.get(name)) for name in NAMES}


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and 0 <= value <= 100 else None
