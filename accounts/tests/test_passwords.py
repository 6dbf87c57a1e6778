"""Changing and resetting passwords."""

import re

import time_machine
from django.test import Client

from accounts import services
from accounts.models import DeviceToken, User
from accounts.tests.conftest import sign_in
from conftest import PASSWORD

NEW = "an old oak by the river"


def ask_for_reset(browser, email):
    return browser.post("/accounts/password/reset/", {"email": email})


def link_in(mail) -> str:
    found = re.search(r"https?://[^/]+(/accounts/password/reset/\S+)", mail.body)
    assert found
    return found[1]


def use_link(browser, link, password=NEW):
    """Open the link and post a new password; the last answer."""
    page = browser.get(link, follow=True)
    if not page.context["validlink"]:
        return page
    return browser.post(page.request["PATH_INFO"], {"new_password": password})


def test_change_needs_the_present_password(alices_browser, alice):
    answer = alices_browser.post(
        "/accounts/password/", {"password": "not this", "new_password": NEW}
    )

    assert "not your password" in str(answer.context["form"].errors["password"])
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_change_ends_other_sessions_and_all_tokens_but_not_this_session(
    alices_browser, alice, alices_phone
):
    elsewhere = Client()
    elsewhere.force_login(alice)

    alices_browser.post("/accounts/password/", {"password": PASSWORD, "new_password": NEW})

    assert alices_browser.get("/accounts/security/").status_code == 200
    assert elsewhere.get("/accounts/security/").status_code == 302
    assert not DeviceToken.objects.filter(ended_at=None).exists()
    assert alices_phone.get("/api/v1/speech-sessions/").status_code == 401


def test_change_refuses_a_weak_password(alices_browser):
    answer = alices_browser.post(
        "/accounts/password/", {"password": PASSWORD, "new_password": "alice.archer"}
    )

    assert answer.context["form"].errors["new_password"]


def test_guessing_the_present_password_in_a_borrowed_browser_is_bounded(alices_browser, counting):
    for _ in range(11):
        answer = alices_browser.post(
            "/accounts/password/", {"password": "guess", "new_password": NEW}
        )

    assert "Too many attempts" in answer.text


def test_reset_answers_the_same_whether_the_address_is_known(browser, alice, sent):
    known = ask_for_reset(browser, "Alice@Example.org")
    unknown = ask_for_reset(browser, "nobody@example.org")

    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]
    assert [mail.to for mail in sent()] == [["alice@example.org"]]


def test_reset_link_sets_a_password_once(browser, alice, sent):
    ask_for_reset(browser, "alice@example.org")
    link = link_in(sent()[0])

    assert use_link(browser, link).status_code == 302
    again = use_link(Client(), link, "a third password indeed")

    assert not again.context["validlink"]
    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_reset_link_open_twice_sets_one_password(browser, alice, sent):
    ask_for_reset(browser, "alice@example.org")
    link = link_in(sent()[0])
    pages = [(client, client.get(link, follow=True)) for client in (Client(), Client())]
    twin = User.objects.get()

    for client, page in pages:
        client.post(page.request["PATH_INFO"], {"new_password": NEW})

    assert not services.reset_password(twin, "came a moment too late")
    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_reset_does_not_sign_in_and_does_not_pass_the_second_factor(
    browser, alice, alices_authenticator, sent
):
    ask_for_reset(browser, "alice@example.org")
    use_link(browser, link_in(sent()[0]))

    assert "_auth_user_id" not in browser.session
    answer = sign_in(browser, "alice@example.org", NEW, next="/privacy/")
    assert browser.get("/accounts/security/")["Location"].startswith("/accounts/verify/")
    assert answer.status_code == 302


def test_reset_ends_sessions_and_tokens_and_proves_the_address(
    browser, alice, alices_browser, sent
):
    services.issue_token(alice, "Pixel", second_factor=False)
    ask_for_reset(browser, "alice@example.org")
    use_link(browser, link_in(sent()[0]))

    assert alices_browser.get("/accounts/security/").status_code == 302
    assert not DeviceToken.objects.filter(ended_at=None).exists()
    alice.refresh_from_db()
    assert alice.email_verified


def test_reset_link_ends_after_four_hours(browser, alice, sent):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        ask_for_reset(browser, "alice@example.org")
        link = link_in(sent()[0])
        clock.shift(4 * 60 * 60 + 1)
        assert not use_link(browser, link).context["validlink"]


def test_earlier_reset_link_ends_with_a_changed_password(browser, alice, sent):
    ask_for_reset(browser, "alice@example.org")
    link = link_in(sent()[0])
    services.set_password(alice, "changed in the meantime")

    assert not use_link(browser, link).context["validlink"]


def test_reset_token_leaves_the_address_bar(browser, alice, sent):
    ask_for_reset(browser, "alice@example.org")
    link = link_in(sent()[0])

    answer = browser.get(link)

    assert answer.status_code == 302
    assert link.rstrip("/").rsplit("/", 1)[-1] not in answer["Location"]


def test_reset_is_for_people_without_a_password_too(browser, db, sent):
    user = User.objects.create_user("new@example.org")
    ask_for_reset(browser, "new@example.org")
    use_link(browser, link_in(sent()[0]))

    user.refresh_from_db()
    assert user.check_password(NEW)


def test_reset_sends_nothing_to_suspended_people(browser, alice, sent):
    User.objects.update(is_active=False)
    ask_for_reset(browser, "alice@example.org")

    assert not sent()


def test_nobodys_mailbox_is_filled_with_reset_links(browser, alice, sent, counting):
    for _ in range(8):
        assert ask_for_reset(browser, "alice@example.org").status_code == 302

    assert len(sent()) == 5


def test_reset_page_says_where_mails_are_kept_when_none_are_sent(browser, settings, db):
    assert "var/mail" in browser.get("/accounts/password/reset/").text

    settings.EMAIL_URL = "smtp://mail.example.org"
    assert "var/mail" not in browser.get("/accounts/password/reset/").text
