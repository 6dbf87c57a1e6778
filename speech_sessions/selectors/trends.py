"""Whether a number rises or falls from session to session, and how sure that is."""

import math
from datetime import datetime
from typing import Literal, TypedDict

import numpy as np

MONTH = 365.25 / 12 * 24 * 60 * 60
FEWEST = 5

Verdict = Literal["rising", "falling", "steady", "too early to say"]


class Trend(TypedDict):
    """Change of a measure in a month of 30.4 days, with its 95 % interval."""

    measure: str
    slope_per_month: float | None
    low: float | None
    high: float | None
    verdict: Verdict


def trend(measure: str, points: list[tuple[datetime, float]]) -> Trend:
    """The Theil-Sen slope (median of all pairwise slopes) with Sen's 95 % interval (Sen 1968).

    Rising or falling only where the interval leaves out 0; under five sessions nothing is claimed.
    """
    early: Trend = {
        "measure": measure,
        "slope_per_month": None,
        "low": None,
        "high": None,
        "verdict": "too early to say",
    }
    if len(points) < FEWEST:
        return early
    times = np.array([moment.timestamp() for moment, _ in points]) / MONTH
    values = np.array([value for _, value in points], dtype=float)
    first, second = np.triu_indices(len(points), k=1)
    apart = np.abs(times[second] - times[first]) > 0
    slopes = np.sort(
        (values[second] - values[first])[apart] / (times[second] - times[first])[apart]
    )
    if not len(slopes):
        return early
    count = len(points)
    spread = 1.96 * math.sqrt(count * (count - 1) * (2 * count + 5) / 18)
    low = slopes[max(0, math.floor((len(slopes) - spread) / 2))]
    high = slopes[min(len(slopes) - 1, math.ceil((len(slopes) + spread) / 2))]
    verdict: Verdict = "rising" if low > 0 else "falling" if high < 0 else "steady"
    return {
        "measure": measure,
        "slope_per_month": round(float(np.median(slopes)), 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
        "verdict": verdict,
    }
