"""Addresses are confirmed, changed and changed back by links that work once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts import links, services
from accounts.models import DeviceToken, SecurityEvent, User
from accounts.tests.conftest import set_up_second_factor, sign_in
from conftest import PASSWORD

Kind = SecurityEvent.Kind
NEW = "alice@new.example.org"


def link_in(mail) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https?://[^/\s]+(/accounts/email/\S+)", mail.body)
    assert found, mail.body
    return found[1]


def kinds_of(user) -> list[str]:
    events = SecurityEvent.objects.filter(user=user).order_by("id")
    return [event.kind for event in events if event.kind != Kind.SIGNED_IN]


@pytest.fixture
def confirmed_browser(browser, alice):
    """A browser of alice's that has just given her password; her address is confirmed."""
    User.objects.filter(pk=alice.pk).update(email_verified=True)
    sign_in(browser, "alice@example.org")
    return browser


def ask_change(browser, email=NEW):
    return browser.post("/accounts/email/change/", {"email": email})


def test_sign_up_sends_a_link_that_confirms_the_address(browser, db, sent):
    browser.post(
        "/accounts/register/", {"email": "dora@example.org", "password": "seven green bottles"}
    )
    [mail] = sent()
    assert mail.to == ["dora@example.org"]
    assert not User.objects.get().email_verified

    answer = Client().post(link_in(mail))

    assert answer.status_code == 302
    assert User.objects.get().email_verified
    assert kinds_of(User.objects.get()) == ["signed_up", "verification_asked", "email_verified"]


def test_looking_at_a_link_does_not_use_it(browser, alice, rf, sent):
    services.ask_verification(alice, rf.get("/"))
    link = link_in(sent()[0])

    for _ in range(3):
        assert "Confirm the address" in browser.get(link).text
        browser.head(link)

    alice.refresh_from_db()
    assert not alice.email_verified
    assert browser.post(link).status_code == 302


def test_used_link_is_refused_and_in_the_log(browser, alice, rf, sent):
    services.ask_verification(alice, rf.get("/"))
    link = link_in(sent()[0])
    browser.post(link)

    again = browser.post(link)

    assert again.status_code == 410
    assert "no longer works" in again.text
    assert kinds_of(alice)[-1] == "link_refused"


def test_old_link_is_refused_and_in_the_log(browser, alice, rf, sent):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        services.ask_verification(alice, rf.get("/"))
        link = link_in(sent()[0])
        clock.shift(timedelta(days=3, seconds=1))
        assert browser.post(link).status_code == 410

    alice.refresh_from_db()
    assert not alice.email_verified
    assert kinds_of(alice)[-1] == "link_refused"


@pytest.mark.parametrize("token", ["x", "MQ:1wAbCd:forged", "a" * 300])
def test_forged_link_is_refused_and_told_to_nobody(browser, alice, token):
    for page in ("verify", "change", "undo"):
        assert browser.post(f"/accounts/email/{page}/{token}/").status_code == 410
    assert kinds_of(alice) == []


def test_link_of_one_purpose_does_not_serve_another(browser, alice, rf, sent):
    event = SecurityEvent.objects.create(
        user=alice, kind=Kind.EMAIL_CHANGED, detail={"old": "x@example.org", "new": NEW}
    )

    token = links.token_for(links.VERIFY, event)

    assert browser.post(f"/accounts/email/undo/{token}/").status_code == 410
    assert browser.post(f"/accounts/email/verify/{token}/").status_code == 410


def test_link_is_sent_again_but_not_without_end(alices_browser, counting, sent):
    statuses = [alices_browser.post("/accounts/email/verify/").status_code for _ in range(6)]

    assert statuses == [302] * 5 + [429]
    assert len(sent()) == 5


def test_confirmed_address_gets_no_more_links(alices_browser, alice, sent):
    User.objects.update(email_verified=True)

    alices_browser.post("/accounts/email/verify/")

    assert not sent()
    assert "is confirmed" in alices_browser.get("/accounts/email/verify/").text


def test_change_asks_for_a_recent_confirmation(alices_browser):
    answer = alices_browser.get("/accounts/email/change/")

    assert answer["Location"].startswith("/accounts/confirm/")


def test_change_moves_the_account_when_the_new_mailbox_says_so(confirmed_browser, alice, sent):
    ask_change(confirmed_browser)
    [asked] = sent()
    alice.refresh_from_db()
    assert (asked.to, alice.email) == ([NEW], "alice@example.org")

    Client().post(link_in(asked))

    alice.refresh_from_db()
    assert (alice.email, alice.email_verified) == (NEW, True)
    told = sent()[1:]
    assert sorted(mail.to[0] for mail in told) == ["alice@example.org", NEW]
    assert kinds_of(alice) == ["email_change_asked", "email_changed", "email_verified"]


def test_change_link_works_once(confirmed_browser, alice, sent):
    ask_change(confirmed_browser)
    link = link_in(sent()[0])
    confirmed_browser.post(link)

    assert confirmed_browser.post(link).status_code == 410


def test_change_answers_the_same_where_the_address_is_taken(confirmed_browser, alice, bob, sent):
    free, taken = ask_change(confirmed_browser), ask_change(confirmed_browser, "bob@example.org")

    assert free.status_code == taken.status_code == 302
    assert free["Location"] == taken["Location"]
    to_bob = next(mail for mail in sent() if mail.to == ["bob@example.org"])
    assert "/accounts/email/" not in to_bob.body
    assert "account already" in to_bob.subject


def test_address_taken_in_the_meantime_is_said(confirmed_browser, alice, sent):
    ask_change(confirmed_browser)
    link = link_in(sent()[0])
    User.objects.create_user(NEW)

    answer = confirmed_browser.post(link)

    assert "has an account" in answer.text
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_change_that_waits_ends_with_signing_out_everywhere(confirmed_browser, alice, rf, sent):
    ask_change(confirmed_browser)
    link = link_in(sent()[0])
    services.end_everything(alice)

    assert Client().post(link).status_code == 410


def test_old_mailbox_takes_the_account_back(confirmed_browser, alice, alices_phone, sent):
    ask_change(confirmed_browser)
    change = link_in(sent()[0])
    Client().post(change)
    undo = link_in(next(mail for mail in sent()[1:] if mail.to == ["alice@example.org"]))
    thief = confirmed_browser

    assert Client().post(undo).status_code == 302

    alice.refresh_from_db()
    assert alice.email == "alice@example.org"
    assert not alice.has_usable_password()
    assert thief.get("/accounts/security/").status_code == 302
    assert not DeviceToken.objects.filter(ended_at=None).exists()
    assert sent()[-1].to == ["alice@example.org"]
    assert "/accounts/password/reset/" in sent()[-1].body
    # Neither link does anything again.
    assert Client().post(undo).status_code == 410
    assert Client().post(change).status_code == 410
    assert sign_in(Client(), "alice@example.org", PASSWORD).status_code == 200


def test_undo_works_after_a_second_change_too(confirmed_browser, alice, sent):
    ask_change(confirmed_browser)
    Client().post(link_in(sent()[0]))
    undo = link_in(next(mail for mail in sent()[1:] if mail.to == ["alice@example.org"]))
    ask_change(confirmed_browser, "third@example.org")
    Client().post(link_in(sent()[-1]))
    alice.refresh_from_db()
    assert alice.email == "third@example.org"

    Client().post(undo)

    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_mailbox_that_was_never_confirmed_gets_no_way_back(confirmed_browser, alice, sent):
    User.objects.filter(pk=alice.pk).update(email_verified=False)
    ask_change(confirmed_browser)

    Client().post(link_in(sent()[0]))

    alice.refresh_from_db()
    assert alice.email == NEW
    assert [mail.to for mail in sent()] == [[NEW], [NEW]]


def test_undo_ends_after_seven_days(browser, alice, sent):
    User.objects.filter(pk=alice.pk).update(email_verified=True)
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        sign_in(browser, "alice@example.org")
        ask_change(browser)
        Client().post(link_in(sent()[-1]))
        undo = link_in(next(mail for mail in sent() if mail.to == ["alice@example.org"]))
        clock.shift(timedelta(days=7, seconds=1))
        assert Client().post(undo).status_code == 410


def test_address_set_by_staff_is_to_be_confirmed_and_told_to_the_old_one(alice, sent):
    admin = User.objects.create_superuser("root@example.org", PASSWORD)
    authenticator = set_up_second_factor(admin)
    browser = Client()
    sign_in(browser, "root@example.org")
    browser.post("/accounts/verify/", {"otp_token": authenticator.code()})
    User.objects.filter(pk=alice.pk).update(email_verified=True)
    page = browser.get(f"/admin/accounts/user/{alice.pk}/change/")
    fields = {
        name: value
        for name, value in page.context["adminform"].form.initial.items()
        if isinstance(value, str | bool) and value
    }

    answer = browser.post(f"/admin/accounts/user/{alice.pk}/change/", {**fields, "email": NEW})

    assert answer.status_code == 302
    alice.refresh_from_db()
    assert (alice.email, alice.email_verified) == (NEW, False)
    told = {mail.to[0]: mail.body for mail in sent()}
    assert "/accounts/email/undo/" in told["alice@example.org"]
    assert "By: whoever runs" in told["alice@example.org"]
    assert "/accounts/email/verify/" in told[NEW]


def test_links_lead_to_the_site_and_not_to_the_host_of_a_request(browser, alice, settings, sent):
    settings.SITE_URL = "https://coach.example.org"
    settings.ALLOWED_HOSTS = ["*"]

    browser.post(
        "/accounts/password/reset/", {"email": "alice@example.org"}, headers={"host": "evil.test"}
    )

    assert "https://coach.example.org/accounts/password/reset/" in sent()[0].body
    assert "evil" not in sent()[0].body
