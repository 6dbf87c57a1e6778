"""POST /api-auth/login/ and the tokens it gives."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import services
from accounts.models import DeviceToken
from accounts.tests.conftest import set_up_second_factor
from conftest import PASSWORD

LOGIN = "/api-auth/login/"
ALICE = {"username": "alice@example.org", "password": PASSWORD}
SESSIONS = "/api/v1/speech-sessions/"


def post(data, client=None, **options):
    return (client or APIClient()).post(LOGIN, data, **options)


def phone_with(key: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    return client


def error_of(answer) -> tuple[int, str]:
    body = answer.json()
    assert set(body) == {"detail", "type", "errors"}
    assert body["detail"] == body["errors"][0]["detail"]
    return answer.status_code, body["errors"][0]["code"]


@pytest.mark.parametrize("kind", ["json", "multipart"])
@pytest.mark.parametrize("name", ["username", "email"])
def test_login_gives_a_token_for_json_and_forms_and_either_name(alice, kind, name):
    answer = post({name: "Alice@example.org", "password": PASSWORD}, format=kind)

    assert answer.status_code == 200
    assert set(answer.json()) == {"token"}
    assert phone_with(answer.json()["token"]).get(SESSIONS).status_code == 200


def test_login_takes_an_urlencoded_form_without_a_csrf_token_whatever_the_cookies(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    answer = client.post(
        LOGIN,
        f"username=alice%40example.org&password={PASSWORD.replace(' ', '+')}",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 200


def test_login_answers_without_the_trailing_slash_too(alice):
    assert APIClient().post("/api-auth/login", ALICE).status_code == 200


def test_login_by_get_leads_to_the_sign_in_page(client):
    answer = client.get(LOGIN)

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")


@pytest.mark.parametrize("change", [{"password": "wrong"}, {"username": "nobody@example.org"}])
def test_login_with_wrong_credentials_is_401(alice, change):
    answer = post({**ALICE, **change})

    assert error_of(answer) == (401, "invalid_credentials")
    assert answer["WWW-Authenticate"] == "Token"


def test_login_with_a_name_no_address_has_is_400(db):
    assert error_of(post({**ALICE, "username": "x\x00y"}))[0] == 400


def test_login_of_a_suspended_person_is_401_in_the_same_words(alice):
    wrong = post({**ALICE, "password": "wrong"}).json()
    get_user_model().objects.update(is_active=False)

    assert post(ALICE).json() == wrong


@pytest.mark.parametrize("missing", ["username", "password"])
def test_login_without_a_field_is_400_naming_it(alice, missing):
    answer = post({name: value for name, value in ALICE.items() if name != missing})

    assert error_of(answer) == (400, "required")
    assert answer.json()["errors"][0]["attr"] == missing


@pytest.mark.parametrize("body", ["not json", "[]", '"text"', "null", '{"username": ["a"]}'])
def test_login_with_a_broken_body_is_400(db, body):
    answer = APIClient().post(LOGIN, body, content_type="application/json")

    assert error_of(answer)[0] == 400


def test_login_names_the_device(alice):
    post({**ALICE, "device_name": "Pixel 9"})
    post(ALICE, HTTP_USER_AGENT="curl/8.5")

    assert {token.name for token in DeviceToken.objects.all()} == {"Pixel 9", "curl/8.5"}


def test_login_with_a_factor_and_no_code_is_otp_required(alice, alices_authenticator):
    assert error_of(post(ALICE)) == (401, "otp_required")
    assert not DeviceToken.objects.exists()


def test_login_with_a_factor_and_a_wrong_code_is_otp_invalid(alice, alices_authenticator):
    answer = post({**ALICE, "otp_token": alices_authenticator.wrong_code()})

    assert error_of(answer) == (401, "otp_invalid")


def test_login_with_a_wrong_password_does_not_speak_of_the_factor(alice, alices_authenticator):
    answer = post({**ALICE, "password": "wrong", "otp_token": alices_authenticator.code()})

    assert error_of(answer) == (401, "invalid_credentials")
    assert post({**ALICE, "otp_token": alices_authenticator.code()}).status_code == 200


def test_login_with_a_code_gives_a_token_that_counts_as_the_second_factor(
    alice, alices_authenticator
):
    key = post({**ALICE, "otp_token": alices_authenticator.code()}).json()["token"]

    assert DeviceToken.objects.get().second_factor
    assert phone_with(key).get(SESSIONS).status_code == 200


def test_login_takes_a_backup_code_once(alice, alices_authenticator):
    fields = {**ALICE, "otp_token": alices_authenticator.backup_codes[0]}

    assert post(fields).status_code == 200
    assert error_of(post(fields)) == (401, "otp_invalid")


def test_login_takes_no_code_twice(alice, alices_authenticator):
    fields = {**ALICE, "otp_token": alices_authenticator.code()}

    assert post(fields).status_code == 200
    assert error_of(post(fields)) == (401, "otp_invalid")


def test_login_after_wrong_codes_says_when_to_come_back(alice, alices_authenticator):
    post({**ALICE, "otp_token": alices_authenticator.wrong_code()})

    answer = post({**ALICE, "otp_token": alices_authenticator.code()})

    assert error_of(answer) == (429, "throttled")
    assert answer["Retry-After"] == "1"


def test_login_of_a_person_who_must_set_a_factor_up_first_is_403(alice):
    get_user_model().objects.update(must_use_second_factor=True)

    assert error_of(post(ALICE)) == (403, "second_factor_required")


def test_login_is_throttled_by_account_wherever_it_comes_from(alice, counting):
    answers = [
        post({**ALICE, "password": "wrong"}, REMOTE_ADDR=f"203.0.113.{n}") for n in range(11)
    ]

    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert post(ALICE, REMOTE_ADDR="203.0.113.99").status_code == 429


def test_login_is_throttled_by_address_whomever_it_tries(db, counting):
    answers = [post({"username": f"p{n}@example.org", "password": "x"}) for n in range(11)]

    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert error_of(answers[-1]) == (429, "throttled")


def test_looking_at_the_login_address_is_not_counted(alice, counting, client):
    for _ in range(12):
        client.get(LOGIN)

    assert post(ALICE).status_code == 200


def test_token_is_kept_as_a_digest_only(alice):
    key = post(ALICE).json()["token"]

    row = DeviceToken.objects.values().get()
    assert re.fullmatch(r"[0-9a-f]{64}", key)
    assert key not in str(row)


def test_token_lasts_a_year_and_then_is_401(alice):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        key = post(ALICE).json()["token"]
        clock.shift(timedelta(days=365) - timedelta(seconds=1))
        assert phone_with(key).get(SESSIONS).status_code == 200
        clock.shift(1)
        assert error_of(phone_with(key).get(SESSIONS)) == (401, "authentication_failed")


@pytest.mark.parametrize(
    "header", ["Token", "Token a b", "Token é", "Token x", "Token " + "0" * 64]
)
def test_nonsense_tokens_are_401(db, header):
    answer = Client().get(SESSIONS, headers={"authorization": header})

    assert error_of(answer)[0] == 401
    assert answer["WWW-Authenticate"] == "Token"


def test_no_credentials_are_401(db):
    assert error_of(APIClient().get(SESSIONS)) == (401, "not_authenticated")


def test_token_of_a_suspended_person_is_401(alice, alices_phone):
    get_user_model().objects.update(is_active=False)

    assert error_of(alices_phone.get(SESSIONS)) == (401, "authentication_failed")


def test_token_issued_for_the_password_alone_is_403_once_a_factor_is_there(alice, alices_phone):
    set_up_second_factor(alice)

    assert error_of(alices_phone.get(SESSIONS)) == (403, "second_factor_required")


def test_token_issued_for_the_password_alone_is_403_once_a_factor_is_asked_for(alice, alices_phone):
    get_user_model().objects.update(must_use_second_factor=True)

    assert error_of(alices_phone.get(SESSIONS)) == (403, "second_factor_required")


def test_token_use_is_noted_once_a_minute(alice, alices_phone):
    def writes() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            alices_phone.get(SESSIONS, REMOTE_ADDR="203.0.113.5")
        return sum("UPDATE" in query["sql"] for query in queries)

    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        assert [writes(), writes(), writes()] == [1, 0, 0]
        token = DeviceToken.objects.get()
        assert (token.last_used_at, token.last_address) == (timezone.now(), "203.0.113.5")
        clock.shift(61)
        assert [writes(), writes()] == [1, 0]


def test_token_is_found_by_one_query_however_many_there_are(alice, django_assert_num_queries):
    from accounts.authentication import DeviceTokenAuthentication

    for _ in range(20):
        _, key = services.issue_token(alice, "phone", second_factor=False)
    DeviceToken.objects.update(expiry=timezone.now())
    DeviceToken.objects.filter(token_key=key[:15]).update(expiry=None)

    with django_assert_num_queries(1):
        user, _token = DeviceTokenAuthentication().authenticate_credentials(key.encode())
    assert user == alice
    assert DeviceToken.objects.count() == 20
