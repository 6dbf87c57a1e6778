"""Streaks over zones, daylight saving, date lines and freezes; each result worked out by hand."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.streaks import Moment, newest_run, streak

LONDON, PARIS, NEW_YORK = "Europe/London", "Europe/Paris", "America/New_York"
LOS_ANGELES, TOKYO, AUCKLAND, APIA = (
    "America/Los_Angeles",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "Pacific/Apia",
)


def at(text: str, zone: str = LONDON) -> Moment:
    """`text` is local time in `zone`."""
    return Moment(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)), zone)


def days(first: str, count: int, zone: str = LONDON, hour: int = 18) -> list[Moment]:
    start = datetime.fromisoformat(f"{first}T{hour:02}:00")
    return [
        Moment((start + timedelta(days=number)).replace(tzinfo=ZoneInfo(zone)), zone)
        for number in range(count)
    ]


FIRST, LAST = datetime.fromisoformat("2025-01-01"), datetime.fromisoformat("2025-03-01")

# What happened, now, the present streak, the best one.
CASES = {
    "nothing was ever practised": ([], at("2026-11-20T09:00"), 0, 0),
    "today for the first time": ([at("2026-11-20T08:00")], at("2026-11-20T09:00"), 1, 1),
    "yesterday, and today is still to come": (
        [at("2026-11-19T22:00")],
        at("2026-11-20T09:00"),
        1,
        1,
    ),
    "the day before yesterday": ([at("2026-11-18T22:00")], at("2026-11-20T09:00"), 0, 1),
    "twice on one day": (
        [at("2026-11-20T08:00"), at("2026-11-20T20:00")],
        at("2026-11-20T21:00"),
        1,
        1,
    ),
    "late one evening and early next morning": (
        [at("2026-11-19T23:55"), at("2026-11-20T00:05")],
        at("2026-11-20T09:00"),
        2,
        2,
    ),
    "three days in a row, in any order": (
        list(reversed(days("2026-11-18", 3))),
        at("2026-11-20T19:00"),
        3,
        3,
    ),
    "a longer run before a break": (
        days("2026-11-01", 5) + days("2026-11-18", 3),
        at("2026-11-20T19:00"),
        3,
        5,
    ),
    "one missed day after six days: no freeze yet": (
        [*days("2026-11-01", 6), at("2026-11-08T18:00")],
        at("2026-11-08T19:00"),
        1,
        6,
    ),
    "one missed day after seven days: the freeze bridges it": (
        [*days("2026-11-01", 7), at("2026-11-09T18:00")],
        at("2026-11-09T19:00"),
        8,
        8,
    ),
    "two missed days after seven days: one freeze is not enough": (
        [*days("2026-11-01", 7), at("2026-11-10T18:00")],
        at("2026-11-10T19:00"),
        1,
        7,
    ),
    "a second missed day three days after the freeze": (
        [*days("2026-11-01", 7), *days("2026-11-09", 3), at("2026-11-13T18:00")],
        at("2026-11-13T19:00"),
        1,
        10,
    ),
    "a second missed day seven days after the freeze": (
        [*days("2026-11-01", 7), *days("2026-11-09", 7), at("2026-11-17T18:00")],
        at("2026-11-17T19:00"),
        15,
        15,
    ),
    "yesterday missed, with a freeze": (days("2026-11-01", 7), at("2026-11-09T09:00"), 7, 7),
    "yesterday missed, without one": (days("2026-11-01", 6), at("2026-11-08T09:00"), 0, 6),
    "two days missed, with a freeze": (days("2026-11-01", 7), at("2026-11-10T09:00"), 0, 7),
    # The clocks go forward on 29 March 2026 in London: that day has 23 hours.
    "over the change to summer time": (days("2026-03-28", 3, hour=1), at("2026-03-30T02:00"), 3, 3),
    # And back on 25 October 2026: 01:30 happens twice.
    "over the change to winter time": (
        days("2026-10-24", 3, hour=23),
        at("2026-10-26T23:30"),
        3,
        3,
    ),
    "the hour that happens twice is one day": (
        [
            Moment(datetime.fromisoformat("2026-10-25T00:30+00:00"), LONDON),
            Moment(datetime.fromisoformat("2026-10-25T01:30+00:00"), LONDON),
        ],
        at("2026-10-25T09:00"),
        1,
        1,
    ),
    # Monday evening in Los Angeles; 20 hours later it is Wednesday morning in Tokyo.
    "east over the date line, so that Tuesday hardly was": (
        [at("2026-11-16T20:00", LOS_ANGELES), at("2026-11-18T09:00", TOKYO)],
        at("2026-11-18T10:00", TOKYO),
        2,
        2,
    ),
    # Tuesday morning in Auckland; nine hours later it is still Monday in Los Angeles.
    "west over the date line, so that one day comes twice": (
        [at("2026-11-17T08:00", AUCKLAND), at("2026-11-16T20:00", LOS_ANGELES)],
        at("2026-11-16T21:00", LOS_ANGELES),
        1,
        1,
    ),
    # 30 December 2011 did not exist in Samoa: two dates apart, one day later.
    "the day that Samoa left out counts as missed by nobody's clock but the calendar's": (
        [at("2011-12-29T18:00", APIA), at("2011-12-31T18:00", APIA)],
        at("2011-12-31T19:00", APIA),
        1,
        1,
    ),
    "a zone further east named in the same evening makes no second day": (
        [at("2026-11-19T22:30", LONDON), at("2026-11-20T00:00", PARIS)],
        at("2026-11-20T00:10", PARIS),
        1,
        1,
    ),
    "a flight from London to New York on the second day": (
        [at("2026-11-18T21:00", LONDON), at("2026-11-19T22:00", NEW_YORK)],
        at("2026-11-19T23:00", NEW_YORK),
        2,
        2,
    ),
    "a day missed at home stays missed on a journey": (
        [at("2026-11-16T08:00", LOS_ANGELES), at("2026-11-19T10:00", TOKYO)],
        at("2026-11-19T11:00", TOKYO),
        1,
        1,
    ),
    "over the end of a year": (days("2026-12-30", 4), at("2027-01-02T19:00"), 4, 4),
    "over the leap day": (days("2028-02-27", 4), at("2028-03-01T19:00"), 4, 4),
}


@pytest.mark.parametrize("case", CASES)
def test_streak_is_as_worked_out_by_hand(case):
    moments, now, current, best = CASES[case]
    found = streak(newest_run(moments), now)
    assert (found.current, found.best) == (current, best)


def test_streak_is_at_risk_until_today_is_practised():
    before = streak(newest_run(days("2026-11-18", 2)), at("2026-11-20T09:00"))
    after = streak(newest_run(days("2026-11-18", 3)), at("2026-11-20T19:00"))
    assert (before.at_risk, before.practised_today) == (True, False)
    assert (after.at_risk, after.practised_today) == (False, True)


def test_streak_with_a_freeze_in_hand_is_not_at_risk_yet():
    assert not streak(newest_run(days("2026-11-01", 7)), at("2026-11-08T09:00")).at_risk
    assert streak(newest_run(days("2026-11-01", 7)), at("2026-11-09T09:00")).at_risk


@given(
    st.lists(
        st.tuples(
            st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
            st.sampled_from([LONDON, NEW_YORK, TOKYO, AUCKLAND]),
        ),
        max_size=40,
    )
)
def test_streak_is_never_longer_than_the_days_that_passed(events):
    moments = [Moment(when, zone) for when, zone in events]
    now = Moment(datetime(2027, 1, 2, tzinfo=UTC), LONDON)
    found = streak(newest_run(moments), now)
    assert 0 <= found.current <= found.best <= len(moments)
    if moments:
        passed = max(m.at for m in moments) - min(m.at for m in moments)
        assert found.best <= passed.days + 2
