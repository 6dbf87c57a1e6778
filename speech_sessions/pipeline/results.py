"""What a run leaves behind: the report, and the session's summary of it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from analysis.engine import pacing_paragraph
from analysis.report import Report
from speech_sessions.models import AnalysisRun, SpeechReport, SpeechSession, TranscribedBlock
from speech_sessions.pipeline import claims, progress
from speech_sessions.selectors.history import COLUMNS


def version_of(report: Report) -> str:
    """The form of the report and of its formulas: what must be equal for numbers to compare."""
    return f"{report.version}.{report.engine['formula_version']}"


def locked_session(run: AnalysisRun) -> SpeechSession:
    """The run's session as it is now, locked until the transaction ends.

    Whoever writes both locks the session before the run, so that nobody waits in a circle. Raises
    claims.LeaseLost where it was deleted.
    """
    try:
        return SpeechSession.objects.select_for_update().get(pk=run.session_id)
    except SpeechSession.DoesNotExist as error:
        raise claims.LeaseLost(run.pk) from error


def show_recording(session: SpeechSession, duration: float, outline: list[float]) -> None:
    """Let the session show how long its recording is and its small waveform.

    Call it in a transaction, with `locked_session`.
    """
    values: dict[str, Any] = {"outline": outline}
    if "duration" not in session.hand_set:
        values["duration"] = round(duration)
    _change(session, values)


def finish(run: AnalysisRun, report: Report) -> None:
    """Store the report and end the run, in one transaction. Raises claims.LeaseLost.

    Values set by hand stay, and an archived session stays archived. Of the blocks only those of the
    newest finished run are kept.
    """
    with transaction.atomic():
        session = locked_session(run)
        progress.tell(
            run,
            state=AnalysisRun.State.DONE,
            progress=100,
            lease_until=None,
            error="",
            error_detail="",
            measured=None,
            finished_at=timezone.now(),
        )
        stored = SpeechReport.objects.create(
            session_id=run.session_id,
            run=run,
            version=version_of(report),
            duration=report.duration_seconds,
            words=report.value("words") or 0,
            filler_count=report.value("filler_count") or 0,
            confidence=report.confidence,
            pacing=pacing_paragraph(report),
            transcript=report.text,
            document=report.to_json(),
            **{column: report.value(name) for name, column in COLUMNS.items()},
        )
        _change(session, _summary(session, stored))
        older = TranscribedBlock.objects.filter(run__session=session).exclude(run=run)
        older.delete()


def _summary(session: SpeechSession, report: SpeechReport) -> dict[str, Any]:
    values: dict[str, Any] = {
        "filler_count": report.filler_count,
        "pacing_analysis": report.pacing,
        "confidence_score": report.confidence,
    }
    if session.audio_file:
        values["duration"] = round(report.duration)
        values["transcription"] = report.transcript
    values = {name: value for name, value in values.items() if name not in session.hand_set}
    if session.status == SpeechSession.Status.PENDING:
        values["status"] = SpeechSession.Status.ANALYZED
    return {**values, "report": report}


def _change(session: SpeechSession, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(session, name, value)
    session.save(update_fields=[*values, "updated_at"])
