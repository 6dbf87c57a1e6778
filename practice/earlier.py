"""What earlier practice of the same kind came to, to hold one session against."""

from typing import Any

from django.db.models import QuerySet

from practice.models import PracticeSession
from practice.results import FillerFree, filler_free
from speech_sessions.selectors.history import COLUMNS

LAST_VALUES = 10
LAST_TRIES = 5


def before(session: PracticeSession) -> QuerySet[PracticeSession]:
    """Practice of the same person and kind before `session`, the newest first."""
    return PracticeSession.objects.filter(
        user=session.user_id, kind=session.kind, started_at__lt=session.started_at
    )


def values_before(session: PracticeSession) -> dict[str, list[float]]:
    """The last ten values of each measure that reports keep in a column. One query."""
    names = {measure: f"recording__report__{column}" for measure, column in COLUMNS.items()}
    reported = before(session).filter(recording__report__isnull=False)
    rows = list(reported.values(*names.values())[:LAST_VALUES])
    return {
        measure: [row[name] for row in rows if row[name] is not None]
        for measure, name in names.items()
    }


def tries_before(session: PracticeSession) -> list[tuple[PracticeSession, FillerFree]]:
    """The last five tries at the filler-free challenge that could be measured. One query."""
    reported = before(session).filter(recording__report__isnull=False)
    tries = [
        (tried, filler_free(_document(tried)))
        for tried in reported.select_related("recording__report")[:LAST_TRIES]
    ]
    return [(tried, found) for tried, found in tries if found]


def _document(session: PracticeSession) -> dict[str, Any]:
    report = session.recording.report if session.recording else None
    assert report is not None
    document: dict[str, Any] = report.document
    return document
