"""What the player of a page is given."""

from statistics import fmean
from typing import Any

from django.urls import reverse

from speech_sessions import selectors
from speech_sessions.models import SpeechSession
from speech_sessions.presentation.transcript import long_pauses

MOST_POINTS = 240  # of the pace curve: more cannot be seen
MOST_ROWS = 60  # of its table: nobody reads a longer one
SHORTEST_STEP = 10.0  # seconds between rows: the pace is measured in windows of that length
MARKED = ("filled_pause", "lexical_filler")


def player_data(session: SpeechSession) -> dict[str, Any]:
    """Audio, waveform, pace, and the events that the page marks too: see docs/pages.md."""
    data = selectors.player_of(session)
    document = selectors.report_document(session) or {"events": []}
    marked = [event for event in document["events"] if event["type"] in MARKED]
    return {
        **data,
        "audio": reverse("speech_sessions:audio", args=(session.pk,)),
        "pace": curve_of(data["pace"]),
        "pace_rows": rows_of(data["pace"]),
        "events": sorted(
            (
                {name: event[name] for name in ("type", "start", "end", "text", "tier")}
                for event in (*marked, *long_pauses(document))
                if event["start"] is not None
            ),
            key=lambda event: event["start"],
        ),
    }


def curve_of(pace: list[list[float]]) -> list[list[float]]:
    """The curve with fewer points; of neighbours the one farthest from the mean stays."""
    step = -(-len(pace) // MOST_POINTS)
    if step <= 1:
        return pace
    mean = fmean(value for _, value in pace)
    return [
        max(pace[start : start + step], key=lambda point: abs(point[1] - mean))
        for start in range(0, len(pace), step)
    ]


def rows_of(pace: list[list[float]]) -> list[list[float]]:
    """The curve as a table, at even steps of ten seconds or more."""
    if not pace:
        return []
    step = max(SHORTEST_STEP, (pace[-1][0] - pace[0][0]) / MOST_ROWS)
    rows: list[list[float]] = []
    for point in pace:
        if not rows or point[0] - rows[-1][0] >= step:
            rows.append(point)
    return rows
