"""`auth/2fa/`: the same devices as on the pages, for programs."""

import json
import time

import pytest
import time_machine
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential
from rest_framework.test import APIClient

from accounts import second_factor, services
from accounts.models import BackupCode, BackupCodeDevice, DeviceToken, SecurityEvent, User
from accounts.tests.conftest import Authenticator, set_up_second_factor
from accounts.tests.soft_key import SoftKey
from conftest import PASSWORD, api_client_of

BASE = "/api/v1/auth/2fa"


def code_of(answer) -> str:
    return answer.json()["errors"][0]["code"]


@pytest.fixture
def phone(alice) -> APIClient:
    """A phone that gave the second factor, where there is one."""
    return api_client_of(alice, second_factor=True)


@pytest.fixture
def authenticator(alice) -> Authenticator:
    return set_up_second_factor(alice)


def test_authenticator_is_enrolled_and_confirmed_and_the_caller_goes_on(alice, alices_phone):
    enrolled = alices_phone.post(f"{BASE}/totp/enrol").json()
    assert set(enrolled) == {"secret", "otpauth_url", "qr_svg"}
    assert enrolled["otpauth_url"].startswith("otpauth://totp/")
    assert f"secret={enrolled['secret']}" in enrolled["otpauth_url"]
    assert enrolled["qr_svg"].startswith("<svg")
    api_client_of(alice)

    code = Authenticator(TOTPDevice.objects.get(), ()).code()
    answer = alices_phone.post(f"{BASE}/totp/confirm", {"otp_token": code})

    assert answer.status_code == 200
    assert len(answer.json()["backup_codes"]) == 10
    assert "no-store" in answer["Cache-Control"]
    assert alices_phone.get(f"{BASE}/passkeys").status_code == 200
    assert DeviceToken.objects.filter(user=alice, ended_at=None).count() == 1
    assert alices_phone.post(f"{BASE}/totp/enrol").status_code == 409


def test_calls_stand_at_the_earlier_prefix_too(alices_phone):
    assert alices_phone.post("/auth/2fa/totp/enrol/").status_code == 200


def test_wrong_first_code_is_400_and_then_429(alices_phone):
    alices_phone.post(f"{BASE}/totp/enrol")
    wrong = Authenticator(TOTPDevice.objects.get(), ()).wrong_code()

    answer = alices_phone.post(f"{BASE}/totp/confirm", {"otp_token": wrong})
    assert (answer.status_code, code_of(answer)) == (400, "otp_invalid")
    answer = alices_phone.post(f"{BASE}/totp/confirm", {"otp_token": wrong})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1


def test_confirming_without_enrolment_is_400(alices_phone):
    assert alices_phone.post(f"{BASE}/totp/confirm", {"otp_token": "123456"}).status_code == 400


def test_person_who_must_have_a_factor_may_enrol_and_nothing_else(alice, alices_phone):
    User.objects.update(must_use_second_factor=True)

    assert code_of(alices_phone.get(f"{BASE}/passkeys")) == "second_factor_required"
    assert alices_phone.post(f"{BASE}/totp/enrol").status_code == 200
    code = Authenticator(TOTPDevice.objects.get(), ()).code()
    assert alices_phone.post(f"{BASE}/totp/confirm", {"otp_token": code}).status_code == 200
    assert alices_phone.get(f"{BASE}/passkeys").status_code == 200


def test_session_that_must_set_up_may_enrol_by_the_api(alice, alices_browser):
    User.objects.update(must_use_second_factor=True)

    assert alices_browser.post(f"{BASE}/totp/enrol").status_code == 200
    code = Authenticator(TOTPDevice.objects.get(), ()).code()
    alices_browser.post(f"{BASE}/totp/confirm", {"otp_token": code})
    assert alices_browser.get("/accounts/security/").status_code == 200


def test_nobody_enrols_another_authenticator_past_a_factor_that_is_owed(
    alice, alices_phone, authenticator
):
    for call in ("totp/enrol", "totp/confirm", "passkeys/register/begin"):
        answer = alices_phone.post(f"{BASE}/{call}", {"otp_token": authenticator.code()})
        assert code_of(answer) == "second_factor_required", call


def test_authenticator_is_turned_off_by_password_and_code(alice, phone, authenticator):
    address = f"{BASE}/totp/disable"
    wrong = {"password": "wrong", "otp_token": authenticator.code()}
    assert code_of(phone.post(address, wrong)) == "wrong_password"
    wrong = {"password": PASSWORD, "otp_token": authenticator.wrong_code()}
    assert code_of(phone.post(address, wrong)) == "otp_invalid"
    TOTPDevice.objects.update(throttling_failure_count=0)

    right = {"password": PASSWORD, "otp_token": authenticator.code()}
    assert phone.post(address, right).status_code == 204

    assert not second_factor.has_factor(alice)
    assert not BackupCode.objects.exists()
    assert phone.post(address, right).status_code == 409


def test_turning_the_authenticator_off_leaves_passkeys_and_codes(alice, phone, authenticator):
    WebAuthnCredential.objects.create(
        user=alice, name="Pixel", credential_id=b"1", public_key=b"2", confirmed=True
    )

    fields = {"password": PASSWORD, "otp_token": authenticator.code()}
    assert phone.post(f"{BASE}/totp/disable", fields).status_code == 204

    assert second_factor.has_factor(alice)
    assert BackupCode.objects.count() == 10


def test_backup_codes_are_renewed_for_a_code_and_for_nothing_less(alice, phone, authenticator):
    address = f"{BASE}/backup-codes/regenerate"
    answer = phone.post(address)
    assert (answer.status_code, code_of(answer)) == (403, "confirmation_required")

    codes = phone.post(address, {"otp_token": authenticator.code()}).json()["backup_codes"]

    assert len(codes) == 10
    assert not set(codes) & set(authenticator.backup_codes)
    assert phone.post(address, {"otp_token": authenticator.backup_codes[0]}).status_code == 400


def test_backup_codes_without_a_factor_are_409(alices_phone):
    fields = {"password": PASSWORD}
    assert alices_phone.post(f"{BASE}/backup-codes/regenerate", fields).status_code == 409


def test_refused_and_used_codes_are_in_the_audit_log(alice, phone, authenticator):
    address = f"{BASE}/backup-codes/regenerate"
    code = authenticator.code()
    phone.post(address, {"otp_token": code})
    phone.post(address, {"otp_token": code})
    TOTPDevice.objects.update(throttling_failure_count=0)
    backup = services.renew_backup_codes(alice)[0]
    phone.post(address, {"otp_token": backup})
    phone.post(address, {"otp_token": backup})

    kinds = list(SecurityEvent.objects.values_list("kind", flat=True))
    assert kinds.count("code_refused") == 2
    assert kinds.count("backup_code_used") == 1


def begin(client, **fields):
    return client.post(f"{BASE}/passkeys/register/begin", fields)


def complete(client, key: SoftKey, name="Pixel"):
    options = begin(client, password=PASSWORD).json()
    fields = {"name": name, "credential": key.create(options)}
    return client.post(f"{BASE}/passkeys/register/complete", fields, format="json")


def test_passkey_is_made_listed_renamed_and_removed(alice, alices_phone):
    assert code_of(begin(alices_phone)) == "confirmation_required"
    answer = complete(alices_phone, SoftKey())

    assert answer.status_code == 201
    assert len(answer.json()["backup_codes"]) == 10
    made = answer.json()["passkey"]
    assert [each["name"] for each in alices_phone.get(f"{BASE}/passkeys").json()] == ["Pixel"]
    address = f"{BASE}/passkeys/{made['id']}"
    assert alices_phone.patch(address, {"name": "Old"}).json()["name"] == "Old"
    assert code_of(alices_phone.delete(address)) == "confirmation_required"
    assert alices_phone.delete(address, {"password": PASSWORD}).status_code == 204
    assert alices_phone.delete(address, {"password": PASSWORD}).status_code == 404
    assert not second_factor.has_factor(alice)


def test_registration_is_completed_once(alices_phone):
    key = SoftKey()
    options = begin(alices_phone, password=PASSWORD).json()
    fields = {"name": "", "credential": key.create(options)}
    address = f"{BASE}/passkeys/register/complete"
    assert alices_phone.post(address, fields, format="json").status_code == 201

    answer = alices_phone.post(address, fields, format="json")

    assert (answer.status_code, code_of(answer)) == (400, "challenge_used")


def test_passkey_of_another_person_is_not_there(alices_phone, charlies_phone):
    pk = complete(alices_phone, SoftKey()).json()["passkey"]["id"]

    assert charlies_phone.get(f"{BASE}/passkeys").json() == []
    address = f"{BASE}/passkeys/{pk}"
    assert charlies_phone.patch(address, {"name": "Mine"}).status_code == 404
    assert charlies_phone.delete(address, {"password": PASSWORD}).status_code == 404


def test_passkey_confirms_a_call(alice, alices_phone):
    key = SoftKey()
    complete(alices_phone, key)
    asked = alices_phone.post(f"{BASE}/passkeys/challenge").json()
    assert asked["purpose"] == "confirmation"
    said = key.get(asked["options"])

    address = f"{BASE}/backup-codes/regenerate"
    assert alices_phone.post(address, {"passkey": said}, format="json").status_code == 200
    assert alices_phone.post(address, {"passkey": said}, format="json").status_code == 400


def test_challenge_is_for_signing_in_where_nobody_is_signed_in(client, db):
    asked = client.post(f"{BASE}/passkeys/challenge").json()

    assert asked["purpose"] == "sign_in"
    assert asked["options"]["userVerification"] == "required"
    assert not asked["options"].get("allowCredentials")


def test_session_that_confirmed_lately_is_not_asked_again(alices_browser):
    address = f"{BASE}/passkeys/register/begin"
    assert alices_browser.post(address).status_code == 403
    alices_browser.post("/accounts/confirm/", {"password": PASSWORD})
    assert alices_browser.post(address).status_code == 200
    with time_machine.travel(time.time() + 601, tick=False):
        assert alices_browser.post(address).status_code == 403


def test_recent_confirmation_ends_with_the_epoch(alice, alices_browser):
    alices_browser.post("/accounts/confirm/", {"password": PASSWORD})
    session = alices_browser.session
    session["confirmed"] = [alice.pk, alice.credentials_epoch + 1, int(time.time())]
    session.save()

    assert alices_browser.post(f"{BASE}/passkeys/register/begin").status_code == 403


@pytest.mark.parametrize("body", ["[]", '"x"', "3", "null", '{"password": 3}', '{"passkey": []}'])
def test_nonsense_confirms_nothing(alices_phone, body):
    answer = alices_phone.post(
        f"{BASE}/passkeys/register/begin", body, content_type="application/json"
    )

    assert answer.status_code in {400, 403}
    assert json.loads(answer.content)["errors"]


def test_wrong_codes_are_throttled_longer_and_longer(alice, phone, authenticator):
    address, wrong = f"{BASE}/backup-codes/regenerate", {"otp_token": "nonsense"}
    waits = []
    with time_machine.travel(time.time(), tick=False) as clock:
        for _ in range(4):
            assert phone.post(address, wrong).status_code == 400
            answer = phone.post(address, wrong)
            assert answer.status_code == 429
            waits.append(int(answer["Retry-After"]))
            clock.shift(waits[-1])
    assert waits == [1, 2, 4, 8]
    assert BackupCodeDevice.objects.get().throttling_failure_count == 4


@pytest.mark.parametrize("address", ["/api/v1/auth/login", "/api-auth/login/"])
def test_passkey_signs_a_program_in_with_both_steps(alice, alices_phone, address):
    key = SoftKey()
    complete(alices_phone, key)
    nobody = APIClient()
    said = key.get(nobody.post(f"{BASE}/passkeys/challenge").json()["options"])

    answer = nobody.post(address, {"passkey": said}, format="json")

    assert answer.status_code == 200
    body = answer.json()
    word = f"Bearer {body['access']}" if "access" in body else f"Token {body['token']}"
    nobody.credentials(HTTP_AUTHORIZATION=word)
    assert nobody.get(f"{BASE}/passkeys").status_code == 200
    nobody.credentials()
    answer = nobody.post(address, {"passkey": said}, format="json")
    assert (answer.status_code, code_of(answer)) == (401, "challenge_used")


def test_sign_in_without_password_or_passkey_names_what_is_missing(db):
    answer = APIClient().post("/api/v1/auth/login", {"email": "alice@example.org"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "password"
