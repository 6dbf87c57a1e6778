"""Addresses and passwords over the API, at both of their prefixes."""

import io
import logging
import re
import time

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts import services
from accounts.models import DeviceToken, SecurityEvent, User
from accounts.tests.conftest import sign_in
from conftest import PASSWORD, api_client_of

Kind = SecurityEvent.Kind
NEW = "an old oak by the river"


def error_of(answer) -> tuple[int, str, str | None]:
    body = answer.json()
    assert set(body) == {"detail", "type", "errors"}
    return answer.status_code, body["errors"][0]["code"], body["errors"][0]["attr"]


def reset_link(mail) -> dict[str, str]:
    found = re.search(r"/accounts/password/reset/([^/]+)/([^/]+)/", mail.body)
    assert found
    return {"uid": found[1], "token": found[2]}


def email_token(mail) -> str:
    found = re.search(r"/accounts/email/\w+/([^/\s]+)/", mail.body)
    assert found
    return found[1]


@pytest.mark.parametrize("prefix", ["/api/v1/auth", "/auth"])
def test_reset_answers_the_same_and_its_link_sets_a_password_once(prefix, alice, sent):
    client = APIClient()
    known = client.post(f"{prefix}/password/reset", {"email": "Alice@example.org"})
    unknown = client.post(f"{prefix}/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert known.status_code == 202
    link = reset_link(sent()[0])

    first = client.post(f"{prefix}/password/reset/confirm/", {**link, "new_password": NEW})
    again = client.post(f"{prefix}/password/reset/confirm/", {**link, "new_password": f"{NEW} 2"})

    assert first.status_code == 204
    assert error_of(again) == (400, "link_invalid", "token")
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert alice.security_events.filter(kind=Kind.LINK_REFUSED).count() == 1


@pytest.mark.parametrize(
    "change",
    [{"uid": "!!"}, {"uid": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}, {"token": "x"}, {"uid": "MQ"}],
)
def test_reset_with_a_link_that_never_was_is_400(alice, change, sent):
    services.ask_reset("alice@example.org", Client().get("/").wsgi_request)
    body = {**reset_link(sent()[0]), "token": "cx-1", "new_password": NEW, **change}

    answer = APIClient().post("/api/v1/auth/password/reset/confirm/", body)

    assert error_of(answer) == (400, "link_invalid", "token")


def test_reset_refuses_a_weak_password_and_keeps_the_link(alice, sent):
    services.ask_reset("alice@example.org", Client().get("/").wsgi_request)
    link, client = reset_link(sent()[0]), APIClient()

    weak = client.post(
        "/api/v1/auth/password/reset/confirm/", {**link, "new_password": "alice.archer"}
    )

    assert error_of(weak) == (400, "weak", "new_password")
    strong = client.post("/api/v1/auth/password/reset/confirm/", {**link, "new_password": NEW})
    assert strong.status_code == 204


def test_change_ends_every_credential_but_a_browsers_own_session(alice, alices_phone, browser):
    sign_in(browser, "alice@example.org")
    body = {"password": PASSWORD, "new_password": NEW}

    assert alices_phone.post("/api/v1/auth/password/change/", body).status_code == 204

    assert alices_phone.get("/api/v1/auth/me/").status_code == 401
    assert browser.get("/accounts/security/").status_code == 302
    assert not DeviceToken.objects.filter(ended_at=None).exists()
    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_change_by_a_session_keeps_that_session(alice):
    browser = Client()
    sign_in(browser, "alice@example.org")

    answer = browser.post(
        "/api/v1/auth/password/change/", {"password": PASSWORD, "new_password": NEW}
    )

    assert answer.status_code == 204
    assert browser.get("/api/v1/auth/me/").status_code == 200


def test_change_needs_the_present_password_and_bounds_guesses(alices_phone):
    body = {"password": "guess", "new_password": NEW}
    answers = [alices_phone.post("/api/v1/auth/password/change/", body) for _ in range(6)]

    assert error_of(answers[0]) == (400, "wrong_password", "password")
    assert answers[5].status_code == 429
    assert 0 < int(answers[5]["Retry-After"]) <= 60


def test_address_is_confirmed_by_the_token_of_the_link(alice, alices_phone, sent):
    assert alices_phone.post("/api/v1/auth/email/verify/", {}).status_code == 202
    token = email_token(sent()[0])

    answer = APIClient().post("/api/v1/auth/email/verify/", {"token": token})
    again = APIClient().post("/api/v1/auth/email/verify/", {"token": token})

    assert answer.json() == {"email": "alice@example.org", "email_verified": True}
    assert error_of(again) == (400, "link_invalid", "token")
    alice.refresh_from_db()
    assert alice.email_verified


def test_having_the_link_sent_again_needs_a_sign_in(db):
    assert error_of(APIClient().post("/api/v1/auth/email/verify/", {}))[0] == 401


def test_address_is_changed_with_the_password_and_the_new_mailbox(alice, alices_phone, sent):
    address = "/api/v1/auth/email/change/"
    body = {"email": "alice@new.example.org"}
    assert error_of(alices_phone.post(address, body))[:2] == (403, "confirmation_required")
    assert alices_phone.post(address, {**body, "password": PASSWORD}).status_code == 202

    answer = APIClient().post(address, {"token": email_token(sent()[0])})

    assert answer.json()["email"] == "alice@new.example.org"
    assert alices_phone.get("/api/v1/auth/me/").json()["email"] == "alice@new.example.org"


def test_change_without_address_or_token_names_the_field(alices_phone):
    assert error_of(alices_phone.post("/api/v1/auth/email/change/", {})) == (
        400,
        "required",
        "email",
    )


def test_address_that_was_taken_meanwhile_is_409(alice, alices_phone, sent):
    address = "/api/v1/auth/email/change/"
    alices_phone.post(address, {"email": "new@example.org", "password": PASSWORD})
    token = email_token(sent()[0])
    User.objects.create_user("new@example.org")

    answer = APIClient().post(address, {"token": token})

    assert error_of(answer)[:2] == (409, "taken")


def test_asking_for_a_reset_does_no_mail_work_in_the_request(alice, mailoutbox, settings):
    # A mail that were written or sent here would fail here.
    settings.EMAIL_BACKEND = "no.such.Backend"

    for email in ("alice@example.org", "nobody@example.org"):
        answer = APIClient().post("/api/v1/auth/password/reset/", {"email": email})
        assert answer.status_code == 202
    assert alice.security_events.get().mail_attempts == 0


def test_known_and_unknown_addresses_are_answered_at_the_same_beat(alice):
    def seconds(call) -> float:
        started = time.perf_counter()
        call()
        return time.perf_counter() - started

    def reset(email):
        return lambda: APIClient().post("/api/v1/auth/password/reset/", {"email": email})

    for email in ("alice@example.org", "nobody@example.org"):
        assert seconds(reset(email)) >= 0.2


@pytest.fixture
def log():
    """What the product's own handler writes, at the most talkative level."""
    handler = next(each for each in logging.getLogger().handlers if each.name == "console")
    root, written = logging.getLogger(), io.StringIO()
    before, level = handler.setStream(written), root.level
    root.setLevel(logging.DEBUG)
    yield written.getvalue
    root.setLevel(level)
    handler.setStream(before)


def test_secrets_of_failing_requests_are_not_logged(alice, alices_phone, browser, log, sent):
    secrets = ("hush-password-1", "hush-password-2", "424242", "hush-token")
    password, new, code, token = secrets
    client = APIClient(raise_request_exception=False)
    sign_in(browser, "alice@example.org", password)
    for path, body in (
        ("/api-auth/login/", {"username": "alice@example.org", "password": password}),
        ("/api-auth/login/", {"password": password, "otp_token": code}),
        ("/api/v1/auth/register/", {"email": "alice@example.org", "password": new}),
        ("/api/v1/auth/refresh/", {"refresh": token}),
        ("/api/v1/auth/email/verify/", {"token": token}),
        (
            "/api/v1/auth/password/reset/confirm/",
            {"uid": "MQ", "token": token, "new_password": new},
        ),
    ):
        assert client.post(path, body).status_code >= 400, path
    wrong = {"password": password, "new_password": new}
    assert alices_phone.post("/api/v1/auth/password/change/", wrong).status_code == 400
    for scheme in ("Token", "Bearer"):
        headers = {"authorization": f"{scheme} {token}"}
        assert Client().get("/api/v1/auth/me/", headers=headers).status_code == 401
    for page in ("verify", "change", "undo"):
        assert browser.post(f"/accounts/email/{page}/{token}/").status_code == 410
    services.ask_reset("alice@example.org", Client().get("/").wsgi_request)
    link = reset_link(sent()[-1])
    Client().put(f"/accounts/password/reset/{link['uid']}/{link['token']}/")

    written = log()
    assert "/accounts/email/verify/…" in written
    for secret in (*secrets, link["token"]):
        assert secret not in written, secret


def test_log_of_a_crash_holds_no_password(alice, log, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("database away")

    monkeypatch.setattr("accounts.services.sign_in", broken)
    client = APIClient(raise_request_exception=False)

    answer = client.post(
        "/api-auth/login/", {"username": "alice@example.org", "password": "hush-password"}
    )

    assert answer.status_code == 500
    assert "database away" in log()
    assert "hush" not in log()
    assert "hush" not in answer.content.decode()


def test_calls_of_another_person_do_not_reach_the_account(alice, bob):
    api_client_of(bob).post(
        "/api/v1/auth/email/change/", {"email": "x@example.org", "password": PASSWORD}
    )

    assert not alice.security_events.exists()
