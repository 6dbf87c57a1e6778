"""Guesses of passwords: bounded, told, and in nobody else's way."""

from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import lock_out, tasks
from accounts.models import SecurityEvent
from accounts.tests.conftest import sign_in
from conftest import PASSWORD

Kind = SecurityEvent.Kind
LOGIN = "/api-auth/login/"


def guess(browser, times=1, email="alice@example.org", address="198.51.100.7"):
    """The answer to the last of some wrong passwords."""
    for _ in range(times):
        answer = browser.post(
            "/accounts/login/", {"username": email, "password": "wrong"}, REMOTE_ADDR=address
        )
    return answer


def events(kind):
    return SecurityEvent.objects.filter(kind=kind)


def test_sixth_guess_is_answered_with_429_and_the_time_to_wait(browser, alice):
    assert guess(browser, 5).status_code == 200

    answer = guess(browser)

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "Too many attempts" in answer.text


def test_right_password_is_not_looked_at_while_the_door_is_shut(browser, alice):
    for _ in range(5):
        sign_in(browser, "alice@example.org", "wrong")

    assert sign_in(browser, "Alice@example.org").status_code == 429
    assert "_auth_user_id" not in browser.session


def test_wait_doubles_with_each_failure_up_to_an_hour(browser, alice):
    waits = []
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        guess(browser, 5)
        for _ in range(9):
            waits.append(int(guess(browser)["Retry-After"]) // 60)
            clock.shift(waits[-1] * 60)
            assert guess(browser).status_code == 200

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_door_opens_when_the_time_has_passed(browser, alice):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        for _ in range(6):
            refused = sign_in(browser, "alice@example.org", "wrong")
        clock.shift(int(refused["Retry-After"]))
        assert sign_in(browser, "alice@example.org").status_code == 302


def test_right_password_forgets_the_wrong_ones(browser, alice):
    for _ in range(3):
        for _ in range(4):
            sign_in(browser, "alice@example.org", "wrong")
        assert sign_in(browser, "alice@example.org").status_code == 302
        browser.logout()

    assert not AccessAttempt.objects.exists()


def test_wrong_passwords_for_one_person_keep_nobody_else_out(browser, alice, bob):
    guess(browser, 6)

    assert sign_in(browser, "bob@example.org").status_code == 302


def test_wrong_passwords_from_elsewhere_do_not_lock_the_owner_out(browser, alice):
    guess(browser, 10)

    assert sign_in(browser, "alice@example.org").status_code == 302


def test_page_and_api_count_together(browser, alice):
    for _ in range(5):
        sign_in(browser, "alice@example.org", "wrong")

    answer = APIClient().post(LOGIN, {"username": "alice@example.org", "password": PASSWORD})

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert answer.json()["errors"][0]["code"] == "throttled"


def test_unknown_address_is_shut_out_in_the_same_words(browser, alice):
    known = guess(browser, 6)
    unknown = guess(browser, 6, "nobody@example.org", "198.51.100.8")

    assert known.status_code == unknown.status_code == 429
    assert known.context["form"].errors == unknown.context["form"].errors
    assert not SecurityEvent.objects.exclude(user=alice).exists()


def test_one_network_trying_many_people_is_stopped_and_leaves_few_rows(browser, db):
    with patch("django.contrib.auth.backends.ModelBackend.authenticate", return_value=None):
        answers = [guess(browser, 1, f"p{n}@example.org").status_code for n in range(120)]

    assert answers == [200] * 100 + [429] * 20
    assert AccessAttempt.objects.count() == 100


def test_addresses_of_one_ipv6_network_count_as_one(browser, alice):
    for n in range(5):
        guess(browser, 1, address=f"2001:db8:0:1::{n + 1}")

    assert guess(browser, 1, address="2001:db8:0:1:ffff::9").status_code == 429
    assert guess(browser, 1, address="2001:db8:0:2::1").status_code == 200


def test_address_counts_the_same_in_the_coat_of_the_newer_protocol(browser, alice):
    guess(browser, 5)

    assert guess(browser, 1, address="::ffff:198.51.100.7").status_code == 429


def test_failures_of_more_than_an_hour_ago_keep_their_account_waiting_but_not_its_network(
    browser, alice, bob
):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        guess(browser, 5)
        AccessAttempt.objects.update(failures_since_start=lock_out.FAILURES_AN_HOUR)
        clock.shift(60 * 60 + 1)

        assert sign_in(Client(REMOTE_ADDR="198.51.100.7"), "bob@example.org").status_code == 302
        assert guess(browser).status_code == 200
        assert AccessAttempt.objects.get().failures_since_start == lock_out.FAILURES_AN_HOUR + 1


def test_two_hundred_guesses_from_one_address_are_refused_and_told_in_a_few_rows(browser, alice):
    statuses = [guess(browser).status_code for _ in range(200)]

    assert statuses == [200] * 5 + [429] * 195
    assert AccessAttempt.objects.get().failures_since_start == 5
    assert events(Kind.SIGN_IN_REFUSED).get().detail == {"times": 5}
    assert events(Kind.LOCKED_OUT).get().detail == {"times": 195}
    assert events(Kind.LOCKED_OUT).filter(mail_due=True).count() == 1


def test_two_hundred_guesses_from_many_addresses_are_refused_and_told_in_a_few_rows(browser, alice):
    known = Client()
    sign_in(known, "alice@example.org")
    known.post("/accounts/logout/")

    answers = [guess(browser, 1, address=f"203.0.113.{n}").status_code for n in range(200)]

    assert answers == [200] * 100 + [429] * 100
    assert AccessAttempt.objects.count() == 100
    for kind in (Kind.SIGN_IN_REFUSED, Kind.LOCKED_OUT):
        assert events(kind).count() == 20
        assert sum(event.detail.get("times", 1) for event in events(kind)) == 100
    assert events(Kind.LOCKED_OUT).filter(mail_due=True).count() == 1
    # From a new place not even the right password is looked at; a browser of hers goes in.
    stranger = Client(REMOTE_ADDR="192.0.2.99", headers={"user-agent": "another"})
    assert sign_in(stranger, "alice@example.org").status_code == 429
    known.defaults["REMOTE_ADDR"] = "192.0.2.100"
    assert sign_in(known, "alice@example.org").status_code == 302


def test_account_under_attack_opens_to_everybody_when_the_hour_has_passed(browser, alice):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        for n in range(101):
            answer = guess(browser, 1, address=f"203.0.113.{n}")
        clock.shift(int(answer["Retry-After"]))
        assert sign_in(browser, "alice@example.org").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_guesses_sent_at_once_are_counted_before_the_password_is_looked_at(alice):
    # What a second request sees while the password of the first is still being hashed.
    waits = [lock_out.count_attempt("alice@example.org", "198.51.100.7") for _ in range(7)]

    assert waits[:5] == [0] * 5
    assert all(waits[5:])


def test_lock_out_holds_while_the_cache_is_away_and_lets_people_in(browser, alice, settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock"}
    }
    cache.clear()

    assert guess(browser, 6).status_code == 429
    assert sign_in(browser, "alice@example.org").status_code == 302


def test_nothing_that_was_sent_is_kept(browser, alice):
    guess(browser)

    row = AccessAttempt.objects.get()
    assert (row.get_data, row.post_data, row.user_agent) == ("", "", "")


def test_old_attempts_are_deleted(browser, alice):
    guess(browser)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=1, seconds=1))

    tasks.forget_old_rows()

    assert not AccessAttempt.objects.exists()


def test_new_password_opens_the_door_again(browser, alice):
    from accounts import services

    guess(browser, 6)
    services.set_password(alice, "an old oak by the river")

    answer = browser.post(
        "/accounts/login/",
        {"username": "alice@example.org", "password": "an old oak by the river"},
        REMOTE_ADDR="198.51.100.7",
    )
    assert answer.status_code == 302
