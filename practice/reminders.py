"""Mails that remind of practice: claimed from their rows, sent at most once a day each.

Whoever sends one moves the row on to its next time by one conditional UPDATE first, so no two
workers send it; one that dies before the mail is out leaves a day without it, never two. A server
that does not answer gets the mail again with the next turn. What is over two hours late, after the
machine was off, is dropped.
"""

import logging
import smtplib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from accounts.letters import letter
from accounts.links import address
from accounts.models import Erasure, User
from accounts.time_zones import first_known
from practice.goal import goal_of, seconds_on, week_of
from practice.models import Reminder
from practice.reminder_times import next_due
from practice.selectors import streak_of

logger = logging.getLogger(__name__)

LATEST = timedelta(hours=2)
AT_ONCE = 50
_NO_MORE = signing.Signer(salt="practice.reminders.no_more")


def zone_of(user: User) -> ZoneInfo:
    """The zone that the reminders of `user` are in."""
    return first_known(user.time_zone, settings.TIME_ZONE) or ZoneInfo("UTC")


def schedule(reminder: Reminder, after: datetime) -> Reminder:
    """Set when `reminder` is due next, later than `after`; does not store it."""
    reminder.time_zone = reminder.user.time_zone
    reminder.due_at = None
    if reminder.by_mail:
        zone = zone_of(reminder.user)
        reminder.due_at = next_due(after, reminder.at, reminder.days, zone, reminder.last_date)
    return reminder


def send_due() -> int:
    """Send the reminders that are due; how many mails went out."""
    now = timezone.now()
    _follow_travellers(now)
    sent = 0
    due = Reminder.objects.filter(due_at__lte=now).select_related("user").order_by("due_at")
    for reminder in due[:AT_ONCE]:
        try:
            sent += _take(reminder, now)
        except (OSError, smtplib.SMTPException) as error:
            # The server may repeat the address in what it says: the log gets the kind only.
            logger.warning("reminder %s waits (%s)", reminder.pk, type(error).__name__)
            break
    return sent


def no_more_link(user: User) -> str:
    """The address that ends the mails of `user` without signing in."""
    return address("practice:no_more_reminders", _NO_MORE.sign(str(user.pk)))


def user_of_link(token: str) -> User | None:
    """Whose mails the link ends; None where it is forged, or they are gone."""
    try:
        pk = _NO_MORE.unsign(token)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk).first()


def written(reminder: Reminder) -> EmailMessage:
    """The mail of a reminder, in the language and time zone of whom it is for."""
    user, no_more = reminder.user, no_more_link(reminder.user)
    context = {
        "reminder": reminder,
        "week": week_of(user),
        "streak": streak_of(user),
        "practise": address("practice:home"),
        "change": address("practice:reminders"),
        "no_more": no_more,
    }
    headers = {
        "List-Unsubscribe": f"<{no_more}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    return letter(user, "practice/mail/reminder.txt", context, headers=headers)


def _follow_travellers(now: datetime) -> None:
    """Work out anew when reminders are due whose person has chosen another zone since."""
    planned = Reminder.objects.filter(due_at__isnull=False).select_related("user")
    for reminder in planned.exclude(time_zone=F("user__time_zone"))[: 10 * AT_ONCE]:
        before = reminder.due_at
        assert before is not None
        # One that was due just now in the old zone may be due in the new one too.
        schedule(reminder, min(now, before - timedelta(seconds=1)))
        Reminder.objects.filter(pk=reminder.pk, due_at=before).update(
            due_at=reminder.due_at, time_zone=reminder.time_zone
        )


def _take(reminder: Reminder, now: datetime) -> bool:
    """Claim a reminder and send its mail where it is wanted. Raises what the mail server does."""
    due, last_date = reminder.due_at, reminder.last_date
    assert due is not None
    zone = zone_of(reminder.user)
    reminder.last_date = due.astimezone(zone).date()
    schedule(reminder, max(now, due))
    claimed = Reminder.objects.filter(pk=reminder.pk, due_at=due)
    if not claimed.update(due_at=reminder.due_at, last_date=reminder.last_date):
        return False
    with timezone.override(zone):
        if now - due > LATEST or not _is_wanted(reminder):
            return False
        try:
            written(reminder).send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
            logger.warning("reminder %s was refused", reminder.pk)
            return False
        except (OSError, smtplib.SMTPException):
            moved_on = Reminder.objects.filter(pk=reminder.pk, due_at=reminder.due_at)
            moved_on.update(due_at=due, last_date=last_date)
            raise
    return True


def _is_wanted(reminder: Reminder) -> bool:
    """Whether somebody reads it who has not practised the day's share already."""
    user = reminder.user
    if not user.is_active or not user.email_verified:
        return False
    if Erasure.objects.filter(user=user).exists():
        return False
    return seconds_on(user, timezone.localdate()) < goal_of(user).day_minutes * 60
