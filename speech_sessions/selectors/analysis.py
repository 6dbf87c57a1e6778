"""What is known about one session: how far its analysis is, its report, its waveform."""

from typing import Any, TypedDict

from speech_sessions import events
from speech_sessions.models import AnalysisRun, SpeechSession


class PlayerData(TypedDict):
    """What the player draws: times in seconds from the start, peaks from 0 to 1, pace in wpm."""

    peaks: list[float]
    duration: float
    events: list[dict[str, Any]]
    pace: list[list[float]]
    band: list[float | None] | None


def analysis_state(session: SpeechSession) -> events.AnalysisState:
    """How far the session's newest analysis is, and what went wrong if it failed."""
    return events.state_of(session)


def report_document(session: SpeechSession) -> dict[str, Any] | None:
    """The newest report as it was measured, corrections by hand left out; None before the first."""
    return session.report.document if session.report else None


def player_of(session: SpeechSession) -> PlayerData:
    """What the player draws of the session; empty lists until it is analysed."""
    recording = _newest_recording(session)
    document = report_document(session) or {}
    return {
        "peaks": recording.get("peaks", []),
        "duration": recording.get("duration", document.get("duration_seconds", session.duration)),
        "events": document.get("events", []),
        "pace": document.get("series", {}).get("local_pace", []),
        "band": _band(document, "speech_rate"),
    }


def _newest_recording(session: SpeechSession) -> dict[str, Any]:
    """What the newest run that read the present recording found out about it."""
    runs = AnalysisRun.objects.filter(session=session).exclude(recording={})
    found = runs.order_by("-id").values_list("recording", flat=True).first()
    return found or {}


def _band(document: dict[str, Any], measure: str) -> list[float | None] | None:
    for entry in document.get("measures", []):
        if entry["name"] == measure and entry.get("band"):
            return [entry["band"]["low"], entry["band"]["high"]]
    return None
