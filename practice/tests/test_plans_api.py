"""Goal, reminders and the year over HTTP and on their pages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from accounts.models import LearningProfile
from practice import goal, plan_selectors, services
from practice.models import PracticeDay, Reminder
from practice.tests.conftest import PRACTICE, SESSIONS
from practice.year import year

GOAL, REMINDERS = f"{PRACTICE}goal/", f"{PRACTICE}reminders/"
WORKDAYS = {"at": "18:00", "weekdays": [1, 2, 3, 4, 5]}


def practised(user, day: date, seconds: int) -> None:
    PracticeDay.objects.create(user=user, date=day, kind="free", seconds=seconds, time_zone="UTC")


def test_goal_is_suggested_then_that_of_the_languages_then_ones_own(alices_phone, alice):
    assert alices_phone.get(GOAL).json()["weekly_minutes"] == 25
    for language, minutes in (("es", 60), ("fr", 30)):
        LearningProfile.objects.create(
            user=alice,
            target_language=language,
            target_language_code=language,
            weekly_minutes=minutes,
        )
    found = alices_phone.get(GOAL).json()
    assert (found["weekly_minutes"], found["source"]) == (90, "languages")
    changed = alices_phone.patch(GOAL, {"weekly_minutes": 40}, format="json").json()
    assert (changed["weekly_minutes"], changed["source"], changed["day_minutes"]) == (40, "own", 6)
    usual = alices_phone.patch(GOAL, {"weekly_minutes": None}, format="json").json()
    assert usual["source"] == "languages"


@pytest.mark.parametrize(
    "sent", [{"weekly_minutes": 0}, {"weekly_minutes": "x"}, {"week_begins": 3}]
)
def test_goal_that_makes_no_sense_is_refused(sent, alices_phone):
    assert alices_phone.patch(GOAL, sent, format="json").status_code == 422


def test_week_is_that_of_the_persons_zone_and_choice(alices_phone, alice, time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False)  # a Sunday
    alice.time_zone = "Pacific/Auckland"  # Monday there
    alice.save()
    practised(alice, date(2026, 11, 22), 600)
    practised(alice, date(2026, 11, 23), 120)
    week = alices_phone.get(GOAL).json()["week"]
    assert (week["first"], week["last"], week["seconds"]) == ("2026-11-23", "2026-11-29", 120)
    week = alices_phone.patch(GOAL, {"week_begins": 7}, format="json").json()["week"]
    assert (week["first"], week["seconds"]) == ("2026-11-22", 720)


@pytest.mark.parametrize(("language", "first"), [("en", 1), ("de", 1), ("he", 7), ("pt-br", 7)])
def test_weeks_begin_as_is_usual_in_the_language(language, first):
    with translation.override(language):
        assert goal.usual_first_weekday() == first


def test_reminder_is_set_changed_and_deleted(alices_phone):
    made = alices_phone.post(REMINDERS, WORKDAYS, format="json")
    assert made.status_code == 201
    assert made.json()["weekdays"] == [1, 2, 3, 4, 5]
    assert made.json()["due_at"] is not None
    address = f"{REMINDERS}{made.json()['id']}/"
    changed = alices_phone.patch(address, {"by_mail": False}, format="json").json()
    assert (changed["at"], changed["by_mail"], changed["due_at"]) == ("18:00", False, None)
    assert alices_phone.delete(address).status_code == 204
    assert alices_phone.get(REMINDERS).json()["results"] == []


@pytest.mark.parametrize(
    "sent", [{}, {"at": "25:00", "weekdays": [1]}, {"at": "18:00", "weekdays": []}]
)
def test_reminder_without_a_time_or_a_day_is_refused(sent, alices_phone):
    assert alices_phone.post(REMINDERS, sent, format="json").status_code == 422


def test_eleventh_reminder_is_too_many(alices_phone, alice):
    Reminder.objects.bulk_create(
        Reminder(user=alice, at=f"{hour:02}:00", weekdays="1") for hour in range(10)
    )
    answer = alices_phone.post(REMINDERS, WORKDAYS, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "too_many")


def test_calendar_has_an_address_that_can_be_renewed(alices_phone, client):
    first = alices_phone.get(f"{REMINDERS}calendar/").json()["url"]
    assert client.get(first).status_code == 200
    second = alices_phone.post(f"{REMINDERS}calendar/").json()["url"]
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_calendar_of_practice_tells_a_year(alices_phone, alice):
    practised(alice, date(2026, 1, 1), 60)
    practised(alice, date(2026, 12, 31), 90)
    practised(alice, date(2027, 1, 1), 30)
    days = alices_phone.get(f"{SESSIONS}calendar/?year=2026").json()["days"]
    assert [day["date"] for day in days] == ["2026-01-01", "2026-12-31"]
    assert alices_phone.get(f"{SESSIONS}calendar/?year=0").status_code == 422


def test_year_ends_with_today_and_adds_up():
    today = date(2026, 11, 21)
    found = year({today: 700, today - timedelta(days=200): 30}, today, 1)
    assert len(found.weeks) == 52
    assert found.weeks[-1].days[-1].date == today
    assert found.weeks[0].first.isoweekday() == 1
    assert (found.seconds, found.practised_days) == (730, 2)
    assert found.busy_weeks[0].days[-1].level == 3


def test_year_takes_one_query_however_much_there_is(alice, django_assert_num_queries):
    for back in range(0, 360, 3):
        practised(alice, timezone.localdate() - timedelta(days=back), 60)
    with django_assert_num_queries(1):
        assert plan_selectors.year_of(alice, 1).practised_days > 100


def test_goal_and_reminder_are_set_on_their_pages(alices_browser, alice):
    alices_browser.post("/practice/goal/", {"weekly_minutes": "40", "week_begins": "7"})
    assert goal.goal_of(alice) == goal.Goal(40, "own", 7)
    alices_browser.post("/practice/reminders/", {"at": "07:30", "weekdays": ["1", "5"]})
    reminder = Reminder.objects.get()
    assert (reminder.weekdays, reminder.by_mail) == ("15", False)
    assert alices_browser.post("/practice/reminders/", {"at": "07:30"}).status_code == 400


def test_history_filters_and_takes_as_many_queries_at_3_as_at_30(
    alices_browser, alice, django_assert_max_num_queries
):
    def sessions(count: int, status: str) -> None:
        for _number in range(count):
            begun = services.start(alice)
            services.complete(alice, begun.pk, services.Completion(60, status))

    sessions(3, "completed")
    with django_assert_max_num_queries(8) as few:
        alices_browser.get("/practice/history/")
    sessions(27, "partial")
    with django_assert_max_num_queries(len(few)):
        page = alices_browser.get("/practice/history/").context["page_obj"]
    assert (len(page), page.paginator.count) == (20, 30)
    found = alices_browser.get("/practice/history/?status=completed&date_after=nonsense")
    assert found.context["page_obj"].paginator.count == 3
    assert (
        "No practice matches"
        in alices_browser.get("/practice/history/?kind=interview").content.decode()
    )


def test_home_offers_the_same_topic_all_day_and_another_when_asked(alices_browser):
    first, again, other = (
        alices_browser.get(f"/practice/{query}").context["offer"].question
        for query in ("", "", "?another=1")
    )
    assert first == again
    assert first != other
