"""What is known about one session: how far its analysis is, its report, its waveform."""

from typing import Any, TypedDict

from speech_sessions import events
from speech_sessions.models import AnalysisRun, SpeechSession


class PlayerData(TypedDict):
    """What the player draws: peaks from 0 to 1, evenly spread over the duration in seconds."""

    peaks: list[float]
    duration: float


def analysis_state(session: SpeechSession) -> events.AnalysisState:
    """How far the session's newest analysis is, and what went wrong if it failed."""
    return events.state_of(session)


def report_document(session: SpeechSession) -> dict[str, Any] | None:
    """The newest report as it was measured, corrections by hand left out; None before the first."""
    return session.report.document if session.report else None


def player_of(session: SpeechSession) -> PlayerData:
    """What the player draws of the session; no peaks until it is analysed."""
    recording = _newest_recording(session)
    document = report_document(session) or {}
    return {
        "peaks": recording.get("peaks", []),
        "duration": recording.get("duration", document.get("duration_seconds", session.duration)),
    }


def _newest_recording(session: SpeechSession) -> dict[str, Any]:
    """What the newest run that read the present recording found out about it."""
    runs = AnalysisRun.objects.filter(session=session).exclude(recording={})
    found = runs.order_by("-id").values_list("recording", flat=True).first()
    return found or {}
