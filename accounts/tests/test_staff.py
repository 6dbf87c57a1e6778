"""Staff look after accounts within their rights, and the owners see it."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts import second_factor, services
from accounts.models import BrowserSession, SecurityEvent, User
from accounts.tests.conftest import set_up_second_factor, sign_in
from conftest import PASSWORD, api_client_of

USERS = "/admin/accounts/user/"
EVENTS = "/admin/accounts/securityevent/"


def browser_of(user: User) -> Client:
    """A browser in which `user` has given their second factor."""
    code = set_up_second_factor(user).code()
    client = Client()
    sign_in(client, user.email)
    client.post("/accounts/verify/", {"otp_token": code})
    return client


@pytest.fixture
def boss(db) -> User:
    return User.objects.create_superuser("boss@example.org", PASSWORD)


@pytest.fixture
def helper(db) -> User:
    """Staff who may see and change users, and read the audit log."""
    user = User.objects.create_user("helper@example.org", PASSWORD, is_staff=True)
    names = ("view_user", "change_user", "view_securityevent")
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    return user


@pytest.fixture
def helpers_browser(helper) -> Client:
    return browser_of(helper)


def act(browser: Client, action: str, *people: User):
    ids = [person.pk for person in people]
    return browser.post(USERS, {"action": action, "_selected_action": ids}, follow=True)


def kinds_of(user: User) -> list[tuple[str, str | None]]:
    events = SecurityEvent.objects.filter(user=user).order_by("id")
    return [(event.kind, event.actor and event.actor.email) for event in events]


def test_suspending_ends_everything_and_restoring_lets_in_again(
    helpers_browser, alice, alices_phone, helper
):
    browser = Client()
    sign_in(browser, "alice@example.org")
    assert browser.get("/today/").status_code == 200

    act(helpers_browser, "suspend", alice)

    assert browser.get("/today/").status_code == 302
    assert not BrowserSession.objects.filter(user=alice).exists()
    assert alices_phone.get("/api/v1/speech-sessions/").status_code == 401
    assert "do not belong together" in sign_in(Client(), "alice@example.org").text
    act(helpers_browser, "restore", alice)
    assert alices_phone.get("/api/v1/speech-sessions/").status_code == 401
    assert sign_in(Client(), "alice@example.org").status_code == 302
    told = kinds_of(alice)
    assert ("suspended", "helper@example.org") in told
    assert ("restored", "helper@example.org") in told


def test_untick_on_the_page_suspends_as_the_action_does(helpers_browser, alice, alices_phone):
    page = helpers_browser.get(f"{USERS}{alice.pk}/change/")
    fields = page.context["adminform"].form.initial
    form = {
        name: fields[name] for name in ("email", "name", "role", "native_language", "time_zone")
    }

    helpers_browser.post(f"{USERS}{alice.pk}/change/", form)

    alice.refresh_from_db()
    assert not alice.is_active
    assert alices_phone.get("/api/v1/speech-sessions/").status_code == 401
    assert kinds_of(alice)[0] == ("suspended", "helper@example.org")


def test_who_changes_users_makes_nobody_staff(helpers_browser, alice, helper):
    page = helpers_browser.get(f"{USERS}{alice.pk}/change/")
    assert not {"is_staff", "is_superuser", "groups"} & set(page.context["adminform"].form.fields)

    form = {"email": alice.email, "role": "learner", "is_active": "on", "is_superuser": "on"}
    helpers_browser.post(f"{USERS}{alice.pk}/change/", form | {"is_staff": "on"})

    alice.refresh_from_db()
    assert (alice.is_staff, alice.is_superuser) == (False, False)


def test_who_changes_users_does_not_touch_staff(helpers_browser, boss, helper):
    set_up_second_factor(boss)
    for action in ("suspend", "remove_second_factor", "revoke_tokens"):
        act(helpers_browser, action, boss, helper)
    address = f"{USERS}{boss.pk}/password/"
    form = {"password1": "seven green bottles", "password2": "seven green bottles"}
    assert helpers_browser.post(address, {**form, "usable_password": "true"}).status_code == 403

    boss.refresh_from_db()
    assert boss.is_active
    assert boss.check_password(PASSWORD)
    assert second_factor.has_factor(boss)
    assert second_factor.has_factor(helper)


def test_reset_factor_and_sign_out_are_told_to_the_owner_with_who_did_it(
    helpers_browser, alice, bob
):
    authenticator = set_up_second_factor(alice)
    phone = api_client_of(alice, second_factor=True)

    act(helpers_browser, "remove_second_factor", alice)
    act(helpers_browser, "revoke_tokens", bob)

    assert authenticator.device.pk
    assert not second_factor.has_factor(alice)
    assert phone.get("/api/v1/speech-sessions/").status_code == 401
    assert ("factor_removed", "helper@example.org") in kinds_of(alice)
    assert kinds_of(bob) == [("signed_out_everywhere", "helper@example.org")]
    browser = Client()
    sign_in(browser, "alice@example.org")
    assert "Second factor removed" in browser.get("/accounts/activity/").text


def test_password_set_by_staff_is_told_with_who_did_it(boss, alice, alices_phone):
    browser_of(boss).post(
        f"{USERS}{alice.pk}/password/",
        {
            "usable_password": "true",
            "password1": "seven green bottles",
            "password2": "seven green bottles",
            "set-password": "Set",
        },
    )

    alice.refresh_from_db()
    assert alice.check_password("seven green bottles")
    assert alices_phone.get("/api/v1/speech-sessions/").status_code == 401
    assert ("password_changed", "boss@example.org") in kinds_of(alice)


def test_audit_log_is_read_and_not_written(helpers_browser, alice):
    services.suspend(alice, alice)
    event = SecurityEvent.objects.get(user=alice)

    page = helpers_browser.get(f"{EVENTS}?user__id__exact={alice.pk}")
    assert page.status_code == 200
    assert "Account suspended" in page.text
    assert helpers_browser.get(f"{EVENTS}{event.pk}/change/").status_code == 200
    for address in (f"{EVENTS}add/", f"{EVENTS}{event.pk}/delete/"):
        assert helpers_browser.get(address).status_code == 403
    assert f"user__id__exact={alice.pk}" in helpers_browser.get(f"{USERS}{alice.pk}/change/").text


def test_superuser_deletes_a_person_with_their_log_but_no_line_of_it(boss, alice):
    services.suspend(alice, boss)
    event = SecurityEvent.objects.get(user=alice)
    browser = browser_of(boss)
    assert browser.post(f"{EVENTS}{event.pk}/delete/", {"post": "yes"}).status_code == 403

    browser.post(f"{USERS}{alice.pk}/delete/", {"post": "yes"})

    assert not User.objects.filter(pk=alice.pk).exists()


def test_staff_without_a_right_see_no_people(db):
    nobody = User.objects.create_user("new@example.org", PASSWORD, is_staff=True)
    browser = browser_of(nobody)

    assert browser.get("/admin/").status_code == 200
    assert browser.get(USERS).status_code == 403
    assert browser.get(EVENTS).status_code == 403


def test_page_of_a_person_tells_what_they_use(helpers_browser, alice):
    assert "0 sessions, 0 minutes" in helpers_browser.get(f"{USERS}{alice.pk}/change/").text


@pytest.mark.parametrize(
    "model",
    [
        "otp_totp/totpdevice",
        "django_otp_webauthn/webauthncredential",
        "social_django/usersocialauth",
        "accounts/backupcode",
        "axes/accessattempt",
    ],
)
def test_secrets_of_people_are_not_in_the_admin(boss, model):
    assert browser_of(boss).get(f"/admin/{model}/").status_code == 404
