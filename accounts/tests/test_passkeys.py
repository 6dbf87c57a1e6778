"""Passkeys: made by who has confirmed, asked once, answered by the right device for that end."""

import json
import time

import pytest
import time_machine
from django.test import Client
from django_otp_webauthn.models import WebAuthnCredential

from accounts import second_factor
from accounts.models import BackupCode, DeviceToken, PasskeyChallenge, SecurityEvent
from accounts.tests.conftest import set_up_second_factor, sign_in
from accounts.tests.soft_key import SoftKey
from conftest import PASSWORD

ASK, ANSWER = "/accounts/passkeys/ask/", "/accounts/passkeys/answer/"
NEW, NEW_ASK = "/accounts/passkeys/new/", "/accounts/passkeys/new/ask/"
Kind = SecurityEvent.Kind


def confirm(browser) -> None:
    browser.post("/accounts/confirm/", {"password": PASSWORD})


def make_passkey(browser, key: SoftKey, name="Pixel", **fields):
    """Make a passkey as the page does; the answer."""
    confirm(browser)
    answer = key.create(browser.post(NEW_ASK).json())
    return browser.post(NEW, {"name": name, "credential": json.dumps(answer), **fields})


def answer_with(browser, key: SoftKey, *, verified=True, **fields):
    said = key.get(browser.post(ASK).json(), verified=verified)
    return browser.post(ANSWER, {"credential": json.dumps(said), **fields})


def kinds_of(user) -> list[str]:
    return list(SecurityEvent.objects.filter(user=user).values_list("kind", flat=True))


def is_in(browser) -> bool:
    return browser.get("/accounts/security/").status_code == 200


@pytest.fixture
def alices_key(alice, alices_browser) -> SoftKey:
    key = SoftKey()
    assert make_passkey(alices_browser, key).status_code == 200
    return key


def test_first_passkey_brings_backup_codes_and_ends_tokens_of_the_password_alone(
    alice, alices_browser, alices_phone
):
    answer = make_passkey(alices_browser, SoftKey(), name="Pixel")

    assert len(answer.context["codes"]) == 10
    assert BackupCode.objects.count() == 10
    assert WebAuthnCredential.objects.get().name == "Pixel"
    assert is_in(alices_browser)
    assert not DeviceToken.objects.filter(ended_at=None).exists()
    assert alices_phone.get("/api/v1/speech-sessions/").status_code == 401
    assert Kind.FACTOR_ADDED in kinds_of(alice)


def test_further_passkeys_are_listed_and_leave_backup_codes_as_they_are(
    alice, alices_browser, alices_key
):
    codes = set(BackupCode.objects.values_list("digest", flat=True))

    answer = make_passkey(alices_browser, SoftKey(), name="Key ring", next="/today/")

    assert answer["Location"] == "/today/"
    assert set(BackupCode.objects.values_list("digest", flat=True)) == codes
    page = alices_browser.get("/accounts/security/").text
    assert "Pixel" in page
    assert "Key ring" in page


def test_making_a_passkey_asks_for_a_recent_confirmation(alices_browser):
    answer = alices_browser.get(NEW)
    assert answer["Location"] == "/accounts/confirm/?next=%2Faccounts%2Fpasskeys%2Fnew%2F"
    refused = alices_browser.post(NEW_ASK, headers={"accept": "application/json"})
    assert refused.status_code == 403
    assert refused.json()["errors"][0]["code"] == "confirmation_required"
    assert not PasskeyChallenge.objects.exists()


def test_passkey_is_not_made_where_another_factor_is_owed(browser, alice, alices_authenticator):
    sign_in(browser, "alice@example.org")
    confirm(browser)

    assert browser.post(NEW_ASK)["Location"].startswith("/accounts/verify/")
    assert browser.post(NEW)["Location"].startswith("/accounts/verify/")


def test_same_passkey_is_not_kept_twice(alices_browser, alices_key):
    answer = make_passkey(alices_browser, alices_key)

    assert "not accepted" in answer.text
    assert WebAuthnCredential.objects.count() == 1


def test_passkey_signs_in_without_a_password_and_is_the_second_factor_too(
    browser, alice, alices_key
):
    answer = answer_with(browser, alices_key, next="/accounts/profile/")

    assert answer["Location"] == "/accounts/profile/"
    assert is_in(browser)
    assert second_factor.is_verified(alice, browser.session)
    assert {Kind.SIGNED_IN, Kind.NEW_DEVICE} & set(kinds_of(alice))
    assert WebAuthnCredential.objects.get().last_used_at is not None


def test_passkey_follows_a_next_within_the_site_only(browser, alices_key):
    assert answer_with(browser, alices_key, next="https://evil.example/")["Location"] == "/today/"


def test_signing_in_with_a_passkey_counts_as_recent_confirmation(browser, alices_key):
    answer_with(browser, alices_key)

    assert browser.get(NEW).status_code == 200


def test_passkey_that_did_not_know_its_owner_does_not_sign_in(browser, alices_key):
    answer = answer_with(browser, alices_key, verified=False)

    assert answer["Location"] == "/accounts/login/"
    assert not is_in(browser)


def test_passkey_is_asked_for_after_the_password_where_it_is_the_only_factor(browser, alices_key):
    sign_in(browser, "alice@example.org")
    assert browser.get("/today/")["Location"].startswith("/accounts/verify/")

    assert answer_with(browser, alices_key, verified=False)["Location"] == "/today/"

    assert is_in(browser)


def test_passkey_of_somebody_else_gives_no_second_factor(browser, alices_key, bob):
    set_up_second_factor(bob)
    sign_in(browser, "bob@example.org")

    assert answer_with(browser, alices_key)["Location"] == "/accounts/verify/"

    assert not is_in(browser)
    assert Kind.CODE_REFUSED in kinds_of(bob)


def test_answer_is_taken_once(browser, alice, alices_key):
    said = alices_key.get(browser.post(ASK).json())
    form = {"credential": json.dumps(said)}
    assert browser.post(ANSWER, form)["Location"] == "/today/"

    thief = Client()
    answer = thief.post(ANSWER, form)

    assert answer["Location"] == "/accounts/login/"
    assert not is_in(thief)
    assert Kind.CODE_REFUSED in kinds_of(alice)


def test_answer_comes_too_late_after_five_minutes(browser, alices_key):
    said = alices_key.get(browser.post(ASK).json())

    with time_machine.travel(time.time() + 301, tick=False):
        browser.post(ANSWER, {"credential": json.dumps(said)})

    assert not is_in(browser)


def test_answer_for_one_end_does_not_serve_another(browser, alices_key):
    half = Client()
    sign_in(half, "alice@example.org")
    said = alices_key.get(half.post(ASK).json())

    browser.post(ANSWER, {"credential": json.dumps(said)})

    assert not is_in(browser)


def test_copied_passkey_whose_count_does_not_rise_is_refused(browser, alice, alices_key):
    answer_with(browser, alices_key)
    alices_key.count = 0

    thief = Client()
    answer_with(thief, alices_key)

    assert not is_in(thief)
    assert Kind.CODE_REFUSED in kinds_of(alice)


def test_answer_given_on_another_site_is_refused(browser, alices_key):
    alices_key.origin = "https://testserver.evil.example"

    answer_with(browser, alices_key)

    assert not is_in(browser)


def test_answer_with_another_persons_handle_is_refused(browser, bob, alices_key):
    bobs = SoftKey()
    bobs_browser = Client()
    bobs_browser.force_login(bob)
    make_passkey(bobs_browser, bobs)
    alices_key.handle = bobs.handle

    answer_with(browser, alices_key)

    assert not is_in(browser)


def test_removed_passkey_is_refused(browser, alice, alices_browser, alices_key):
    make_passkey(alices_browser, SoftKey(), name="Other")
    passkey = WebAuthnCredential.objects.get(name="Pixel")
    page = f"/accounts/passkeys/{passkey.pk}/remove/"
    assert not alices_browser.get(page).context["is_last"]

    alices_browser.post(page)
    answer_with(browser, alices_key)

    assert not is_in(browser)
    assert Kind.FACTOR_REMOVED in kinds_of(alice)


def test_removing_the_last_factor_says_so_and_ends_the_backup_codes(
    alice, alices_browser, alices_key
):
    passkey = WebAuthnCredential.objects.get()
    page = f"/accounts/passkeys/{passkey.pk}/remove/"
    assert "your last second factor" in alices_browser.get(page).text

    answer = alices_browser.post(page, follow=True)

    assert "your password alone signs in" in str(next(iter(answer.context["messages"])))
    assert not second_factor.has_factor(alice)
    assert not BackupCode.objects.exists()


def test_removing_asks_for_a_recent_confirmation(alices_browser, alices_key):
    page = f"/accounts/passkeys/{WebAuthnCredential.objects.get().pk}/remove/"

    with time_machine.travel(time.time() + 601, tick=False):
        assert alices_browser.post(page)["Location"].startswith("/accounts/confirm/?next=")

    assert WebAuthnCredential.objects.exists()


def test_passkey_of_another_person_is_not_there(alices_key, charlies_browser):
    pk = WebAuthnCredential.objects.get().pk
    confirm(charlies_browser)

    for page in (f"/accounts/passkeys/{pk}/", f"/accounts/passkeys/{pk}/remove/"):
        assert charlies_browser.get(page).status_code == 404
        assert charlies_browser.post(page, {"name": "Mine"}).status_code == 404
    assert WebAuthnCredential.objects.get().name == "Pixel"


def test_passkey_is_renamed(alices_browser, alices_key):
    pk = WebAuthnCredential.objects.get().pk

    alices_browser.post(f"/accounts/passkeys/{pk}/", {"name": "Old phone"})

    assert WebAuthnCredential.objects.get().name == "Old phone"


def test_suspended_person_is_refused_in_the_words_of_an_unknown_passkey(browser, alice, alices_key):
    alice.is_active = False
    alice.save()

    answer = browser.post(
        ANSWER,
        {"credential": json.dumps(alices_key.get(browser.post(ASK).json()))},
        follow=True,
    )

    assert "not known here" in answer.text
    assert not is_in(browser)
    assert Kind.SIGN_IN_REFUSED in kinds_of(alice)


def test_backup_code_stands_in_for_a_lost_passkey(browser, alice, alices_browser):
    codes = make_passkey(alices_browser, SoftKey()).context["codes"]
    sign_in(browser, "alice@example.org")
    assert browser.get("/accounts/verify/").context["with_backup_code"]

    browser.post("/accounts/verify/", {"otp_token": codes[0]})

    assert is_in(browser)


def test_passkey_confirms(browser, alice, alices_key):
    answer_with(browser, alices_key)
    with time_machine.travel(time.time() + 601, tick=False):
        assert browser.get(NEW).status_code == 302
        answer_with(browser, alices_key, verified=False)
        assert browser.get(NEW).status_code == 302
        assert answer_with(browser, alices_key, next=NEW)["Location"] == NEW
        assert browser.get(NEW).status_code == 200


@pytest.mark.parametrize(
    "credential",
    ["", "null", "[]", "{}", '{"rawId": 3}', '{"response": {"clientDataJSON": "AA"}}', "{", '"x"'],
)
def test_nonsense_is_refused(browser, db, credential):
    assert browser.post(ANSWER, {"credential": credential})["Location"] == "/accounts/login/"


def test_nonsense_that_answers_a_challenge_is_refused(browser, alices_key):
    for part in ("authenticatorData", "signature", "userHandle"):
        for bent in ("", "AA", "%", 7, None):
            said = alices_key.get(browser.post(ASK).json())
            said["response"][part] = bent
            answer = browser.post(ANSWER, {"credential": json.dumps(said)})
            assert answer["Location"] == "/accounts/login/"
    assert not is_in(browser)


def test_asking_too_often_is_429(browser, db, counting, monkeypatch):
    for _ in range(120):
        assert browser.post(ASK).status_code == 200

    answer = browser.post(ASK)

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_old_challenges_are_forgotten(browser, db):
    browser.post(ASK)
    with time_machine.travel(time.time() + 301, tick=False):
        browser.post(ASK)

    assert PasskeyChallenge.objects.count() == 1
