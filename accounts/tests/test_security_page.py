"""The security and profile pages: what one sees, and what one may end."""

from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import DeviceToken
from accounts.tests.conftest import sign_in
from conftest import PASSWORD

SECURITY, DEVICES = "/accounts/security/", "/accounts/devices/"
REVOKE = "/accounts/security/tokens/revoke/"


def test_account_pages_are_for_signed_in_people(browser, db):
    for name in ("security", "profile", "setup", "verify", "disable", "backup_codes"):
        answer = browser.get(reverse(f"accounts:{name}"))
        assert answer["Location"].startswith("/accounts/login/?next="), name
    for name in ("password_change", "token_create"):
        answer = browser.get(reverse(f"accounts:{name}"))
        assert answer["Location"].startswith("/accounts/login/?next="), name
    assert browser.post(REVOKE, {"all": "yes"})["Location"].startswith("/accounts/login/")


def test_devices_lists_only_ones_own(alices_browser, alice, bob):
    services.issue_token(alice, "My Pixel", second_factor=False)
    services.issue_token(bob, "Bob's laptop", second_factor=False)

    page = alices_browser.get(DEVICES).text

    assert "My Pixel" in page
    assert "laptop" not in page


def test_devices_take_the_same_number_of_queries_when_there_are_many(
    alices_browser, alice, django_assert_max_num_queries
):
    for n in range(30):
        services.issue_token(alice, f"Device {n}", second_factor=False)
        Client().force_login(alice)

    with django_assert_max_num_queries(7):
        assert alices_browser.get(DEVICES).text.count("<li class=") == 61


def test_device_names_are_shown_as_text(alices_browser, alice):
    services.issue_token(alice, "<script>alert(1)</script>", second_factor=False)

    assert "<script>alert(1)" not in alices_browser.get(DEVICES).text


def test_one_device_is_signed_out(alices_browser, alice, alices_phone):
    kept, _ = services.issue_token(alice, "kept", second_factor=False)
    gone = DeviceToken.objects.exclude(pk=kept.pk).get()

    alices_browser.post(REVOKE, {"digest": gone.digest})

    assert DeviceToken.objects.get(ended_at=None) == kept
    assert alices_phone.get("/api/v1/speech-sessions/").status_code == 401


def test_all_devices_are_signed_out_but_nobody_elses(alices_browser, alices_phone, charlies_phone):
    alices_browser.post(REVOKE, {"all": "yes"})

    assert alices_phone.get("/api/v1/speech-sessions/").status_code == 401
    assert charlies_phone.get("/api/v1/speech-sessions/").status_code == 200


def test_somebody_elses_device_cannot_be_signed_out(charlies_browser, alices_phone):
    charlies_browser.post(REVOKE, {"digest": DeviceToken.objects.get().digest})
    charlies_browser.post(REVOKE, {})

    assert alices_phone.get("/api/v1/speech-sessions/").status_code == 200


def test_new_token_is_shown_once_and_works(alices_browser, alice, client):
    answer = alices_browser.post("/accounts/security/tokens/", {"name": "My script"})
    assert answer["Location"] == "/accounts/confirm/?next=%2Faccounts%2Fsecurity%2Ftokens%2F"
    alices_browser.post("/accounts/confirm/", {"password": PASSWORD})
    answer = alices_browser.post("/accounts/security/tokens/", {"name": "My script"})

    key = answer.context["key"]
    assert key in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert key not in alices_browser.get(DEVICES).text
    headers = {"authorization": f"Token {key}"}
    assert client.get("/api/v1/speech-sessions/", headers=headers).status_code == 200


def test_new_token_of_a_verified_session_counts_as_the_second_factor(
    browser, alice, alices_authenticator
):
    sign_in(browser, "alice@example.org")
    browser.post("/accounts/verify/", {"otp_token": alices_authenticator.code()})
    browser.post("/accounts/security/tokens/", {"name": "My script"})

    assert DeviceToken.objects.get().second_factor


def test_profile_keeps_name_language_and_zone(alices_browser, alice):
    fields = {"name": "Alice A.", "native_language": "de", "time_zone": "Europe/Berlin"}

    assert alices_browser.post("/accounts/profile/", fields).status_code == 302

    alice.refresh_from_db()
    assert {name: getattr(alice, name) for name in fields} == fields


def test_profile_changes_nothing_else(alices_browser, alice):
    alices_browser.post(
        "/accounts/profile/",
        {"name": "A", "email": "x@example.org", "is_staff": "on", "role": "admin"},
    )

    alice.refresh_from_db()
    assert (alice.email, alice.is_staff, alice.role) == ("alice@example.org", False, "learner")


def test_profile_refuses_an_unknown_zone(alices_browser, alice):
    answer = alices_browser.post("/accounts/profile/", {"time_zone": "Mars/Olympus"})

    assert answer.context["form"].errors["time_zone"]


def test_profile_keeps_a_language_that_came_another_way(alices_browser, alice):
    alice.native_language = "Klingon"
    alice.save()

    page = alices_browser.get("/accounts/profile/").text
    assert '<option value="Klingon" selected>' in page
    alices_browser.post("/accounts/profile/", {"name": "A", "native_language": "Klingon"})
    alice.refresh_from_db()
    assert alice.native_language == "Klingon"


def test_times_on_the_page_of_devices_are_in_ones_own_zone(alices_browser, alice):
    alice.time_zone = "Pacific/Kiritimati"
    alice.save()
    services.issue_token(alice, "Pixel", second_factor=False)
    DeviceToken.objects.update(last_used_at="2026-11-21T12:00:00Z")

    assert "22 Nov 2026, 02:00" in alices_browser.get(DEVICES).text
