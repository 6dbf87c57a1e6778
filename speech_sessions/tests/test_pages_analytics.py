"""The numbers over time as their page shows them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from speech_sessions.models import SpeechSession
from speech_sessions.presentation.measures import measure_called
from speech_sessions.presentation.trends import trend_line
from speech_sessions.selectors.trends import trend
from speech_sessions.tests.reported import reported_session

PAGE = "/speech-sessions/analytics/"


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def charts(answer) -> dict:
    return {chart.id: chart for chart in answer.context["page"].charts}


@pytest.fixture
def three(alice) -> list[SpeechSession]:
    now = timezone.now()
    return [
        reported_session(alice, date=now - timedelta(days=days), kind=kind)
        for days, kind in ((0, "talk"), (21, "talk"), (200, "interview"))
    ]


def test_page_without_sessions_teaches(alices_browser):
    text = text_of(alices_browser.get(PAGE))
    assert "How you speak, from recording to recording, will stand here." in text


def test_page_counts_sessions_and_speaking_time(three, alices_browser):
    SpeechSession.objects.update(duration=90)
    text = text_of(alices_browser.get(PAGE))
    assert "Sessions 2" in text
    assert "Speaking time 3 min" in text


def test_page_is_about_what_the_filters_say(three, alices_browser):
    assert "Sessions 3" in text_of(alices_browser.get(PAGE, {"period": ""}))
    assert "Sessions 1" in text_of(alices_browser.get(PAGE, {"period": "", "kind": "interview"}))
    assert "Sessions 2" in text_of(alices_browser.get(PAGE, {"kind": "talk"}))


def test_wrong_filters_fall_back(three, alices_browser):
    answer = alices_browser.get(PAGE, {"period": "x", "bucket": "y", "kind": "z"})
    assert answer.status_code == 200
    assert "Sessions" in text_of(answer)


@pytest.mark.parametrize(("bucket", "count"), [("day", 22), ("week", 4), ("month", 2)])
def test_time_runs_evenly_where_nothing_was_recorded(three, alices_browser, bucket, count):
    answer = alices_browser.get(PAGE, {"bucket": bucket})
    labels = charts(answer)["fillers"].data["labels"]
    values = charts(answer)["fillers"].data["series"][0]["values"]
    assert len(labels) == len(values)
    assert abs(len(labels) - count) <= 1
    assert values[0] is not None
    assert values[-1] is not None
    assert sum(value is not None for value in values) == min(2, len(values))


def test_every_chart_has_a_table_with_the_same_numbers(three, alices_browser):
    answer = alices_browser.get(PAGE)
    html = answer.content.decode()
    assert html.count("<trend-chart") == html.count("<caption") == 4
    pace = charts(answer)["speech_rate"]
    drawn = [value for value in pace.data["series"][0]["values"] if value is not None]
    assert [value for _, value in pace.rows] == [f"{value:.0f}" for value in drawn]


def test_nothing_is_claimed_from_a_few_recordings(three, alices_browser):
    assert "Too early to say, 2 more recordings" in text_of(alices_browser.get(PAGE))


def test_verdict_carries_its_size_and_how_sure_it_is():
    now = timezone.now()
    points = [(now - timedelta(days=30 * month), 2.0 + month * 0.5) for month in range(8)]
    measure = measure_called("fillers")
    line = trend_line(measure, [v for _, v in reversed(points)], trend("fillers", points))
    assert re.fullmatch(r"Falling by 0\.5 a month \(0\.5 to 0\.5\)", line.verdict)
    assert line.better
    steady = [(moment, 2.0) for moment, _ in points]
    line = trend_line(measure, [2.0] * 8, trend("fillers", steady))
    assert line.verdict == "Steady: no change worth the name"
    assert not line.better


def test_shares_are_shown_in_percent():
    now = timezone.now()
    points = [(now - timedelta(days=30 * month), 0.1 + month * 0.05) for month in range(8)]
    line = trend_line(measure_called("mid_clause_share"), [0.25], trend("x", points))
    assert line.latest == 25
    assert line.verdict.startswith("Falling by 5 a month")


def test_page_is_ones_own(three, charlies_browser):
    assert "will stand here" in text_of(charlies_browser.get(PAGE))


def test_page_takes_as_many_queries_at_3_as_at_12(
    three, alice, alices_browser, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14) as few:
        alices_browser.get(PAGE)
    for days in range(9):
        reported_session(alice, date=timezone.now() - timedelta(days=days))
    with django_assert_max_num_queries(len(few)):
        alices_browser.get(PAGE)
