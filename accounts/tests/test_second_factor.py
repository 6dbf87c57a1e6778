"""Codes of an authenticator and backup codes: given once, taken once."""

import threading
import time

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor, services
from accounts.models import BackupCode, BackupCodeDevice, DeviceToken
from accounts.tests.conftest import Authenticator, set_up_second_factor, sign_in
from conftest import PASSWORD

VERIFY = "/accounts/verify/"
SET_UP = "/accounts/second-factor/"


def give_code(browser, code, **fields):
    return browser.post(VERIFY, {"otp_token": code, **fields})


def switch_on(browser, user) -> tuple[Authenticator, object]:
    """Set a second factor up as a person does; their authenticator and the last page."""
    browser.get(SET_UP)
    device = TOTPDevice.objects.get(user=user)
    answer = browser.post(SET_UP, {"otp_token": Authenticator(device, ()).code()})
    return Authenticator(device, tuple(answer.context.get("codes", ()))), answer


def test_set_up_shows_the_secret_as_picture_and_text(alices_browser, alice):
    page = alices_browser.get(SET_UP)

    device = TOTPDevice.objects.get(user=alice)
    assert not device.confirmed
    assert page.context["qr_code"].startswith("data:image/svg+xml")
    assert page.context["secret"].replace(" ", "") in device.config_url
    assert "alice%40example.org" in page.context["otpauth_url"]
    assert "no-store" in page["Cache-Control"]


def test_set_up_shows_the_same_secret_until_it_is_confirmed(alices_browser):
    first = alices_browser.get(SET_UP).context["secret"]

    assert alices_browser.get(SET_UP).context["secret"] == first
    wrong = alices_browser.post(SET_UP, {"otp_token": "000000"})
    assert wrong.context["secret"] == first


def test_unconfirmed_authenticator_asks_nobody_for_a_code(alices_browser, alice):
    alices_browser.get(SET_UP)

    assert not second_factor.is_required(alice)
    assert alices_browser.get("/accounts/security/").status_code == 200


def test_right_code_switches_it_on_and_shows_ten_backup_codes_once(alices_browser, alice):
    authenticator, answer = switch_on(alices_browser, alice)

    assert len(set(authenticator.backup_codes)) == 10
    assert all(code in answer.text for code in authenticator.backup_codes)
    assert "no-store" in answer["Cache-Control"]
    assert alices_browser.get("/accounts/security/").status_code == 200
    assert alices_browser.get(SET_UP)["Location"] == "/accounts/security/"


def test_wrong_code_leaves_it_off(alices_browser, alice):
    alices_browser.get(SET_UP)
    authenticator = Authenticator(TOTPDevice.objects.get(), ())

    answer = alices_browser.post(SET_UP, {"otp_token": authenticator.wrong_code()})

    assert "not valid" in answer.text
    assert not second_factor.has_factor(alice)


def test_set_up_ends_tokens_that_were_issued_for_the_password_alone(alices_browser, alice):
    services.issue_token(alice, "old", second_factor=False)
    services.issue_token(alice, "new", second_factor=True)

    switch_on(alices_browser, alice)

    assert [token.name for token in DeviceToken.objects.filter(ended_at=None)] == ["new"]


def test_other_sessions_owe_a_code_once_it_is_on(alices_browser, alice):
    elsewhere = Client()
    elsewhere.force_login(alice)

    switch_on(alices_browser, alice)

    assert elsewhere.get("/accounts/security/")["Location"].startswith(VERIFY)


def test_code_of_the_authenticator_opens_the_page_that_was_wanted(
    browser, alice, alices_authenticator
):
    answer = sign_in(browser, "alice@example.org", next="/accounts/profile/")
    asked = browser.get(answer["Location"])
    assert asked["Location"] == f"{VERIFY}?next=%2Faccounts%2Fprofile%2F"

    answer = give_code(browser, alices_authenticator.code(), next="/accounts/profile/")

    assert answer["Location"] == "/accounts/profile/"
    assert browser.get("/accounts/profile/").status_code == 200


def test_code_may_be_typed_with_spaces(browser, alice, alices_authenticator):
    sign_in(browser, "alice@example.org")
    code = alices_authenticator.code()

    assert give_code(browser, f" {code[:3]} {code[3:]} ").status_code == 302


def test_verify_ignores_a_next_elsewhere(browser, alice, alices_authenticator):
    sign_in(browser, "alice@example.org")

    answer = give_code(browser, alices_authenticator.code(), next="https://evil.example/")

    assert answer["Location"] == "/today/"


def test_code_is_not_taken_twice_in_its_window(browser, alice, alices_authenticator):
    code = alices_authenticator.code()
    sign_in(browser, "alice@example.org")
    assert give_code(browser, code).status_code == 302

    another = Client()
    sign_in(another, "alice@example.org")
    answer = give_code(another, code)

    assert "not valid" in answer.text
    assert another.get("/accounts/security/")["Location"].startswith(VERIFY)


def test_session_key_changes_with_the_second_factor(browser, alice, alices_authenticator):
    sign_in(browser, "alice@example.org")
    before = browser.session.session_key

    give_code(browser, alices_authenticator.code())

    assert browser.session.session_key != before


def test_code_of_somebody_else_opens_nothing(browser, alice, alices_authenticator, bob):
    bobs = set_up_second_factor(bob)
    sign_in(browser, "alice@example.org")

    assert "not valid" in give_code(browser, bobs.code()).text
    assert "not valid" in give_code(browser, bobs.backup_codes[0]).text


def test_backup_code_works_once_and_says_how_many_are_left(browser, alice, alices_authenticator):
    code = alices_authenticator.backup_codes[3]
    sign_in(browser, "alice@example.org")

    answer = browser.post(VERIFY, {"otp_token": code.upper().replace("-", " ")}, follow=True)
    assert "9" in str(next(iter(answer.context["messages"])))

    another = Client()
    sign_in(another, "alice@example.org")
    assert "not valid" in give_code(another, code).text


def test_backup_codes_are_kept_as_digests_only(alice, alices_authenticator):
    device = BackupCodeDevice.objects.get()
    kept = {code.digest for code in BackupCode.objects.all()}

    assert len(kept) == 10
    assert kept == {device.digest_of(code) for code in alices_authenticator.backup_codes}
    for code in alices_authenticator.backup_codes:
        assert code.replace("-", "") not in "".join(kept)


def test_backup_codes_of_two_people_are_salted_apart(alice, bob):
    set_up_second_factor(alice)
    set_up_second_factor(bob)
    first, second = BackupCodeDevice.objects.all()

    assert first.digest_of("same-code") != second.digest_of("same-code")


def test_wrong_codes_must_wait_longer_and_longer(browser, alice, alices_authenticator):
    sign_in(browser, "alice@example.org")
    with time_machine.travel(time.time(), tick=False) as clock:
        for failures in range(4):
            assert give_code(browser, alices_authenticator.wrong_code()).status_code == 200
            answer = give_code(browser, alices_authenticator.code())
            assert answer.status_code == 429
            assert int(answer["Retry-After"]) == 2**failures
            clock.shift(2**failures)
        assert give_code(browser, alices_authenticator.code()).status_code == 302


def test_wrong_codes_for_the_authenticator_leave_the_backup_codes_open(
    browser, alice, alices_authenticator
):
    sign_in(browser, "alice@example.org")
    give_code(browser, alices_authenticator.wrong_code())

    assert give_code(browser, alices_authenticator.backup_codes[0]).status_code == 302
    assert TOTPDevice.objects.get().throttling_failure_count == 0


def test_renewing_backup_codes_asks_for_a_recent_confirmation_and_ends_the_old_ones(
    browser, alice, alices_authenticator
):
    sign_in(browser, "alice@example.org")
    give_code(browser, alices_authenticator.backup_codes[0])
    page = "/accounts/second-factor/codes/"

    with time_machine.travel(time.time() + 601, tick=False):
        answer = browser.post(page)
        assert (
            answer["Location"] == "/accounts/confirm/?next=%2Faccounts%2Fsecond-factor%2Fcodes%2F"
        )
    answer = browser.post(page)

    assert len(answer.context["codes"]) == 10
    assert not set(answer.context["codes"]) & set(alices_authenticator.backup_codes)
    assert second_factor.verify(alice, alices_authenticator.backup_codes[1]).device is None


def test_removing_asks_for_password_and_code(browser, alice, alices_authenticator):
    sign_in(browser, "alice@example.org")
    give_code(browser, alices_authenticator.code())
    services.issue_token(alice, "phone", second_factor=True)
    page = "/accounts/second-factor/remove/"

    backup = alices_authenticator.backup_codes
    answer = browser.post(page, {"password": "wrong", "otp_token": backup[0]})
    assert set(answer.context["form"].errors) == {"password"}
    assert BackupCode.objects.count() == 10  # a code with the wrong password is not used up
    answer = browser.post(page, {"password": PASSWORD, "otp_token": "nonsense"})
    assert set(answer.context["form"].errors) == {"otp_token"}
    BackupCodeDevice.objects.update(throttling_failure_count=0)
    assert browser.post(page, {"password": PASSWORD, "otp_token": backup[0]}).status_code == 302

    assert not second_factor.has_factor(alice)
    assert not BackupCode.objects.exists()
    assert DeviceToken.objects.count() == 1  # issued after a code, it stays
    assert browser.get("/accounts/security/").status_code == 200


def test_session_owes_a_code_again_when_its_device_is_gone(browser, alice, alices_authenticator):
    sign_in(browser, "alice@example.org")
    give_code(browser, alices_authenticator.code())
    TOTPDevice.objects.all().delete()

    assert browser.get("/accounts/security/")["Location"].startswith(VERIFY)


def test_socket_is_satisfied_by_the_session_that_verified(browser, alice, alices_authenticator):
    sign_in(browser, "alice@example.org")
    assert not second_factor.is_satisfied(alice, browser.session)
    assert not second_factor.is_satisfied(alice)

    give_code(browser, alices_authenticator.code())
    assert second_factor.is_satisfied(alice, browser.session)


def test_session_verified_by_another_persons_device_satisfies_nobody(alice, bob):
    set_up_second_factor(alice)
    bobs = set_up_second_factor(bob)

    assert not second_factor.is_satisfied(alice, {"otp_device_id": bobs.device.persistent_id})


def test_asking_whether_a_factor_is_there_takes_one_query(
    alice, alices_authenticator, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert second_factor.is_required(alice)


def in_two_threads(action) -> list[object]:
    """What `action` gives to two threads that start at once."""
    start = threading.Barrier(2)
    results: list[object] = []

    def run() -> None:
        start.wait()
        for _ in range(200):
            try:
                results.append(action())
                break
            except OperationalError as error:
                # A database in memory does not let its threads wait for one another.
                if "locked" not in str(error):
                    raise
                time.sleep(0.01)
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return results


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["backup code", "authenticator"])
def test_code_given_twice_at_once_is_taken_once(alice, alices_authenticator, kind):
    code = alices_authenticator.code()
    if kind == "backup code":
        code = alices_authenticator.backup_codes[0]

    outcomes = in_two_threads(lambda: second_factor.verify(alice, code).device is not None)

    assert sorted(outcomes) == [False, True]
    assert BackupCode.objects.count() == (9 if kind == "backup code" else 10)


@pytest.mark.django_db(transaction=True)
def test_backup_code_is_taken_once_even_where_no_row_is_locked(alice, alices_authenticator):
    code = alices_authenticator.backup_codes[0]

    outcomes = in_two_threads(lambda: BackupCodeDevice.objects.get().verify_token(code))

    assert sorted(outcomes) == [False, True]
