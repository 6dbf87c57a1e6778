"""What is read of practice; a fixed number of queries, however much there is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db.models import Avg, Count, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from practice.models import (
    PracticeDay,
    PracticeFeed,
    PracticeRun,
    PracticeSession,
    Sequence,
    Step,
)
from practice.streaks import Moment, Run, Streak, streak

WEEKS = MONTHS = 12


@dataclass(frozen=True, slots=True)
class Statistics:
    """Sessions that were completed, and how many of all that were started they are."""

    total_sessions: int
    total_practice_time_seconds: int
    average_duration_seconds: float
    completion_rate_percent: float


@dataclass(slots=True)
class Overview:
    """Totals, streak, and what each week, month and kind brought; weeks begin on Monday."""

    statistics: Statistics
    streak: Streak
    by_week: list[dict[str, Any]] = field(default_factory=list)
    by_month: list[dict[str, Any]] = field(default_factory=list)
    by_kind: list[dict[str, Any]] = field(default_factory=list)


def sessions_of(user: User) -> QuerySet[PracticeSession]:
    """The practice sessions of `user`, the newest first."""
    return PracticeSession.objects.filter(user=user)


def with_details(sessions: QuerySet[PracticeSession]) -> QuerySet[PracticeSession]:
    """The same, with what the page and the API show of one."""
    return sessions.select_related("sequence", "question").prefetch_related("pauses", "steps")


def own_sessions(user: User) -> QuerySet[PracticeSession]:
    """Those of `user`, with everything the pages show of one."""
    related = ("question", "recording", "recording__report")
    sessions = with_details(sessions_of(user)).select_related(*related)
    return sessions.prefetch_related("sequence__steps")


class NotTheirs(Exception):
    """The session belongs to somebody else."""


def session_of(user: User, pk: int) -> PracticeSession:
    """The session `pk` with its details. Raises PracticeSession.DoesNotExist, NotTheirs."""
    session = with_details(PracticeSession.objects.all()).get(pk=pk)
    if session.user_id != user.pk:
        raise NotTheirs
    return session


def session_id_of(user: User, name: str | int) -> int:
    """The number of the session that `user` names, by it or as their device does.

    Raises PracticeSession.DoesNotExist for a name that none has.
    """
    if isinstance(name, int):
        return name
    found: int = sessions_of(user).values_list("pk", flat=True).get(client_id=name)
    return found


def change_number(user: User) -> int:
    """The number of the newest change of any session of `user`; 0 before the first."""
    return PracticeFeed.objects.filter(user=user).values_list("seq", flat=True).first() or 0


def changed_since(user: User, seq: int) -> QuerySet[PracticeSession]:
    """The fifty newest of the sessions of `user` that changed after the change `seq`."""
    return with_details(sessions_of(user).filter(seq__gt=seq)).order_by("-seq")[:50]


def current_session(user: User) -> PracticeSession | None:
    """The newest session of `user` that has not ended."""
    return sessions_of(user).filter(completed_at=None).first()


def sequences_for(user: User) -> QuerySet[Sequence]:
    """The product's own sequences and those of `user`, each with its steps."""
    steps = Prefetch("steps", Step.objects.order_by("number"))
    return Sequence.objects.filter(Q(owner=None) | Q(owner=user)).prefetch_related(steps)


def usual_seconds(session: PracticeSession) -> int | None:
    """The median length of the learner's last ten completed sessions of this kind before this one.

    None with fewer than three of them.
    """
    before = sessions_of(session.user).filter(
        kind=session.kind,
        completion_status=PracticeSession.Status.COMPLETED,
        started_at__lt=session.started_at,
    )
    lengths = list(before.values_list("duration_seconds", flat=True)[:10])
    return int(median(lengths)) if len(lengths) >= 3 else None


def statistics(user: User) -> Statistics:
    """The totals over the sessions of `user`. One query."""
    completed = Q(completion_status=PracticeSession.Status.COMPLETED)
    found = sessions_of(user).aggregate(
        started=Count("pk"),
        completed=Count("pk", filter=completed),
        seconds=Sum("duration_seconds", filter=completed),
        average=Avg("duration_seconds", filter=completed),
    )
    rate = 100 * found["completed"] / found["started"] if found["started"] else 0
    return Statistics(
        total_sessions=found["completed"],
        total_practice_time_seconds=found["seconds"] or 0,
        average_duration_seconds=round(float(found["average"] or 0), 1),
        completion_rate_percent=round(rate, 1),
    )


def overview(user: User) -> Overview:
    """Everything that `stats` tells. Four queries."""
    today = timezone.localdate()
    weeks, months = _last_weeks(today), _last_months(today)
    since = min(weeks[0], months[0])
    days = _sums(PracticeDay.objects.filter(user=user, date__gte=since), "date")
    return Overview(
        statistics=statistics(user),
        streak=streak_of(user),
        by_week=_by(days, weeks, lambda day: day - timedelta(days=day.weekday())),
        by_month=_by(days, months, lambda day: day.replace(day=1)),
        by_kind=[
            {"kind": kind, "seconds": seconds, "sessions": sessions}
            for kind, seconds, sessions in _sums(PracticeDay.objects.filter(user=user), "kind")
        ],
    )


def moments_of(user_id: int) -> list[Moment]:
    """When somebody practised what counts for a streak: first and last of each day. One query."""
    days = PracticeDay.objects.filter(user_id=user_id, first_at__isnull=False)
    return [
        Moment(at, zone)
        for first, last, zone in days.values_list("first_at", "last_at", "time_zone")
        for at in (first, last)
        if at is not None
    ]


def streak_of(user: User) -> Streak:
    """How many days in a row `user` has practised, as of now where they are. One query."""
    now = Moment(timezone.now(), timezone.get_current_timezone_name())
    found = PracticeRun.objects.filter(user=user).first()
    if found is None:
        return streak(None, now)
    last = Moment(found.last_at, found.last_zone)
    return streak(Run(last, found.length, found.since_freeze, found.frozen, found.best), now)


def calendar(user: User, first: date, last: date) -> list[dict[str, Any]]:
    """The days of `user` from `first` to `last` on which they practised. One query."""
    days = _sums(PracticeDay.objects.filter(user=user, date__range=(first, last)), "date")
    return [{"date": day, "seconds": seconds, "sessions": count} for day, seconds, count in days]


def _sums(days: QuerySet[PracticeDay], name: str) -> list[tuple[Any, int, int]]:
    """Seconds and sessions for each value of the column `name`, in its order."""
    found = days.values(name).order_by(name)
    return list(
        found.annotate(all_seconds=Sum("seconds"), all_sessions=Sum("sessions")).values_list(
            name, "all_seconds", "all_sessions"
        )
    )


def _by(
    days: list[tuple[date, int, int]], buckets: list[date], bucket_of: Callable[[date], date]
) -> list[dict[str, Any]]:
    sums = {bucket: [0, 0] for bucket in buckets}
    for day, seconds, sessions in days:
        total = sums.get(bucket_of(day))
        if total is not None:
            total[0] += seconds
            total[1] += sessions
    return [
        {"bucket": bucket, "seconds": seconds, "sessions": sessions}
        for bucket, (seconds, sessions) in sums.items()
    ]


def _last_weeks(today: date) -> list[date]:
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def _last_months(today: date) -> list[date]:
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]
