"""What stands on the page of today, ready for its template."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from flashcards.selectors import totals
from practice.goal import week_of
from practice.selectors import streak_of
from speech_sessions import selectors
from speech_sessions.models import AnalysisRun, SpeechSession
from speech_sessions.presentation.analytics_page import left_out
from speech_sessions.presentation.focus import newest_focus
from speech_sessions.presentation.trends import trend_lines
from verbalcoach import demo

WEEKS = 18
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Day:
    """One square of the calendar."""

    date: date
    seconds: int


@dataclass(frozen=True, slots=True)
class Week:
    """Speaking time this week, and day by day from a Monday 18 weeks back until today."""

    seconds: int
    sessions: int
    days: list[Day]


def today_page(user: User) -> dict[str, Any]:
    """Everything the template of today shows."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    numbers = selectors.analytics(user, from_=first, bucket="day")
    sessions = selectors.for_list(selectors.sessions_of(user)).exclude(
        status=SpeechSession.Status.ARCHIVED
    )
    lines = trend_lines(user, numbers.trends)
    return {
        "greeting": greeting(timezone.now()),
        "today": today,
        "demo_notice": demo.notice(user),
        "focus": newest_focus(user),
        "practised": week_of(user),
        "streak": streak_of(user),
        "words": totals(user),
        "week": _week(numbers.series, first, monday, today),
        "trends": lines if any(line.values for line in lines) else [],
        "left_out": left_out(numbers.measured_otherwise),
        "recent": sessions.exclude(current_run__state__in=AnalysisRun.UNFINISHED)[:SHOWN],
        "pending": sessions.filter(current_run__state__in=AnalysisRun.UNFINISHED)[:SHOWN],
    }


def greeting(now: datetime) -> str:
    """What one says at this hour where the reader is."""
    hour = timezone.localtime(now).hour
    if 5 <= hour < 12:
        return _("Good morning.")
    if 12 <= hour < 18:
        return _("Good afternoon.")
    return _("Good evening.")


def _week(series: list[dict[str, Any]], first: date, monday: date, today: date) -> Week:
    by_day = {row["bucket"]: row for row in series}
    this_week = [row for day, row in by_day.items() if monday <= day <= today]
    days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    return Week(
        seconds=sum(row["seconds"] for row in this_week),
        sessions=sum(row["sessions"] for row in this_week),
        days=[Day(day, by_day[day]["seconds"] if day in by_day else 0) for day in days],
    )
