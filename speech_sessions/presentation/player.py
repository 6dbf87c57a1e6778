"""What the player of a page is given."""

from typing import Any

from django.urls import reverse

from speech_sessions import selectors
from speech_sessions.models import SpeechSession
from speech_sessions.presentation.transcript import long_pauses

MOST_POINTS = 240  # of the pace curve: more cannot be seen, and nobody reads a longer table
MARKED = ("filled_pause", "lexical_filler")


def player_data(session: SpeechSession) -> dict[str, Any]:
    """Audio, waveform, pace, and the events that the page marks too: see docs/pages.md."""
    data = selectors.player_of(session)
    document = selectors.report_document(session) or {"events": []}
    marked = [event for event in document["events"] if event["type"] in MARKED]
    step = -(-len(data["pace"]) // MOST_POINTS) or 1
    return {
        **data,
        "audio": reverse("speech_sessions:audio", args=(session.pk,)),
        "pace": data["pace"][::step],
        "events": sorted(
            (
                {name: event[name] for name in ("type", "start", "end", "text", "tier")}
                for event in (*marked, *long_pauses(document))
                if event["start"] is not None
            ),
            key=lambda event: event["start"],
        ),
    }
