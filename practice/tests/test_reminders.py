"""Reminders by e-mail go out at their local time, once a day at most, to who wants them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from accounts.models import Erasure, User
from practice import reminders, services, tasks
from practice.models import PracticeDay, Reminder

# A Friday; in Berlin it is 17:00.
AFTERNOON = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
SIX = AFTERNOON + timedelta(hours=1)
EVERY_DAY = range(1, 8)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(AFTERNOON, tick=False)
    return time_machine


@pytest.fixture
def reminder(alice, clock) -> Reminder:
    User.objects.update(email_verified=True, time_zone="Europe/Berlin")
    alice.refresh_from_db()
    return set_reminder(alice)


def set_reminder(user, *, at=time(18), weekdays=EVERY_DAY, by_mail=True) -> Reminder:
    return services.save_reminder(Reminder(user=user), at=at, weekdays=weekdays, by_mail=by_mail)


def test_reminder_goes_out_at_its_local_time_and_not_before(reminder, clock):
    tasks.send_due_reminders()
    assert mail.outbox == []
    clock.move_to(SIX, tick=False)
    tasks.send_due_reminders()
    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]]


def test_reminder_goes_out_once_a_day_and_again_the_next(reminder, clock):
    for moment in (SIX, SIX + timedelta(minutes=1), SIX + timedelta(hours=20)):
        clock.move_to(moment, tick=False)
        assert reminders.send_due() == (moment == SIX)
    clock.move_to(SIX + timedelta(days=1), tick=False)
    assert reminders.send_due() == 1


def test_reminder_that_two_workers_see_goes_out_once(reminder, clock):
    clock.move_to(SIX, tick=False)
    seen = [Reminder.objects.get() for _worker in range(2)]
    assert [reminders._take(each, SIX) for each in seen] == [True, False]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("hours", "count"), [(1.9, 1), (2.1, 0)])
def test_reminder_that_is_over_two_hours_late_is_dropped(hours, count, reminder, clock):
    clock.move_to(SIX + timedelta(hours=hours), tick=False)
    assert reminders.send_due() == count
    reminder.refresh_from_db()
    assert reminder.due_at == SIX + timedelta(days=1)


def test_machine_that_was_off_for_days_sends_nothing_old(reminder, clock):
    clock.move_to(SIX + timedelta(days=4, hours=9), tick=False)
    assert reminders.send_due() == 0
    reminder.refresh_from_db()
    assert reminder.due_at == SIX + timedelta(days=5)


@pytest.mark.parametrize(("seconds", "count"), [(239, 1), (240, 0)])
def test_day_whose_share_is_practised_has_no_reminder(seconds, count, reminder, alice, clock):
    # A seventh of the suggested 25 minutes, in whole minutes.
    PracticeDay.objects.create(
        user=alice, date="2026-11-20", kind="free", seconds=seconds, time_zone="Europe/Berlin"
    )
    clock.move_to(SIX, tick=False)
    assert reminders.send_due() == count


@pytest.mark.parametrize("fields", [{"email_verified": False}, {"is_active": False}])
def test_person_without_a_confirmed_address_or_suspended_gets_none(fields, reminder, clock):
    User.objects.update(**fields)
    clock.move_to(SIX, tick=False)
    assert reminders.send_due() == 0


def test_person_who_waits_to_be_erased_gets_none(reminder, alice, clock):
    Erasure.objects.create(user=alice, due_at=SIX + timedelta(days=3))
    clock.move_to(SIX, tick=False)
    assert reminders.send_due() == 0


def test_traveller_is_reminded_in_the_zone_they_are_in_now(reminder, alice, clock):
    alice.time_zone = "America/New_York"
    alice.save()
    clock.move_to(SIX, tick=False)
    assert reminders.send_due() == 0
    clock.move_to(SIX + timedelta(hours=6), tick=False)
    assert reminders.send_due() == 1


def test_traveller_who_was_reminded_today_is_not_reminded_again(reminder, alice, clock):
    clock.move_to(SIX, tick=False)
    reminders.send_due()
    alice.time_zone = "America/New_York"
    alice.save()
    clock.move_to(SIX + timedelta(hours=6), tick=False)
    assert reminders.send_due() == 0
    clock.move_to(SIX + timedelta(days=1, hours=6), tick=False)
    assert reminders.send_due() == 1


def test_zone_with_the_same_clock_loses_no_reminder(reminder, alice, clock):
    alice.time_zone = "Europe/Paris"
    alice.save()
    clock.move_to(SIX + timedelta(seconds=20), tick=False)
    assert reminders.send_due() == 1


def test_reminder_waits_for_a_mail_server_that_does_not_answer(reminder, clock, settings):
    clock.move_to(SIX, tick=False)
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "accounts.tests.mail_servers.SilentBackend"
    assert reminders.send_due() == 0
    settings.EMAIL_BACKEND = working
    clock.move_to(SIX + timedelta(minutes=5), tick=False)
    assert reminders.send_due() == 1


def test_refused_mailbox_is_not_asked_again_that_day(reminder, clock, settings):
    clock.move_to(SIX, tick=False)
    settings.EMAIL_BACKEND = "accounts.tests.mail_servers.RefusingBackend"
    assert reminders.send_due() == 0
    reminder.refresh_from_db()
    assert reminder.due_at == SIX + timedelta(days=1)


def test_mail_says_the_week_and_how_to_end_it(reminder, alice, clock):
    PracticeDay.objects.create(
        user=alice, date="2026-11-17", kind="free", seconds=720, time_zone="Europe/Berlin"
    )
    letter = reminders.written(reminder)
    assert letter.subject == "4 minutes of practice today"
    assert "This week: 12 of 25 min." in letter.body
    assert "at 18:00" in letter.body
    off = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert off in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_ends_the_mails_without_signing_in(reminder, alice, client):
    path = reminders.no_more_link(alice).removeprefix("http://localhost:8000")
    assert "Stop the mails" in client.get(path).content.decode()
    assert Reminder.objects.filter(by_mail=True).exists()
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    reminder.refresh_from_db()
    assert (reminder.by_mail, reminder.due_at) == (False, None)


def test_forged_link_ends_nothing(reminder, alice, client):
    path = reminders.no_more_link(alice).removeprefix("http://localhost:8000")
    assert client.post(f"{path[:-2]}x/").status_code == 404
    assert Reminder.objects.filter(by_mail=True).exists()


def test_reminder_moved_to_a_later_time_may_come_today_again(reminder, clock):
    clock.move_to(SIX, tick=False)
    reminders.send_due()
    services.save_reminder(reminder, at=time(21), weekdays=EVERY_DAY, by_mail=True)
    assert reminder.due_at == SIX + timedelta(hours=3)


def test_person_has_ten_reminders_at_most(reminder, alice):
    for hour in range(9):
        set_reminder(alice, at=time(hour))
    with pytest.raises(services.TooManyReminders):
        set_reminder(alice, at=time(23))


def test_calendar_repeats_in_the_zone_of_the_learner_with_an_alarm(alice, clock, client):
    from icalendar import Calendar

    alice.time_zone = "Europe/Berlin"
    alice.save()
    set_reminder(alice, weekdays=(1, 3))
    path = f"/practice/calendar/{services.plan_of(alice).calendar_key}.ics"
    answer = client.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == datetime(2026, 11, 23, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    assert event["rrule"].to_ical() == b"FREQ=WEEKLY;BYDAY=MO,WE"
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert len(event.walk("VALARM")) == 1
    services.renew_calendar(alice)
    assert client.get(path).status_code == 404
