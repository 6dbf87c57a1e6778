"""Signing in, up and out with pages."""

import time
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.urls import reverse

from accounts.models import User
from accounts.tests.conftest import sign_in
from conftest import PASSWORD

TODAY = reverse("today")


def is_signed_in(browser) -> bool:
    return "_auth_user_id" in browser.session


def test_sign_in_leads_to_today(browser, alice):
    answer = sign_in(browser, "alice@example.org")

    assert answer.status_code == 302
    assert answer["Location"] == TODAY
    assert is_signed_in(browser)


def test_sign_in_takes_the_address_in_any_case_and_with_spaces(browser, alice):
    sign_in(browser, "  ALICE@Example.ORG ")

    assert is_signed_in(browser)


def test_wrong_password_is_refused_beside_the_form(browser, alice):
    answer = sign_in(browser, "alice@example.org", "not this one")

    assert answer.status_code == 200
    assert "do not belong together" in answer.text
    assert not is_signed_in(browser)


def test_unknown_address_is_refused_in_the_same_words(browser, alice):
    known = sign_in(browser, "alice@example.org", "not this one")
    unknown = sign_in(browser, "nobody@example.org", "not this one")

    assert known.context["form"].errors == unknown.context["form"].errors


def test_suspended_person_is_refused_in_the_same_words(browser, alice):
    wrong = sign_in(browser, "alice@example.org", "not this one")
    alice.is_active = False
    alice.save()

    suspended = sign_in(browser, "alice@example.org")

    assert suspended.context["form"].errors == wrong.context["form"].errors
    assert not is_signed_in(browser)


def test_unknown_address_costs_a_password_hash_too(browser, db):
    with patch("django.contrib.auth.hashers.Argon2PasswordHasher.encode", autospec=True) as hashing:
        hashing.return_value = "argon2$nothing"
        sign_in(browser, "nobody@example.org")

    assert hashing.call_count == 1


@pytest.mark.parametrize(
    "foreign",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_next_to_a_foreign_address_is_ignored(browser, alice, foreign):
    answer = browser.post(
        f"{reverse('accounts:login')}?next={foreign}",
        {"username": "alice@example.org", "password": PASSWORD, "next": foreign},
    )

    assert answer["Location"] == TODAY


def test_next_within_the_site_is_followed(browser, alice):
    answer = sign_in(browser, "alice@example.org", next="/speech-sessions/?status=archived")

    assert answer["Location"] == "/speech-sessions/?status=archived"


def test_sign_in_page_sends_on_whoever_is_signed_in(alices_browser):
    answer = alices_browser.get("/accounts/login/?next=/privacy/")

    assert answer["Location"] == "/privacy/"


def test_session_key_changes_with_signing_in(browser, alice):
    browser.get("/accounts/login/")
    session = browser.session
    session["mark"] = 1
    session.save()
    before = session.session_key

    sign_in(browser, "alice@example.org")

    assert browser.session.session_key != before


def test_sign_in_form_needs_a_csrf_token(strict_browser, alice):
    answer = sign_in(strict_browser, "alice@example.org")

    assert answer.status_code == 403


def test_sign_out_needs_a_post(alices_browser):
    assert alices_browser.get("/accounts/logout/").status_code == 405
    assert is_signed_in(alices_browser)

    assert alices_browser.post("/accounts/logout/").status_code == 302
    assert not is_signed_in(alices_browser)


def test_forwarded_address_counts_only_behind_the_proxy(rf, settings):
    from accounts.addresses import client_address

    request = rf.get("/", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9", REMOTE_ADDR="10.0.0.1")
    assert client_address(request) == "10.0.0.1"

    settings.BEHIND_PROXY = True
    assert client_address(request) == "203.0.113.9"

    assert client_address(rf.get("/", REMOTE_ADDR="")) is None


def test_sign_up_makes_a_learner_and_signs_in(browser, db):
    answer = browser.post(
        "/accounts/register/",
        {"email": "Dora@Example.org", "password": "seven green bottles", "name": "Dora"},
    )

    assert answer["Location"] == TODAY
    user = User.objects.get()
    assert (user.email, user.name, user.role) == ("dora@example.org", "Dora", "learner")
    assert not user.is_staff
    assert not user.email_verified
    assert is_signed_in(browser)


def test_sign_up_keeps_passwords_as_argon2(browser, db):
    browser.post(
        "/accounts/register/", {"email": "dora@example.org", "password": "seven green bottles"}
    )

    user = User.objects.get()
    assert identify_hasher(user.password).algorithm == "argon2"
    assert user.check_password("seven green bottles")


@pytest.mark.parametrize("password", ["short", "12345678901", "password1", "dora.example"])
def test_sign_up_refuses_weak_passwords_beside_the_field(browser, db, password):
    answer = browser.post(
        "/accounts/register/", {"email": "dora.example@x.org", "password": password}
    )

    assert answer.context["form"].errors["password"]
    assert not User.objects.exists()


def test_sign_up_with_a_known_address_is_refused_in_any_case(browser, alice):
    answer = browser.post(
        "/accounts/register/", {"email": "ALICE@example.org", "password": "seven green bottles"}
    )

    assert "There is an account" in str(answer.context["form"].errors["email"])
    assert User.objects.count() == 1


def test_sign_up_cannot_give_itself_rights(browser, db):
    browser.post(
        "/accounts/register/",
        {
            "email": "dora@example.org",
            "password": "seven green bottles",
            "is_staff": "on",
            "is_superuser": "on",
            "role": "admin",
        },
    )

    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.role) == (False, False, "learner")


def test_accounts_are_not_made_by_the_thousand(browser, db, counting):
    with patch("accounts.forms.SignUpForm.save", lambda form, _: form.add_error("email", "no")):
        answers = [
            browser.post(
                "/accounts/register/",
                {"email": f"p{n}@example.org", "password": "seven green bottles"},
            )
            for n in range(61)
        ]

    assert {answer.status_code for answer in answers[:60]} == {200}
    assert answers[60].status_code == 429
    assert "Too many attempts" in answers[60].text


def test_sign_up_taken_in_the_meantime_is_said_beside_the_field(browser, alice):
    with patch("accounts.forms.SignUpForm.clean_email", lambda form: form.cleaned_data["email"]):
        answer = browser.post(
            "/accounts/register/",
            {"email": "alice@example.org", "password": "seven green bottles"},
        )

    assert "There is an account" in str(answer.context["form"].errors["email"])


def test_addresses_are_found_in_any_case_everywhere(db):
    made = User.objects.create(email="Erin@Example.Org")

    assert User.objects.get(email="ERIN@example.org") == made
    assert User.objects.get_by_natural_key("erin@EXAMPLE.org") == made
    made.refresh_from_db()
    assert made.email == "erin@example.org"


def test_sign_in_costs_about_one_password_hash(browser, alice):
    started = time.process_time()
    alice.check_password("x")
    one_hash = time.process_time() - started

    started = time.process_time()
    sign_in(browser, "alice@example.org")
    assert time.process_time() - started < one_hash + 0.5
