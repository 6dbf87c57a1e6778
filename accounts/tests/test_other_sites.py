"""Signing in with other sites, against a real OpenID Connect provider of the tests' own."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from social_django.models import UserSocialAuth

from accounts.models import SecurityEvent, User
from accounts.tests.conftest import set_up_second_factor
from conftest import PASSWORD
from tests.openid_provider import running_provider

Kind = SecurityEvent.Kind
PEOPLE = [
    {"sub": "alice-there", "email": "Alice@example.org", "email_verified": True, "name": "Alice"},
    {"sub": "dora-there", "email": "dora@example.org", "email_verified": True, "name": "Dora Dun"},
    {"sub": "eve-there", "email": "alice@example.org", "email_verified": False},
    {"sub": "mallory-there", "email": "alice@example.org", "email_verified": "false"},
    {"sub": "silent-there"},
]


@pytest.fixture(scope="module")
def provider():
    with running_provider(PEOPLE) as url:
        yield url


@pytest.fixture(autouse=True)
def set_up(settings, provider, db):
    settings.SOCIAL_SITES = {"oidc": "Company login"}
    settings.SOCIAL_AUTH_OIDC_OIDC_ENDPOINT = provider
    settings.SOCIAL_AUTH_OIDC_KEY = "verbalcoach"
    settings.SOCIAL_AUTH_OIDC_SECRET = "a secret"


def come_back(browser: Client, who: str, **fields: str):
    """Go to the provider, sign in there as `who`, and come back: the answer to that."""
    away = browser.post("/accounts/social/oidc/", fields)
    assert away.status_code == 302, away.content
    there = requests.post(away["Location"], data={"sub": who}, allow_redirects=False, timeout=10)
    assert there.status_code in {302, 303}, there.text
    back = urlsplit(there.headers["Location"])
    assert back.path == "/accounts/social/oidc/complete/"
    return browser.get(f"{back.path}?{back.query}")


def said(browser: Client, answer) -> str:
    return browser.get(answer["Location"]).content.decode()


def who(browser: Client) -> str | None:
    return browser.session.get("_auth_user_id")


@pytest.fixture
def verified_alice(alice):
    alice.email_verified = True
    alice.save()
    return alice


def test_buttons_are_shown_only_where_a_site_is_set_up(browser, settings):
    assert "Continue with Company login" in browser.get("/accounts/login/").content.decode()
    settings.SOCIAL_SITES = {}
    assert "Continue with" not in browser.get("/accounts/login/").content.decode()
    assert browser.post("/accounts/social/oidc/").status_code == 404


@pytest.mark.parametrize("name", ["github", "google-oauth2", "username", "../x"])
def test_site_that_is_not_set_up_is_not_there(browser, name):
    assert browser.post(f"/accounts/social/{name}/").status_code == 404
    assert browser.get(f"/accounts/social/{name}/complete/?code=x&state=y").status_code == 404


def test_begin_by_get_or_from_another_page_leads_nowhere(strict_browser):
    assert strict_browser.get("/accounts/social/oidc/").status_code == 405
    assert strict_browser.post("/accounts/social/oidc/").status_code == 403


def test_somebody_new_gets_an_account_with_a_verified_address(browser):
    answer = come_back(browser, "dora-there")

    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    user = User.objects.get(email="dora@example.org")
    assert who(browser) == str(user.pk)
    assert user.email_verified
    assert user.name == "Dora Dun"
    assert not user.has_usable_password()
    kinds = set(SecurityEvent.objects.filter(user=user).values_list("kind", flat=True))
    assert {Kind.SIGNED_UP, Kind.IDENTITY_LINKED, Kind.SIGNED_IN} <= kinds


def test_nothing_of_the_other_site_is_kept_but_who_it_was(browser):
    come_back(browser, "dora-there")

    row = UserSocialAuth.objects.get()
    assert (row.provider, row.uid, row.extra_data) == ("oidc", "dora-there", {})


def test_the_same_person_comes_in_again_also_after_a_change_of_address(browser):
    come_back(browser, "dora-there")
    User.objects.update(email="dora@elsewhere.org")
    second = Client()

    come_back(second, "dora-there")

    assert who(second) == who(browser)
    assert User.objects.count() == 1


def test_verified_address_links_to_the_account_that_has_verified_it(verified_alice, browser):
    come_back(browser, "alice-there")

    assert who(browser) == str(verified_alice.pk)
    event = SecurityEvent.objects.get(kind=Kind.IDENTITY_LINKED)
    assert (event.user, event.mail_due) == (verified_alice, True)


@pytest.mark.parametrize("impostor", ["eve-there", "mallory-there", "silent-there"])
def test_address_that_the_site_has_not_verified_opens_nothing(verified_alice, browser, impostor):
    answer = come_back(browser, impostor)

    assert who(browser) is None
    assert "does not say that your address is verified" in said(browser, answer)
    assert not UserSocialAuth.objects.exists()
    assert User.objects.count() == 1


def test_account_whose_address_is_not_verified_is_not_linked(alice, browser):
    answer = come_back(browser, "alice-there")

    assert who(browser) is None
    assert "not verified yet" in said(browser, answer)
    assert not UserSocialAuth.objects.exists()


def test_suspended_person_stays_out(browser):
    come_back(browser, "dora-there")
    User.objects.update(is_active=False)
    second = Client()

    answer = come_back(second, "dora-there")

    assert who(second) is None
    assert "may not sign in" in said(second, answer)


def test_second_factor_is_asked_for_all_the_same(verified_alice, browser):
    set_up_second_factor(verified_alice)

    come_back(browser, "alice-there", next="/speech-sessions/")

    assert browser.get("/speech-sessions/")["Location"].startswith("/accounts/verify/")
    assert browser.get("/api/v1/auth/me/").status_code == 403


def test_next_leads_back_within_this_site_only(verified_alice, browser):
    answer = come_back(browser, "alice-there", next="/speech-sessions/")
    assert answer["Location"] == "/speech-sessions/"

    answer = come_back(Client(), "alice-there", next="https://evil.example.org/")
    assert "evil" not in answer["Location"]


def test_answer_of_another_browser_is_refused(verified_alice, browser):
    away = browser.post("/accounts/social/oidc/")
    there = requests.post(
        away["Location"], data={"sub": "alice-there"}, allow_redirects=False, timeout=10
    )
    back = urlsplit(there.headers["Location"])
    victim = Client()

    answer = victim.get(f"{back.path}?{back.query}")

    assert answer.status_code == 302
    assert who(victim) is None
    assert not UserSocialAuth.objects.exists()


def test_answer_that_comes_again_opens_nothing(verified_alice, browser):
    away = browser.post("/accounts/social/oidc/")
    there = requests.post(
        away["Location"], data={"sub": "alice-there"}, allow_redirects=False, timeout=10
    )
    back = urlsplit(there.headers["Location"])
    browser.get(f"{back.path}?{back.query}")
    browser.post("/accounts/logout/")

    browser.get(f"{back.path}?{back.query}")

    assert who(browser) is None


def test_saying_no_there_is_told_kindly(browser):
    state = parse_qs(urlsplit(browser.post("/accounts/social/oidc/")["Location"]).query)["state"][0]

    answer = browser.get(
        f"/accounts/social/oidc/complete/?error=access_denied&state={state}", follow=True
    )

    assert answer.redirect_chain[-1][0] == "/accounts/login/"
    assert "Nothing has changed" in answer.content.decode()


def test_site_that_does_not_answer_is_told(browser, settings):
    settings.SOCIAL_AUTH_OIDC_OIDC_ENDPOINT = "http://127.0.0.1:9"

    answer = browser.post("/accounts/social/oidc/", follow=True)

    assert answer.status_code == 200
    assert "did not work" in answer.content.decode()


@pytest.fixture
def confirmed_browser(verified_alice, browser):
    browser.post("/accounts/login/", {"username": verified_alice.email, "password": PASSWORD})
    browser.post("/accounts/confirm/", {"password": PASSWORD})
    return browser


def test_connecting_and_disconnecting_from_the_page(confirmed_browser, verified_alice):
    answer = come_back(confirmed_browser, "eve-there", next="/accounts/connections/")

    assert answer["Location"] == "/accounts/connections/"
    row = UserSocialAuth.objects.get(user=verified_alice)
    page = confirmed_browser.get("/accounts/connections/").content.decode()
    assert "Disconnect Company login" in page
    confirmed_browser.post(f"/accounts/connections/{row.pk}/end/")
    assert not UserSocialAuth.objects.exists()
    kinds = list(SecurityEvent.objects.values_list("kind", flat=True))
    assert kinds.count(Kind.IDENTITY_LINKED) == kinds.count(Kind.IDENTITY_UNLINKED) == 1


def test_connecting_asks_for_a_recent_confirmation(verified_alice, browser):
    browser.force_login(verified_alice)

    answer = browser.post("/accounts/social/oidc/")

    assert answer["Location"].startswith("/accounts/confirm/")


def test_account_of_somebody_else_there_is_not_connected(confirmed_browser, verified_alice):
    come_back(Client(), "dora-there")

    come_back(confirmed_browser, "dora-there")

    assert UserSocialAuth.objects.get().user.email == "dora@example.org"
    assert who(confirmed_browser) == str(verified_alice.pk)


def test_last_way_in_is_not_disconnected(browser):
    come_back(browser, "dora-there")
    row = UserSocialAuth.objects.get()

    assert "Disconnect Company login" not in browser.get("/accounts/connections/").content.decode()
    browser.post(f"/accounts/connections/{row.pk}/end/")

    assert UserSocialAuth.objects.exists()


def test_connection_of_another_person_is_not_there(confirmed_browser):
    come_back(Client(), "dora-there")
    row = UserSocialAuth.objects.get()

    assert confirmed_browser.post(f"/accounts/connections/{row.pk}/end/").status_code == 404
