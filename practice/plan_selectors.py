"""What is read of plans, reminders and the year; a fixed number of queries."""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from practice import selectors
from practice.models import Reminder
from practice.year import WEEKS, Year, first_of_year, year


def reminders_of(user: User) -> QuerySet[Reminder]:
    """The reminders of `user`, by their time of day."""
    return Reminder.objects.filter(user=user).select_related("user")


def user_of_calendar(key: str) -> User | None:
    """Whose calendar has this key; None for a made-up or an old one."""
    return User.objects.filter(practice_plan__calendar_key=key, is_active=True).first()


def year_of(user: User, week_begins: int, weeks: int = WEEKS) -> Year:
    """The last `weeks` weeks of `user` until today, where they are. One query."""
    today = timezone.localdate()
    days = selectors.calendar(user, first_of_year(today, week_begins, weeks), today)
    return year({day["date"]: day["seconds"] for day in days}, today, week_begins, weeks)
