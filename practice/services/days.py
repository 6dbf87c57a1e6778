"""What each day of practice comes to, and the days in a row; kept so that years read quickly."""

from typing import Any

from django.db.models import Count, F, Max, Min, Q, Sum

from practice import selectors
from practice.models import PracticeDay, PracticeRun, PracticeSession
from practice.streaks import newest_run

# What counts for a streak: something was practised to its end, or to half of it.
COUNTED = (PracticeSession.Status.COMPLETED, PracticeSession.Status.PARTIAL)


def count_day(session: PracticeSession) -> None:
    """Count a session that has just ended on its day. In the transaction that ends it."""
    day, _is_new = PracticeDay.objects.select_for_update().get_or_create(
        user_id=session.user_id,
        date=session.local_date,
        kind=session.kind,
        defaults={"time_zone": session.time_zone},
    )
    changes: dict[str, Any] = {
        "seconds": F("seconds") + session.duration_seconds,
        "sessions": F("sessions") + 1,
    }
    if session.completion_status in COUNTED:
        moments = [session.started_at, *filter(None, (day.first_at, day.last_at))]
        changes |= {"first_at": min(moments), "last_at": max(moments)}
    PracticeDay.objects.filter(pk=day.pk).update(**changes)
    if session.completion_status in COUNTED:
        _renew_run(session.user_id)


def recount_day(session: PracticeSession) -> None:
    """Count the day of a session that has been deleted anew, in the transaction that deletes it."""
    if session.completed_at is None:
        return
    day = {"user_id": session.user_id, "kind": session.kind}
    row = PracticeDay.objects.select_for_update().filter(date=session.local_date, **day)
    ended = PracticeSession.objects.filter(
        local_date=session.local_date, completed_at__isnull=False, **day
    )
    counts = Q(completion_status__in=COUNTED)
    list(row)  # whoever ends another session of the day waits
    found = ended.order_by().aggregate(
        seconds=Sum("duration_seconds"),
        sessions=Count("pk"),
        first_at=Min("started_at", filter=counts),
        last_at=Max("started_at", filter=counts),
    )
    if found["sessions"]:
        row.update(**found)
    else:
        row.delete()
    _renew_run(session.user_id)


def _renew_run(user_id: int) -> None:
    """Count the days in a row anew: a phone may report a day of last week only now."""
    run = newest_run(selectors.moments_of(user_id))
    if run is None:
        PracticeRun.objects.filter(user_id=user_id).delete()
    else:
        PracticeRun.objects.update_or_create(
            user_id=user_id,
            defaults={
                "last_at": run.last.at,
                "last_zone": run.last.zone,
                "length": run.length,
                "since_freeze": run.since_freeze,
                "frozen": run.frozen,
                "best": run.best,
            },
        )
