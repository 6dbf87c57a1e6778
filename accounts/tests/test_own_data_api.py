"""`users/me/export` and `users/me` DELETE."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import DataExport, Erasure, SecurityEvent
from conftest import PASSWORD, api_client_of
from verbalcoach.exports import make_export

EXPORT = "/api/v1/users/me/export/"
ME = "/api/v1/users/me/"


@pytest.fixture(autouse=True)
def work_dir(settings, tmp_path):
    settings.WORK_DIR = tmp_path / "work"


def code_of(answer) -> str:
    return answer.json()["errors"][0]["code"]


def test_copy_is_asked_for_made_and_fetched(alices_phone, alice):
    assert alices_phone.get(EXPORT).status_code == 404
    answer = alices_phone.post(EXPORT, {"password": PASSWORD}, format="json")
    assert answer.status_code == 202
    assert (answer.json()["state"], answer.json()["download"]) == ("queued", None)
    make_export(answer.json()["id"])
    ready = alices_phone.get(EXPORT).json()
    assert (ready["state"], ready["progress"], ready["error"]) == ("done", 100, "")
    assert ready["download"].startswith(f"http://testserver{EXPORT}")
    fetched = alices_phone.get(ready["download"])
    content = b"".join(fetched.streaming_content)
    assert (fetched.status_code, len(content)) == (200, ready["size"])
    part = alices_phone.get(ready["download"], HTTP_RANGE="bytes=0-1")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"PK")
    kinds = SecurityEvent.objects.filter(user=alice).values_list("kind", flat=True)
    assert {"export_asked", "export_ready", "export_fetched"} <= set(kinds)


def test_copy_asks_who_it_is_first(alices_phone):
    answer = alices_phone.post(EXPORT)
    assert (answer.status_code, code_of(answer)) == (403, "confirmation_required")
    answer = alices_phone.post(EXPORT, {"password": "wrong"}, format="json")
    assert answer.status_code == 400
    assert not DataExport.objects.exists()


def test_second_copy_is_a_conflict_while_one_is_made(alices_phone):
    alices_phone.post(EXPORT, {"password": PASSWORD}, format="json")
    answer = alices_phone.post(EXPORT, {"password": PASSWORD}, format="json")
    assert (answer.status_code, code_of(answer)) == (409, "export_under_way")


def test_link_to_the_copy_is_worth_nothing_to_others(alices_phone, charlies_phone, client):
    asked = alices_phone.post(EXPORT, {"password": PASSWORD}, format="json").json()
    make_export(asked["id"])
    link = alices_phone.get(EXPORT).json()["download"]
    assert charlies_phone.get(link).status_code == 404
    assert client.get(link).status_code == 401
    assert alices_phone.get(f"{EXPORT}nothing/").status_code == 404


def test_erasure_ends_every_credential_at_once(alices_phone, alice, alices_browser):
    answer = alices_phone.delete(ME, {"password": PASSWORD}, format="json")
    assert answer.status_code == 202
    assert set(answer.json()) == {"asked_at", "due_at"}
    assert alices_phone.get("/api/v1/auth/me/").status_code == 401
    assert "/accounts/login/" in alices_browser.get("/today/").url
    assert Erasure.objects.get().user == alice


@pytest.mark.parametrize(
    ("sent", "status"),
    [({}, 403), ({"password": "wrong"}, 400), ({"password": 7}, 400), ([], 403)],
)
def test_erasure_asks_for_the_password(alices_phone, sent, status):
    assert alices_phone.delete(ME, sent, format="json").status_code == status
    assert not Erasure.objects.exists()


def test_erasure_asks_for_a_code_too_where_there_is_a_factor(alice, alices_authenticator):
    phone = api_client_of(alice)
    alice.auth_token_set.update(second_factor=True)
    answer = phone.delete(ME, {"password": PASSWORD}, format="json")
    assert (answer.status_code, code_of(answer)) == (403, "confirmation_required")
    wrong = {"password": PASSWORD, "otp_token": alices_authenticator.wrong_code()}
    assert phone.delete(ME, wrong, format="json").status_code == 400
    assert not Erasure.objects.exists()
    right = {"password": PASSWORD, "otp_token": alices_authenticator.backup_codes[0]}
    assert phone.delete(ME, right, format="json").status_code == 202


@pytest.mark.parametrize("path", ["/api-auth/login/", "/api/v1/auth/login/"])
def test_account_that_waits_to_be_erased_gets_no_new_token(client, alice, path):
    Erasure.objects.create(user=alice, due_at=timezone.now() + timedelta(days=3))
    sent = {"username": alice.email, "password": PASSWORD}
    answer = client.post(path, sent, content_type="application/json")
    assert (answer.status_code, code_of(answer)) == (403, "erasure_pending")
    assert not SecurityEvent.objects.filter(user=alice, kind="signed_in").exists()
