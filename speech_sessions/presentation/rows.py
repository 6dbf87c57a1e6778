"""A session as one row of a list."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from speech_sessions.models import AnalysisRun, SpeechSession
from speech_sessions.presentation.wording import language_name, number, when


@dataclass(frozen=True, slots=True)
class SessionRow:
    """What a list tells about one session; `state` names why there are no numbers yet."""

    pk: int
    url: str
    title: str
    note: str
    outline: str
    duration: int
    pace: str
    fillers: str
    state: str
    archived: bool


def session_row(session: SpeechSession) -> SessionRow:
    """The row of `session`, whose report and newest run are already loaded."""
    report = session.report
    fillers = fillers_per_minute(session)
    return SessionRow(
        pk=session.pk,
        url=session.get_absolute_url(),
        title=title_of(session),
        note=note_of(session),
        outline=",".join(f"{peak:.2f}" for peak in session.outline),
        duration=session.duration,
        pace="" if report is None or report.speech_rate is None else number(report.speech_rate, 0),
        fillers="" if fillers is None else number(fillers, 1),
        state=state_of(session.current_run) if report is None else "",
        archived=session.status == SpeechSession.Status.ARCHIVED,
    )


def title_of(session: SpeechSession) -> str:
    """The title, or what a session without one is called."""
    return session.title or _("Untitled %(kind)s") % {"kind": session.get_kind_display().lower()}


def note_of(session: SpeechSession) -> str:
    """Kind, language where it is not the reader's, and day."""
    parts = [session.get_kind_display()]
    if session.language.split("-")[0].lower() != (get_language() or "en").split("-")[0]:
        parts.append(language_name(session.language))
    parts.append(when(session.date))
    return " · ".join(parts)


def fillers_per_minute(session: SpeechSession) -> float | None:
    """The report's rate, or the rate that a count or length set by hand gives."""
    if {"filler_count", "duration"} & set(session.hand_set) and session.duration:
        return session.filler_count * 60 / session.duration
    return session.report.fillers_per_minute if session.report else None


def state_of(run: AnalysisRun | None) -> str:
    """Why a session has no numbers yet, in a word or two."""
    if run is None:
        return _("Not analysed")
    if run.state == AnalysisRun.State.QUEUED:
        return _("Waiting")
    if run.state == AnalysisRun.State.RUNNING:
        return _("Analysing, %(progress)s %%") % {"progress": run.progress}
    if run.state == AnalysisRun.State.FAILED:
        return _("Could not be analysed")
    return ""
