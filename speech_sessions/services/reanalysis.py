"""Measuring old recordings again by newer formulas, in the background."""

from accounts.models import User
from analysis.measures import FORMULA_VERSION
from speech_sessions.models import AnalysisRun, PlannedAnalysis, SpeechReport, SpeechSession
from speech_sessions.selectors.versions import formula_version


class UnknownVersion(Exception):
    """A version of the formulas that this installation does not have."""


def plan_reanalysis(
    version: int = FORMULA_VERSION,
    *,
    user: User | None = None,
    limit: int | None = None,
    dry_run: bool = False,
) -> int:
    """Plan a new analysis for sessions whose report is of older formulas than `version`; how many.

    Oldest plans go first, and within them the newest sessions. What is planned, queued or running
    already, or has neither a recording nor a text, is left out. Raises UnknownVersion.
    """
    if not 1 <= version <= FORMULA_VERSION:
        raise UnknownVersion(version)
    versions = SpeechReport.objects.order_by().values_list("version", flat=True).distinct()
    older = [each for each in versions if formula_version(each) < version]
    found = (
        SpeechSession.objects.filter(
            report__version__in=older, planned_analysis=None, audio_deleted_at=None
        )
        .exclude(runs__state__in=AnalysisRun.UNFINISHED)
        .exclude(audio_file="", transcription="")
        .order_by("-date", "-pk")
    )
    if user is not None:
        found = found.filter(user=user)
    sessions = list(found.values_list("pk", flat=True)[:limit])
    if dry_run:
        return len(sessions)
    before = PlannedAnalysis.objects.count()
    PlannedAnalysis.objects.bulk_create(
        (PlannedAnalysis(session_id=pk) for pk in sessions), ignore_conflicts=True, batch_size=500
    )
    return PlannedAnalysis.objects.count() - before
