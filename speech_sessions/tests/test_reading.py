"""Lists, filters, changes since, and numbers over time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from speech_sessions import selectors, services
from speech_sessions.models import AnalysisRun, SpeechReport, SpeechSession

pytestmark = pytest.mark.django_db

NUMBERS = {"speech_rate": 140.0, "fillers_per_minute": 4.0, "phonation_ratio": 0.7}


def spoken(user, moment: datetime, *, words: int = 100, **fields) -> SpeechSession:
    """A session with a report, as a finished run leaves it."""
    numbers = {name: fields.pop(name, value) for name, value in NUMBERS.items()}
    session = SpeechSession.objects.create(user=user, date=moment, duration=60, **fields)
    run = AnalysisRun.objects.create(session=session, state=AnalysisRun.State.DONE)
    session.report = SpeechReport.objects.create(
        session=session,
        run=run,
        version="1",
        duration=60,
        words=words,
        filler_count=4,
        pacing="",
        transcript="",
        document={"feedback": {"strength": "Steady pace.", "clip": [1.0, 5.0]}},
        **numbers,
    )
    session.current_run = run
    session.save()
    return session


def at(day: int, hour: int = 12, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_another_persons_session_is_not_there(alice, charlie):
    session = services.create_record(alice, duration=5)
    assert selectors.session_of(alice, session.pk) == session
    with pytest.raises(SpeechSession.DoesNotExist):
        selectors.session_of(charlie, session.pk)
    assert not selectors.sessions_of(charlie).exists()


def test_days_of_a_filter_are_whole_days_of_the_readers_zone(alice):
    for hour in (0, 6, 23):
        SpeechSession.objects.create(user=alice, date=at(10, hour), title=str(hour))
    sessions = selectors.sessions_of(alice)

    def titles(**filters):
        return {row.title for row in selectors.filter_sessions(sessions, **filters)}

    day = date(2026, 3, 10)
    assert titles(date_after=day, date_before=day) == {"0", "6", "23"}
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert titles(date_after=day, date_before=day) == {"0", "6"}
        assert titles(date_after=day + timedelta(days=1)) == {"23"}
    assert titles(date_after=at(10, 6), date_before=at(10, 6)) == {"6"}


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_filters_take_the_first_and_the_last_day_there_is(alice, zone):
    session = SpeechSession.objects.create(user=alice, date=at(10))
    sessions = selectors.sessions_of(alice)
    last = datetime.max.replace(tzinfo=UTC)
    with timezone.override(ZoneInfo(zone)):
        for first_day, last_day in ((date.min, date.max), (at(1).replace(year=1), last)):
            found = selectors.filter_sessions(sessions, date_after=first_day, date_before=last_day)
            assert list(found) == [session]
            assert not selectors.filter_sessions(sessions, date_after=last_day).exists()
            assert not selectors.filter_sessions(sessions, date_before=first_day).exists()
        assert selectors.analytics(alice, from_=date.min, to=date.max).totals["sessions"] == 1


def test_filters_combine(alice):
    spoken(alice, at(1), kind="talk", language="en-GB", title="one", transcription="hello there")
    spoken(alice, at(2), kind="interview", language="en", title="two", status="archived")
    sessions = selectors.sessions_of(alice)
    for filters, title in (
        ({"language": "en", "kind": "talk"}, "one"),
        ({"status": "archived"}, "two"),
        ({"search": "hell", "kind": "talk"}, "one"),
    ):
        assert [row.title for row in selectors.filter_sessions(sessions, **filters)] == [title]
    assert not selectors.filter_sessions(sessions, search="hello", kind="interview").exists()


@pytest.mark.parametrize("name", selectors.ORDERINGS)
def test_every_ordering_sorts_both_ways_and_never_leaves_ties_to_chance(alice, name):
    for number in (2, 3, 1):
        SpeechSession.objects.create(
            user=alice, date=at(number), title=str(number), duration=number, filler_count=7
        )
    sessions = selectors.sessions_of(alice)
    rising = list(selectors.order_sessions(sessions, name))
    falling = list(selectors.order_sessions(sessions, f"-{name}"))
    assert rising == falling[::-1]


def test_unknown_ordering_is_newest_first(alice):
    for number in (2, 3, 1):
        SpeechSession.objects.create(user=alice, date=at(number), title=str(number))
    ordered = selectors.order_sessions(selectors.sessions_of(alice), "user__password")
    assert [row.title for row in ordered] == ["3", "2", "1"]


def test_list_costs_the_same_for_few_and_many(alice, django_assert_num_queries):
    for number in range(30):
        spoken(alice, at(1), title=str(number))
    for count in (3, 30):
        with django_assert_num_queries(1):
            for session in selectors.for_list(selectors.sessions_of(alice))[:count]:
                selectors.analysis_state(session)
                assert session.report.speech_rate
                assert session.outline == []


def test_analytics_add_up_by_the_readers_days(alice, charlie):
    spoken(alice, at(9, 23), speech_rate=120.0)
    spoken(alice, at(10, 1), speech_rate=160.0, filler_count=6)
    SpeechSession.objects.create(user=alice, date=at(10, 12), duration=30)
    spoken(charlie, at(10, 1))
    found = selectors.analytics(alice, bucket="day")
    assert found.totals == {"sessions": 3, "seconds": 150, "words": 200, "fillers": 6}
    assert found.averages["speech_rate"] == 140.0
    assert found.averages["mean_pause"] is None
    assert [row["bucket"] for row in found.series] == [date(2026, 3, 9), date(2026, 3, 10)]
    assert found.series[1]["sessions"] == 2
    assert found.series[1]["speech_rate"] == 160.0
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert [row["bucket"] for row in selectors.analytics(alice, bucket="day").series] == [
            date(2026, 3, 10)
        ]
    months = selectors.analytics(alice, bucket="month", from_=at(10)).series
    assert [(row["bucket"], row["sessions"]) for row in months] == [(date(2026, 3, 1), 1)]
    assert selectors.analytics(alice, bucket="week").series[0]["bucket"] == date(2026, 3, 9)


def test_analytics_of_nothing_are_zeros_and_nones(alice):
    found = selectors.analytics(alice)
    assert found.totals == {"sessions": 0, "seconds": 0, "words": 0, "fillers": 0}
    assert set(found.averages.values()) == {None}
    assert found.series == found.highlights == []
    assert {trend["verdict"] for trend in found.trends} == {"too early to say"}


def test_analytics_cost_the_same_for_few_and_many(alice, django_assert_num_queries):
    for count in (2, 30):
        for number in range(count):
            spoken(alice, at(1 + number % 28))
        with django_assert_num_queries(6):
            selectors.analytics(alice, bucket="day", kind="talk")


def test_trends_are_told_only_where_they_are_sure(alice):
    for day in range(1, 21):
        spoken(alice, at(day), speech_rate=120.0 + day, fillers_per_minute=float(day % 2))
    trends = {trend["measure"]: trend for trend in selectors.analytics(alice).trends}
    rate = trends["speech_rate"]
    assert rate["verdict"] == "rising"
    assert rate["slope_per_month"] == pytest.approx(30.4, abs=0.1)
    assert rate["low"] <= rate["slope_per_month"] <= rate["high"]
    assert trends["fillers_per_minute"]["verdict"] == "steady"


def test_this_month_is_set_against_the_last(alice):
    now = timezone.now()
    first = timezone.localtime(now).replace(day=1, hour=12)
    spoken(alice, first - timedelta(days=5), speech_rate=100.0)
    spoken(alice, now, speech_rate=150.0)
    compared = selectors.analytics(alice).this_month_vs_last
    assert compared["speech_rate"] == {"this": 150.0, "last": 100.0, "change": 50.0}
    assert compared["sessions"]["this"] == 1


def test_recent_values_are_the_newest_first_and_only_of_reports_that_count(alice, charlie):
    sessions = [spoken(alice, at(day), speech_rate=100.0 + day) for day in range(1, 9)]
    spoken(charlie, at(9))
    assert selectors.recent_values(alice, "speech_rate", 3) == [108.0, 107.0, 106.0]
    before = selectors.recent_values(alice, "speech_rate", 2, before=sessions[2])
    assert before == [102.0, 101.0]


def test_highlights_name_the_moment_to_listen_to(alice):
    session = spoken(alice, at(1))
    assert selectors.analytics(alice).highlights == [
        {"text": "Steady pace.", "session": session.pk, "start": 1.0, "end": 5.0}
    ]


def test_totals_count_sessions_and_seconds(alice, charlie, django_assert_num_queries):
    for duration in (60, 30):
        services.create_record(alice, duration=duration)
    services.create_record(charlie, duration=5)
    with django_assert_num_queries(1):
        assert selectors.totals(selectors.sessions_of(alice)) == {"sessions": 2, "seconds": 90}
    assert selectors.totals(selectors.sessions_of(alice).none()) == {"sessions": 0, "seconds": 0}
