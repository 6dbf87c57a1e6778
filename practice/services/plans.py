"""What somebody means to practise a week, and when they want to be reminded of it."""

from collections.abc import Iterable
from datetime import time
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from practice.models import PracticePlan, Reminder
from practice.models.plans import new_calendar_key
from practice.reminders import schedule

MOST_REMINDERS = 10


class TooManyReminders(Exception):
    """The person has as many reminders as one may have."""


class GoalChanges(TypedDict, total=False):
    """What of a goal changes; None goes back to what is usual."""

    weekly_minutes: int | None
    week_begins: int | None


def save_goal(user: User, **changes: Unpack[GoalChanges]) -> PracticePlan:
    """Store the goal of `user`; what is left out stays."""
    plan, _is_new = PracticePlan.objects.update_or_create(user=user, defaults=dict(changes))
    return plan


def plan_of(user: User) -> PracticePlan:
    """The plan of `user`, made where there is none: it holds the key of their calendar."""
    plan, _is_new = PracticePlan.objects.get_or_create(user=user)
    return plan


def renew_calendar(user: User) -> PracticePlan:
    """Give the calendar of `user` another address; nothing stands at the old one any more."""
    plan, _is_new = PracticePlan.objects.update_or_create(
        user=user, defaults={"calendar_key": new_calendar_key()}
    )
    return plan


def save_reminder(
    reminder: Reminder, *, at: time, weekdays: Iterable[int], by_mail: bool
) -> Reminder:
    """Store `reminder` (new or its owner's), and when its next mail is due.

    One at another time or on other days may be due today again. Raises TooManyReminders.
    """
    days = "".join(str(day) for day in sorted(set(weekdays)))
    with transaction.atomic():
        # Whoever adds two at once waits, and is counted.
        User.objects.select_for_update().get(pk=reminder.user_id)
        others = Reminder.objects.filter(user_id=reminder.user_id)
        if not reminder.pk and others.count() >= MOST_REMINDERS:
            raise TooManyReminders
        if (reminder.at, reminder.weekdays) != (at, days):
            reminder.last_date = None
        reminder.at, reminder.weekdays, reminder.by_mail = at, days, by_mail
        schedule(reminder, timezone.now()).save()
    return reminder


def delete_reminder(reminder: Reminder) -> None:
    """Forget it."""
    reminder.delete()


def stop_reminder_mails(user: User) -> None:
    """No more mails; the reminders stay in the calendar."""
    Reminder.objects.filter(user=user).update(by_mail=False, due_at=None)
