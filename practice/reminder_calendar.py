"""Reminders as a calendar file (RFC 5545): weekly events in the learner's zone, with an alarm."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from accounts.links import address
from accounts.models import User
from practice.models import Reminder
from practice.reminder_times import next_due
from practice.reminders import zone_of

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# How often a calendar that follows the address asks for changes.
_ASK_AGAIN = timedelta(hours=12)


def calendar_file(user: User, reminders: Iterable[Reminder], minutes: int) -> bytes:
    """The calendar of `reminders`, each event `minutes` long."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.APP_NAME}//Practice//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Practise speaking"))
    calendar.add("refresh-interval", _ASK_AGAIN, {"value": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for reminder in reminders:
        if event := _event(user, reminder, minutes):
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(user: User, reminder: Reminder, minutes: int) -> Event | None:
    zone = zone_of(user)
    first = next_due(reminder.created_at, reminder.at, reminder.days, zone)
    if first is None:
        return None
    event = Event()
    event.add("uid", f"reminder-{reminder.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", reminder.updated_at)
    event.add("last-modified", reminder.updated_at)
    event.add("summary", _("Practise speaking"))
    event.add("url", address("practice:home"))
    event.add("description", address("practice:home"))
    event.add("dtstart", first.astimezone(zone))
    event.add("duration", timedelta(minutes=minutes))
    weekdays = [_WEEKDAYS[day - 1] for day in sorted(reminder.days)]
    event.add("rrule", {"freq": "weekly", "byday": weekdays})
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Practise speaking"))
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    return event
