"""When reminders are due: worked out by hand, over zones, both changes of the clock, and travel."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from practice.reminder_times import next_due

EVERY_DAY = frozenset(range(1, 8))
WEEKENDS = frozenset({6, 7})
MONDAYS = frozenset({1})


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "at", "weekdays", "zone", "last", "due"),
    [
        # The plain cases: later today, tomorrow, the next chosen weekday.
        ("2026-11-20 07:00", "18:00", EVERY_DAY, "UTC", None, "2026-11-20 18:00"),
        ("2026-11-20 18:00", "18:00", EVERY_DAY, "UTC", None, "2026-11-21 18:00"),
        ("2026-11-20 19:00", "18:00", EVERY_DAY, "UTC", None, "2026-11-21 18:00"),
        ("2026-11-20 07:00", "18:00", MONDAYS, "UTC", None, "2026-11-23 18:00"),
        ("2026-11-23 18:00", "18:00", MONDAYS, "UTC", None, "2026-11-30 18:00"),
        ("2026-12-31 23:30", "00:15", EVERY_DAY, "UTC", None, "2027-01-01 00:15"),
        # The date is that of the zone: it is Saturday in Auckland and Friday in Honolulu.
        ("2026-11-20 18:00", "08:00", WEEKENDS, "Pacific/Auckland", None, "2026-11-20 19:00"),
        ("2026-11-21 05:00", "18:00", WEEKENDS, "Pacific/Honolulu", None, "2026-11-22 04:00"),
        ("2026-11-20 00:00", "07:30", EVERY_DAY, "Asia/Kathmandu", None, "2026-11-20 01:45"),
        # The same local time after the clock was put forward or back is another instant.
        ("2026-03-28 17:30", "18:00", EVERY_DAY, "Europe/Berlin", None, "2026-03-29 16:00"),
        ("2026-10-24 17:30", "18:00", EVERY_DAY, "Europe/Berlin", None, "2026-10-25 17:00"),
        # 02:30 does not exist in Berlin on 29 March 2026: 03:00 is the next time that does.
        ("2026-03-28 12:00", "02:30", EVERY_DAY, "Europe/Berlin", None, "2026-03-29 01:00"),
        ("2026-03-28 12:00", "02:00", EVERY_DAY, "Europe/Berlin", None, "2026-03-29 01:00"),
        ("2026-03-29 01:00", "02:30", EVERY_DAY, "Europe/Berlin", None, "2026-03-30 00:30"),
        ("2026-03-07 20:00", "02:15", EVERY_DAY, "America/New_York", None, "2026-03-08 07:00"),
        # Lord Howe is put forward by half an hour: 02:00 to 02:30.
        ("2026-10-03 05:00", "02:10", EVERY_DAY, "Australia/Lord_Howe", None, "2026-10-03 15:30"),
        # Beirut is put forward at midnight: 00:20 does not exist, 01:00 is the same day.
        ("2026-03-28 12:00", "00:20", EVERY_DAY, "Asia/Beirut", None, "2026-03-28 22:00"),
        # 02:30 comes twice in Berlin on 25 October 2026: the first counts, and only it.
        ("2026-10-24 12:00", "02:30", EVERY_DAY, "Europe/Berlin", None, "2026-10-25 00:30"),
        ("2026-10-25 00:30", "02:30", EVERY_DAY, "Europe/Berlin", None, "2026-10-26 01:30"),
        ("2026-11-01 04:00", "01:30", EVERY_DAY, "America/New_York", None, "2026-11-01 05:30"),
        ("2026-11-01 05:30", "01:30", EVERY_DAY, "America/New_York", None, "2026-11-02 06:30"),
        # Samoa left out 30 December 2011: nothing is due on a date that never was.
        ("2011-12-30 05:00", "18:00", EVERY_DAY, "Pacific/Apia", None, "2011-12-31 04:00"),
        ("2011-12-29 05:00", "18:00", frozenset({5}), "Pacific/Apia", None, "2012-01-06 04:00"),
        # Flown from Auckland (reminded on the 22nd) to Honolulu, where the 22nd comes again.
        ("2026-11-22 08:00", "18:00", EVERY_DAY, "Pacific/Honolulu", "2026-11-22",
         "2026-11-24 04:00"),
        # Flown from Honolulu to Auckland: a date is skipped, the next one has its reminder.
        ("2026-11-22 05:00", "18:00", EVERY_DAY, "Pacific/Auckland", "2026-11-21",
         "2026-11-23 05:00"),
        # Flown from New York to London within one evening: reminded there already.
        ("2026-11-20 23:10", "23:30", EVERY_DAY, "Europe/London", "2026-11-20",
         "2026-11-21 23:30"),
    ],
)  # fmt: skip
def test_reminder_is_due_at_the_instant_worked_out(after, at, weekdays, zone, last, due):
    found = next_due(
        utc(after),
        time.fromisoformat(at),
        weekdays,
        ZoneInfo(zone),
        date.fromisoformat(last) if last else None,
    )
    assert found == utc(due)


def test_reminder_without_weekdays_is_never_due():
    assert next_due(utc("2026-11-20 07:00"), time(18), frozenset(), ZoneInfo("UTC")) is None
