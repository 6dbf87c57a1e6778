"""Browsers that are signed in: known or new, listed, last seen when, and ended."""

from datetime import timedelta

import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import services, tasks
from accounts.models import BrowserSession, RefreshFamily, SecurityEvent
from accounts.tests.conftest import set_up_second_factor, sign_in
from conftest import PASSWORD

Kind = SecurityEvent.Kind
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Mobile Safari/604.1"
DEVICES = "/accounts/devices/"
EVERYWHERE = "/accounts/devices/sign-out/"


def browser_of(user, user_agent=FIREFOX, address="198.51.100.7") -> Client:
    """A browser that `user` has signed in with."""
    browser = Client(headers={"user-agent": user_agent}, REMOTE_ADDR=address)
    assert sign_in(browser, user.email).status_code == 302
    return browser


def kinds() -> list[str]:
    return list(SecurityEvent.objects.order_by("id").values_list("kind", flat=True))


def test_first_sign_in_is_no_news_and_another_browser_is(alice):
    browser_of(alice)
    browser_of(alice, SAFARI, "203.0.113.9")

    assert kinds() == [Kind.SIGNED_IN, Kind.NEW_DEVICE]
    new = SecurityEvent.objects.get(kind=Kind.NEW_DEVICE)
    assert (new.address, new.device, new.mail_due) == ("203.0.113.9", SAFARI, True)


def test_browser_is_known_by_its_cookie_wherever_it_is(alice):
    browser_of(alice, SAFARI, "192.0.2.1")
    browser = browser_of(alice)
    browser.post("/accounts/logout/")
    browser.defaults["REMOTE_ADDR"] = "203.0.113.9"

    sign_in(browser, "alice@example.org")

    assert kinds() == [Kind.SIGNED_IN, Kind.NEW_DEVICE, Kind.SIGNED_IN]


def test_browser_is_known_by_name_and_address_without_its_cookie(alice):
    for _ in range(2):
        browser_of(alice)

    assert kinds() == [Kind.SIGNED_IN, Kind.SIGNED_IN]


def test_cookie_of_one_person_makes_a_browser_known_to_nobody_else(alice, bob):
    browser_of(bob, SAFARI, "192.0.2.1")
    browser = browser_of(alice)
    browser.post("/accounts/logout/")

    sign_in(browser, "bob@example.org")

    assert kinds()[-1] == Kind.NEW_DEVICE
    assert len(browser.cookies["known"].value.split(":")[0].split(".")) == 2


def test_cookie_is_signed_lasting_and_out_of_reach_of_scripts(alice):
    cookie = browser_of(alice).cookies["known"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 60 * 60


def test_devices_page_lists_browsers_by_name_and_marks_this_one(alice):
    browser = browser_of(alice)
    browser_of(alice, SAFARI, "203.0.113.9")

    page = browser.get(DEVICES).text

    assert page.count("This one") == 1
    for part in ("Firefox on Linux", "Safari on iPhone", "203.0.113.9"):
        assert part in page


def test_ended_browser_is_signed_out_and_told(alice):
    browser, other = browser_of(alice), browser_of(alice, SAFARI)
    gone = BrowserSession.objects.get(browser=SAFARI)

    browser.post("/accounts/devices/browsers/end/", {"browser": gone.pk})

    assert other.get(DEVICES).status_code == 302
    assert browser.get(DEVICES).status_code == 200
    assert kinds()[-1] == Kind.SESSION_ENDED


def test_somebody_elses_browser_cannot_be_ended(alice, charlies_browser):
    browser = browser_of(alice)

    for number in (str(BrowserSession.objects.get(user=alice).pk), "x", "", "-1"):
        answer = charlies_browser.post("/accounts/devices/browsers/end/", {"browser": number})
        assert answer.status_code == 404
    assert browser.get(DEVICES).status_code == 200


def test_browser_stays_one_line_when_its_session_gets_a_new_key(alice):
    authenticator = set_up_second_factor(alice)
    browser = browser_of(alice)
    browser.post("/accounts/verify/", {"otp_token": authenticator.code()})
    browser.post(
        "/accounts/password/", {"password": PASSWORD, "new_password": "an old oak by the river"}
    )

    assert BrowserSession.objects.get().session_key == browser.session.session_key
    assert "This one" in browser.get(DEVICES).text


def test_last_seen_is_noted_once_in_five_minutes(alice, django_assert_num_queries):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        browser = browser_of(alice)
        clock.shift(60)
        browser.get("/accounts/profile/")
        assert f"{BrowserSession.objects.get().last_seen_at:%H:%M}" == "10:00"
        clock.shift(5 * 60)
        browser.get("/accounts/profile/")
        assert f"{BrowserSession.objects.get().last_seen_at:%H:%M}" == "10:06"


def test_session_of_before_is_noted_with_its_next_request(alice, alices_browser):
    BrowserSession.objects.all().delete()
    session = alices_browser.session
    del session["browser"], session["browser_seen"]
    session.save()

    alices_browser.get("/today/")

    assert BrowserSession.objects.get().session_key == alices_browser.session.session_key


def test_signed_out_browser_leaves_the_list(alice):
    browser = browser_of(alice)
    browser.post("/accounts/logout/")

    assert not BrowserSession.objects.exists()


def test_sessions_that_ended_leave_no_rows(alice):
    browser_of(alice)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    tasks.forget_old_rows()

    assert not Session.objects.exists()
    assert not BrowserSession.objects.exists()


def test_sign_out_everywhere_ends_browsers_tokens_and_apps_at_once(alice, alices_phone, rf):
    browser, other = browser_of(alice), browser_of(alice, SAFARI)
    pair = services.start_family(alice, "Pixel", rf.get("/"), second_factor=False)

    answer = browser.post(EVERYWHERE)

    assert answer["Location"] == "/accounts/login/"
    for client in (browser, other):
        assert client.get(DEVICES)["Location"].startswith("/accounts/login/")
    assert alices_phone.get("/api/v1/speech-sessions/").status_code == 401
    headers = {"authorization": f"Bearer {pair.access}"}
    assert Client().get("/api/v1/auth/me/", headers=headers).status_code == 401
    assert services.renew(pair.refresh, rf.get("/")) is None
    assert not Session.objects.exists()
    assert not RefreshFamily.objects.filter(ended_at=None).exists()
    assert Kind.SIGNED_OUT_EVERYWHERE in kinds()


def test_session_that_ended_itself_is_not_brought_back(alice):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        browser = browser_of(alice)
        clock.shift(10 * 60)
        assert browser.post("/api/v1/auth/logout-all/").status_code == 204

    assert not Session.objects.exists()
    assert not BrowserSession.objects.exists()


def test_browser_that_fell_off_the_list_is_put_back(alice):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        browser = browser_of(alice)
        BrowserSession.objects.all().delete()
        clock.shift(10 * 60)
        browser.get("/accounts/profile/")

    assert BrowserSession.objects.get().session_key == browser.session.session_key


def test_sign_out_everywhere_asks_first(alices_browser):
    page = alices_browser.get(EVERYWHERE)

    assert page.status_code == 200
    assert alices_browser.get(DEVICES).status_code == 200
    assert "That was not you?" in alices_browser.get(f"{EVERYWHERE}?because=not-me").text


def test_sign_out_everywhere_touches_nobody_else(alice, charlies_browser, charlies_phone):
    browser_of(alice).post(EVERYWHERE)

    assert charlies_browser.get(DEVICES).status_code == 200
    assert charlies_phone.get("/api/v1/speech-sessions/").status_code == 200
