"""When a reminder is due: a local time on some weekdays, as the next instant.

Pure: a time, weekdays and a zone in, an instant out. A clock that is put forward skips times; a
reminder at one of them is due when the clock goes on, on the same date or not at all. A clock that
is put back shows times twice; a reminder is due the first time.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# A weekday that comes only once in a while may be skipped by a zone that leaves out a whole date.
_FURTHEST = 21


def next_due(
    after: datetime,
    at: time,
    weekdays: frozenset[int],
    zone: ZoneInfo,
    last_date: date | None = None,
) -> datetime | None:
    """The first instant later than `after` that is `at` on one of `weekdays` in `zone`, in UTC.

    `weekdays` are 1 (Monday) to 7. Dates up to `last_date` have had theirs: who flies west over
    the date line lives a date twice and is reminded once. None without weekdays.
    """
    first = after.astimezone(zone).date()
    if last_date is not None:
        first = max(first, last_date + timedelta(days=1))
    for number in range(_FURTHEST):
        day = first + timedelta(days=number)
        if day.isoweekday() not in weekdays:
            continue
        due = instant_of(day, at, zone)
        if due is not None and due > after:
            return due
    return None


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """When the clocks of `zone` show `at` on `day`, or first show a later time of that day; in UTC.

    None where the zone leaves out the rest of the day, or all of it.
    """
    local = datetime.combine(day, at.replace(fold=0), zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    shown = _end_of_gap(local, zone)
    return shown if shown.astimezone(zone).date() == day else None


def _end_of_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """When the clock is put forward over `local`, a time that is never shown; in UTC."""
    # With the offset of after the change the instant lies before it, with that of before, after.
    early = local.replace(fold=1).astimezone(UTC)
    late = local.replace(fold=0).astimezone(UTC)
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)
