"""The audit log: what is written, and what its owner sees of it, on the page and over the API."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import security_log
from accounts.models import SecurityEvent
from accounts.tests.conftest import sign_in
from accounts.tests.test_passwords import ask_for_reset, link_in, use_link
from conftest import PASSWORD

Kind = SecurityEvent.Kind
ACTIVITY = "/accounts/activity/"
AUDIT = "/api/v1/auth/audit/"


def kinds_of(user) -> list[str]:
    return list(user.security_events.order_by("id").values_list("kind", flat=True))


def test_activity_shows_only_ones_own_events(alices_browser, alice, bob):
    security_log.record(alice, Kind.PASSWORD_CHANGED)
    security_log.record(bob, Kind.BACKUP_CODES_MADE)

    page = alices_browser.get(ACTIVITY).text

    assert "Password changed" in page
    assert "New backup codes made" not in page


def test_activity_is_filtered_by_kind(alices_browser, alice):
    security_log.record(alice, Kind.PASSWORD_CHANGED)

    answer = alices_browser.get(f"{ACTIVITY}?kind=password_changed")

    assert [event.kind for event in answer.context["events"]] == ["password_changed"]
    assert "Show everything" in alices_browser.get(f"{ACTIVITY}?kind=nonsense").text


def test_activity_costs_the_same_for_many_events(
    alices_browser, alice, django_assert_max_num_queries
):
    for _ in range(70):
        security_log.record(alice, Kind.SIGNED_IN)

    with django_assert_max_num_queries(8):
        page = alices_browser.get(ACTIVITY)
    assert len(page.context["events"]) == 30
    assert alices_browser.get(f"{ACTIVITY}?page=3").status_code == 200


def test_activity_shows_times_in_ones_own_zone(alices_browser, alice):
    alice.time_zone = "Pacific/Kiritimati"
    alice.save()
    SecurityEvent.objects.update(at="2026-11-21T12:00:00Z")

    assert "22 Nov 2026, 02:00" in alices_browser.get(ACTIVITY).text


def test_activity_shows_what_programs_call_themselves_as_text(alices_browser, alice, rf):
    request = rf.get("/", headers={"user-agent": "<script>alert(1)</script>"})
    security_log.record(alice, Kind.SIGNED_IN, request)

    assert "<script>alert(1)" not in alices_browser.get(ACTIVITY).text


def test_activity_leads_to_what_to_do_if_it_was_not_you(alices_browser):
    assert f"{reverse('accounts:sign_out_everywhere')}?because=not-me" in (
        alices_browser.get(ACTIVITY).text
    )


def test_audit_lists_the_same_over_the_api(alice, alices_phone, bob, rf):
    request = rf.get("/", headers={"user-agent": "curl/8.5.0"}, REMOTE_ADDR="203.0.113.5")
    security_log.record(alice, Kind.EMAIL_CHANGED, request, old="a@x.org", new="b@x.org", epoch=3)
    security_log.record(bob, Kind.SIGNED_IN)

    body = alices_phone.get(f"{AUDIT}?kind=email_changed").json()

    assert body["count"] == 1
    [event] = body["results"]
    assert event["kind"] == "email_changed"
    assert event["address"] == "203.0.113.5"
    assert event["device"] == "curl"
    assert event["detail"] == {"old": "a@x.org", "new": "b@x.org"}
    assert not event["by_staff"]


def test_audit_costs_the_same_for_one_event_and_for_many(
    alice, alices_phone, django_assert_num_queries
):
    security_log.record(alice, Kind.SIGNED_IN)
    alices_phone.get(AUDIT)
    with django_assert_num_queries(3):
        alices_phone.get(AUDIT)
    for _ in range(40):
        security_log.record(alice, Kind.SIGNED_IN)
    with django_assert_num_queries(3):
        assert len(alices_phone.get(AUDIT).json()["results"]) == 20


def test_audit_stands_at_the_earlier_address_too(alices_phone):
    assert alices_phone.get("/auth/audit").status_code == 200
    assert Client().get("/auth/audit/").status_code == 401


def test_reset_is_in_the_log_from_asking_to_the_replayed_link(browser, alice, sent):
    ask_for_reset(browser, "alice@example.org")
    link = link_in(sent()[0])
    use_link(browser, link)
    for _ in range(3):
        use_link(Client(), link)

    assert kinds_of(alice) == [Kind.RESET_ASKED, Kind.PASSWORD_CHANGED, Kind.LINK_REFUSED]
    refused = alice.security_events.get(kind=Kind.LINK_REFUSED)
    assert refused.detail == {"link": "reset", "times": 3}


def test_wrong_password_of_a_known_account_is_in_its_log(browser, alice):
    sign_in(browser, "alice@example.org", "wrong")
    sign_in(browser, "nobody@example.org", "wrong")

    assert kinds_of(alice) == [Kind.SIGN_IN_REFUSED]
    assert not alice.security_events.get().mail_due


@pytest.mark.parametrize("page", ["/accounts/password/", "/accounts/confirm/"])
def test_guess_of_the_present_password_is_in_the_log_with_where_it_came_from(
    alices_browser, alice, page
):
    guess = {"password": "x", "new_password": "y"}
    alices_browser.post(page, guess, REMOTE_ADDR="203.0.113.5")

    newest = alice.security_events.latest("id")
    assert (newest.kind, newest.address) == (Kind.SIGN_IN_REFUSED, "203.0.113.5")


def test_changed_password_is_in_the_log_and_mailed(alices_browser, alice, sent):
    alices_browser.post(
        "/accounts/password/", {"password": PASSWORD, "new_password": "an old oak by the river"}
    )

    assert kinds_of(alice)[-1] == Kind.PASSWORD_CHANGED
    assert sent()[0].subject == "Your password was changed"


@pytest.mark.parametrize("verified", [True, False])
def test_checklist_says_what_is_left_to_do(alices_browser, alice, verified):
    alice.email_verified = verified
    alice.save()

    checks = {
        check.title: check for check in alices_browser.get("/accounts/security/").context["checks"]
    }

    assert checks["E-mail address"].is_done is verified
    assert not checks["Second factor"].is_done
    assert "Backup codes" not in checks


def test_checklist_counts_backup_codes(browser, alice, alices_authenticator):
    sign_in(browser, "alice@example.org")
    browser.post("/accounts/verify/", {"otp_token": alices_authenticator.code()})

    checks = browser.get("/accounts/security/").context["checks"]

    codes = next(check for check in checks if check.title == "Backup codes")
    assert (codes.is_done, codes.note) == (True, "10 are left.")
