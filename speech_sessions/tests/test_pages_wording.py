"""How the pages say numbers, lengths of time, dates and languages."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone

from speech_sessions.presentation import wording


def rendered(expression: str, **context) -> str:
    return Template("{% load speech %}{{ " + expression + " }}").render(Context(context))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0:00"), (41.9, "0:41"), (192, "3:12"), (3725, "1:02:05"), (None, "–"), (-1, "0:00")],
)
def test_a_place_in_a_recording_is_said_as_on_a_clock(seconds, said):
    assert rendered("seconds|clock", seconds=seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (21.4, "21 s"), (60, "1 min"), (192, "3 min 12 s"), (10260, "2 h 51 min")],
)
def test_a_length_of_time_carries_its_units(seconds, said):
    assert rendered("seconds|duration", seconds=seconds) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.64, "1.6"),
        (148.2, "148"),
        (0, "0.0"),
        (None, "–"),
        (float("nan"), "–"),
        (12345, "12,345"),
    ],
)
def test_a_number_has_as_many_decimals_as_say_something(value, said):
    assert rendered("value|figure", value=value) == said


def test_a_number_has_the_decimals_that_are_asked_for():
    assert rendered("value|figure:2", value=1.5) == "1.50"


def test_a_share_is_said_as_a_whole_percentage():
    assert rendered("value|percent", value=0.344) == "34"


def test_a_moment_near_today_is_said_by_its_day():
    now = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    assert wording.when(datetime(2026, 11, 21, 18, 4, tzinfo=UTC), now) == "Today, 18:04"
    assert wording.when(datetime(2026, 11, 20, 9, 30, tzinfo=UTC), now) == "Yesterday, 09:30"
    assert wording.when(datetime(2026, 11, 18, 9, 30, tzinfo=UTC), now) == "Wed 18 Nov"
    assert wording.when(datetime(2024, 11, 18, 9, 30, tzinfo=UTC), now) == "18 Nov 2024"


def test_a_moment_is_said_in_the_readers_time_zone():
    now = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert wording.when(datetime(2026, 11, 21, 18, 4, tzinfo=UTC), now) == "Today, 03:04"
        assert rendered("at|moment", at=now) == "Sun 22 Nov 2026, 05:00"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("es-MX", "Mexican Spanish"),
        ("de-LU", "German"),
        ("xx-q", "xx-q"),
        ("zh", "Chinese"),
    ],
)
def test_a_language_is_called_by_its_name(code, name):
    assert rendered("code|language", code=code) == name


def test_a_count_is_said_as_times():
    assert [wording.times(count) for count in (1, 2, 5)] == ["once", "twice", "5 times"]
