"""A person's numbers over time, added up by the database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal, cast

from django.db.models import Avg, Count, F, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast, TruncDay, TruncMonth, TruncWeek
from django.utils import timezone

from accounts.models import User
from contract.moments import start_of
from speech_sessions.models import SpeechReport, SpeechSession
from speech_sessions.selectors.history import of_its_kind, reports_before
from speech_sessions.selectors.sessions import filter_sessions
from speech_sessions.selectors.trends import Trend, trend
from speech_sessions.selectors.versions import newest_version

Bucket = Literal["day", "week", "month"]

# Columns of SpeechReport that are charted.
MEASURES = (
    "speech_rate",
    "articulation_rate",
    "pace_variability",
    "fillers_per_minute",
    "filled_pauses_per_minute",
    "lexical_fillers_per_minute",
    "pauses_per_minute",
    "mean_pause",
    "mid_clause_share",
    "phonation_ratio",
    "mean_length_of_run",
    "repetitions_per_100_words",
)
TREND_SESSIONS = 200
HIGHLIGHTS = 3

_BUCKETS = {"day": TruncDay, "week": TruncWeek, "month": TruncMonth}


@dataclass(frozen=True)
class Analytics:
    """See docs/api.md, `analytics/`. Numbers that nobody has measured yet are None.

    `measured_otherwise` sessions were measured by other formulas than the newest report: their
    values are left out of averages, series, trends and months.
    """

    totals: dict[str, int]
    averages: dict[str, float | None]
    series: list[dict[str, Any]]
    trends: list[Trend]
    this_month_vs_last: dict[str, dict[str, float | None]]
    highlights: list[dict[str, Any]] = field(default_factory=list)
    measured_otherwise: int = 0


def analytics(
    user: User,
    *,
    from_: datetime | date | None = None,
    to: datetime | date | None = None,
    bucket: Bucket = "week",
    kind: str = "",
    language: str = "",
) -> Analytics:
    """The numbers of `user`'s sessions in a stretch of time, in buckets of the current zone.

    Totals show corrections by hand; averages, series and trends show what was measured: the plain
    mean over the sessions that have a report. `this_month_vs_last` does not depend on the stretch.
    """
    everything = filter_sessions(
        SpeechSession.objects.filter(user=user), kind=kind, language=language
    )
    sessions = filter_sessions(everything, date_after=from_, date_before=to)
    version = next(iter(newest_version(user)), None)
    otherwise = Count("pk", filter=Q(report__isnull=False) & ~Q(report__version=version))
    totals = sessions.order_by().aggregate(
        **_totals(), **_averages(version), measured_otherwise=otherwise
    )
    return Analytics(
        totals={name: int(totals[name] or 0) for name in _totals()},
        averages={name: _rounded(totals[f"mean_{name}"]) for name in MEASURES},
        series=_series(sessions, bucket, version),
        trends=_trends(sessions.filter(report__version=version)),
        this_month_vs_last=_months(everything, version),
        highlights=_highlights(sessions),
        measured_otherwise=totals["measured_otherwise"],
    )


def recent_values(
    user: User, measure: str, limit: int = 5, *, before: SpeechSession | None = None
) -> list[float]:
    """The newest `limit` values of one of MEASURES, newest first.

    All by the same formulas, the newest. With `before`, only of earlier recordings whose numbers
    compare with that session's: same kind, same language, and the formulas of its report.
    """
    if measure not in MEASURES:
        raise ValueError(measure)
    if before is not None and before.report is not None:
        reports = of_its_kind(reports_before(before), before).filter(version=before.report.version)
    else:
        reports = SpeechReport.objects.filter(
            session__user=user, pk=F("session__report_id"), version=newest_version(user)
        ).order_by("-session__date", "-session_id")
    known = reports.filter(**{f"{measure}__isnull": False})
    return list(known.values_list(measure, flat=True)[:limit])


def _totals() -> dict[str, Any]:
    return {
        "sessions": Count("pk"),
        "seconds": Sum("duration"),
        "words": Sum("report__words"),
        "fillers": Sum("filler_count"),
    }


def _averages(version: str | None) -> dict[str, Any]:
    return {f"mean_{name}": _mean(name, Q(report__version=version)) for name in MEASURES}


def _mean(name: str, condition: Q) -> Avg:
    return Avg(Cast(f"report__{name}", FloatField()), filter=condition)


def _series(
    sessions: QuerySet[SpeechSession], bucket: Bucket, version: str | None
) -> list[dict[str, Any]]:
    truncated = _BUCKETS[bucket]("date", tzinfo=timezone.get_current_timezone())
    by_bucket = sessions.annotate(bucket=truncated).order_by("bucket").values("bucket")
    rows = cast("Iterable[dict[str, Any]]", by_bucket.annotate(**_totals(), **_averages(version)))
    return [
        {
            "bucket": timezone.localtime(row["bucket"]).date(),
            **{name: int(row[name] or 0) for name in _totals()},
            **{name: _rounded(row[f"mean_{name}"]) for name in MEASURES},
        }
        for row in rows
    ]


def _trends(sessions: QuerySet[SpeechSession]) -> list[Trend]:
    newest = sessions.filter(report__isnull=False).order_by("-date", "-id")
    rows = list(
        newest.values_list("date", *(f"report__{name}" for name in MEASURES))[:TREND_SESSIONS]
    )
    return [
        trend(name, [(row[0], row[column]) for row in rows if row[column] is not None])
        for column, name in enumerate(MEASURES, start=1)
    ]


def _months(
    sessions: QuerySet[SpeechSession], version: str | None
) -> dict[str, dict[str, float | None]]:
    first = timezone.localdate().replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    this = Q(date__gte=start_of(first))
    last = Q(date__gte=start_of(before), date__lt=start_of(first))
    numbers = _totals()
    columns: dict[str, Any] = {}
    for label, month in (("this", this), ("last", last)):
        for name, number in numbers.items():
            aggregate = number.copy()
            aggregate.filter = month
            columns[f"{label}_{name}"] = aggregate
        for name in MEASURES:
            columns[f"{label}_{name}"] = _mean(name, month & Q(report__version=version))
    row = sessions.order_by().aggregate(**columns)
    return {
        name: _compared(row[f"this_{name}"], row[f"last_{name}"]) for name in (*numbers, *MEASURES)
    }


def _compared(this: float | None, last: float | None) -> dict[str, float | None]:
    change = this - last if this is not None and last is not None else None
    return {"this": _rounded(this), "last": _rounded(last), "change": _rounded(change)}


def _highlights(sessions: QuerySet[SpeechSession]) -> list[dict[str, Any]]:
    """What the newest reports praised, with the moment to listen to."""
    newest = sessions.filter(report__isnull=False).order_by("-date", "-id")
    rows = newest.values_list("pk", "report__document__feedback")[:HIGHLIGHTS]
    highlights = []
    for pk, feedback in rows:
        if feedback and feedback.get("strength"):
            start, end = feedback.get("clip") or (None, None)
            moment = {"text": feedback["strength"], "session": pk, "start": start, "end": end}
            highlights.append(moment)
    return highlights


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
