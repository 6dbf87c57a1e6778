"""The goal of the week in minutes, and how far somebody is with it, in their own days.

Every second on the practice clock counts, also of a practice that was broken off. Without a goal of
one's own it is what one's languages ask for together, and where there are none, a suggestion.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Literal

from django.db.models import Sum
from django.utils import formats, timezone, translation

from accounts.models import LearningProfile, User
from practice.models import PracticeDay, PracticePlan
from practice.models.plans import MOST_WEEKLY_MINUTES

SUGGESTED_MINUTES = 25

Source = Literal["own", "languages", "suggested"]


@dataclass(frozen=True, slots=True)
class Goal:
    """Minutes a week, where they come from, and the weekday (1 is Monday) on which weeks begin."""

    weekly_minutes: int
    source: Source
    week_begins: int

    @property
    def day_minutes(self) -> int:
        """A day's share: a seventh, in whole minutes."""
        return ceil(self.weekly_minutes / 7)


@dataclass(frozen=True, slots=True)
class Week:
    """The present week of somebody: from `first`, with what was practised in it."""

    goal: Goal
    first: date
    seconds: int

    @property
    def minutes(self) -> int:
        """Whole minutes that were practised."""
        return self.seconds // 60

    @property
    def is_reached(self) -> bool:
        """Whether the goal is reached."""
        return self.minutes >= self.goal.weekly_minutes

    @property
    def minutes_left(self) -> int:
        """Minutes until the goal, 0 once it is reached."""
        return max(0, self.goal.weekly_minutes - self.minutes)

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=6)


def goal_of(user: User) -> Goal:
    """The goal of `user`. One query, two without a goal of their own."""
    plan = PracticePlan.objects.filter(user=user).first()
    begins = (plan and plan.week_begins) or usual_first_weekday()
    if plan and plan.weekly_minutes:
        return Goal(plan.weekly_minutes, "own", begins)
    profiles = LearningProfile.objects.filter(user=user)
    asked = profiles.aggregate(minutes=Sum("weekly_minutes"))["minutes"]
    if asked:
        return Goal(min(asked, MOST_WEEKLY_MINUTES), "languages", begins)
    return Goal(SUGGESTED_MINUTES, "suggested", begins)


def week_of(user: User) -> Week:
    """The week of `user` that is now, where they are. Three queries at most."""
    goal = goal_of(user)
    first = week_start(timezone.localdate(), goal.week_begins)
    days = PracticeDay.objects.filter(user=user, date__range=(first, first + timedelta(days=6)))
    return Week(goal, first, days.aggregate(total=Sum("seconds"))["total"] or 0)


def seconds_on(user: User, day: date) -> int:
    """How long `user` practised on `day`. One query."""
    days = PracticeDay.objects.filter(user=user, date=day)
    return days.aggregate(total=Sum("seconds"))["total"] or 0


def week_start(day: date, week_begins: int) -> date:
    """The first day of the week of `day`, where weeks begin on the weekday `week_begins`."""
    return day - timedelta(days=(day.isoweekday() - week_begins) % 7)


def usual_first_weekday() -> int:
    """The weekday (1 is Monday) on which weeks begin in the language of the reader.

    `en` without a country is British English here, as all of the product's text is.
    """
    language = translation.get_language() or "en"
    first = formats.get_format("FIRST_DAY_OF_WEEK", "en-gb" if language == "en" else language)
    return int(first) or 7
