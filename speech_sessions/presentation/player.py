"""What the player of a page is given."""

from typing import Any

from django.urls import reverse

from speech_sessions import selectors
from speech_sessions.models import SpeechSession
from speech_sessions.presentation.transcript import long_pauses

MARKED = ("filled_pause", "lexical_filler")


def player_data(session: SpeechSession) -> dict[str, Any]:
    """Audio, waveform, and the events that the page marks too: see docs/pages.md."""
    data = selectors.player_of(session)
    document = selectors.report_document(session) or {"events": []}
    marked = [event for event in document["events"] if event["type"] in MARKED]
    return {
        "audio": reverse("speech_sessions:audio", args=(session.pk,)),
        "peaks": data["peaks"],
        "duration": data["duration"],
        "events": sorted(
            (
                {name: event[name] for name in ("type", "start", "end", "text", "tier")}
                for event in (*marked, *long_pauses(document))
                if event["start"] is not None
            ),
            key=lambda event: event["start"],
        ),
    }
