"""The admin: entered through the product's sign-in, with a second factor."""

import pytest
from django.contrib import admin
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django.asserts import assertContains

from accounts import services
from accounts.models import BackupCode, DeviceToken, User
from accounts.tests.conftest import Authenticator, set_up_second_factor, sign_in
from conftest import PASSWORD

USERS = "/admin/accounts/user/"


@pytest.fixture
def boss(db) -> User:
    return User.objects.create_superuser("boss@example.org", PASSWORD)


@pytest.fixture
def admins_browser(boss) -> Client:
    """A browser in which the boss has given their second factor."""
    authenticator = set_up_second_factor(boss)
    client = Client()
    sign_in(client, "boss@example.org")
    client.post("/accounts/verify/", {"otp_token": authenticator.code()})
    return client


def test_admin_leads_visitors_to_the_sign_in_page(browser, db):
    answer = browser.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=/admin/"
    assert answer.status_code == 200


def test_admin_just_works_after_createsuperuser_with_debug_on(browser, boss, settings):
    settings.DEBUG = True

    answer = sign_in(browser, "boss@example.org", next="/admin/")

    assert browser.get(answer["Location"]).status_code == 200


def test_debug_lets_no_staff_but_superusers_in_without_a_factor(browser, db, settings):
    settings.DEBUG = True
    User.objects.create_user("helper@example.org", PASSWORD, is_staff=True)
    sign_in(browser, "helper@example.org")

    assert browser.get("/admin/")["Location"].startswith("/accounts/second-factor/")


def test_staff_without_a_factor_are_led_to_set_one_up_and_then_in(browser, boss):
    sign_in(browser, "boss@example.org")
    assert browser.get("/today/")["Location"].startswith("/accounts/second-factor/")
    assert browser.get("/admin/")["Location"] == "/accounts/second-factor/?next=%2Fadmin%2F"


def test_staff_reach_the_admin_once_they_have_set_a_factor_up(browser, boss):
    sign_in(browser, "boss@example.org")

    browser.get("/accounts/second-factor/?next=/admin/")
    code = Authenticator(TOTPDevice.objects.get(), ()).code()
    answer = browser.post("/accounts/second-factor/", {"otp_token": code, "next": "/admin/"})

    assert answer.context["next"] == "/admin/"
    assert browser.get("/admin/").status_code == 200


def test_admin_asks_staff_with_a_factor_for_a_code(browser, boss):
    set_up_second_factor(boss)
    sign_in(browser, "boss@example.org")

    assert browser.get(USERS)["Location"].startswith("/accounts/verify/?next=%2Fadmin%2F")


def test_admin_refuses_people_who_are_not_staff(alices_browser):
    answer = alices_browser.get("/admin/", follow=True)

    assert answer.status_code == 403


def test_admin_site_itself_asks_for_the_factor_should_the_gate_be_missing(rf, boss):
    request = rf.get("/admin/")
    request.user = boss

    assert not admin.site.has_permission(request)


def test_admin_shows_no_authenticator_secrets(admins_browser):
    assert TOTPDevice not in admin.site._registry
    assert admins_browser.get("/admin/otp_totp/totpdevice/").status_code == 404


def test_users_are_found_and_filtered(admins_browser, alice, bob):
    set_up_second_factor(alice)

    page = admins_browser.get(USERS, {"q": "archer"}).text
    assert "alice@example.org" in page
    assert "bob@example.org" not in page
    page = admins_browser.get(USERS, {"second_factor": "off"}).text
    assert "bob@example.org" in page
    assert "alice@example.org" not in page


def test_users_take_the_same_number_of_queries_for_one_and_for_many(
    admins_browser, alice, django_assert_max_num_queries
):
    for n in range(40):
        User.objects.create(email=f"p{n}@example.org")

    with django_assert_max_num_queries(12):
        assert admins_browser.get(USERS).status_code == 200


def test_user_page_shows_no_password_hash_and_saves(admins_browser, alice):
    page = admins_browser.get(f"{USERS}{alice.pk}/change/")
    assert alice.password not in page.text
    fields = {**page.context["adminform"].form.initial, "name": "Alice B.", "is_active": "on"}
    wanted = ("email", "name", "role", "native_language", "time_zone", "is_active")
    data = {name: fields[name] or "" for name in wanted}

    assert admins_browser.post(f"{USERS}{alice.pk}/change/", data).status_code == 302

    alice.refresh_from_db()
    assert alice.name == "Alice B."
    assert alice.check_password(PASSWORD)


def test_user_is_added_with_a_password(admins_browser):
    admins_browser.post(
        f"{USERS}add/",
        {
            "email": "New@Example.org",
            "usable_password": "true",
            "password1": "seven green bottles",
            "password2": "seven green bottles",
        },
    )

    assert User.objects.get(email="new@example.org").check_password("seven green bottles")


def test_address_that_is_taken_in_another_case_is_refused(admins_browser, alice):
    answer = admins_browser.post(
        f"{USERS}add/", {"email": "ALICE@example.org", "usable_password": "false"}
    )

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["email"]


def test_password_set_by_staff_ends_tokens(admins_browser, alice, alices_phone):
    admins_browser.post(
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
    assert not DeviceToken.objects.filter(ended_at=None).exists()


def test_second_factor_is_removed_for_who_lost_phone_and_codes(admins_browser, alice, boss):
    set_up_second_factor(alice)

    admins_browser.post(USERS, {"action": "remove_second_factor", "_selected_action": [alice.pk]})

    assert not TOTPDevice.objects.filter(user=alice).exists()
    assert not BackupCode.objects.filter(device__user=alice).exists()
    assert TOTPDevice.objects.filter(user=boss).exists()


def test_tokens_of_a_person_are_ended(admins_browser, alice, alices_phone, charlies_phone):
    admins_browser.post(USERS, {"action": "revoke_tokens", "_selected_action": [alice.pk]})

    assert [token.user.email for token in DeviceToken.objects.filter(ended_at=None)] == [
        "charlie@example.org"
    ]


def test_actions_need_the_right_to_change(browser, boss, alice):
    helper = User.objects.create_user("helper@example.org", PASSWORD, is_staff=True)
    helper.user_permissions.add(*helper.user_permissions.model.objects.filter(codename="view_user"))
    code = set_up_second_factor(helper).code()
    set_up_second_factor(alice)
    sign_in(browser, "helper@example.org")
    browser.post("/accounts/verify/", {"otp_token": code})

    assert browser.get(USERS).status_code == 200
    browser.post(USERS, {"action": "remove_second_factor", "_selected_action": [alice.pk]})

    assert TOTPDevice.objects.filter(user=alice).exists()


def test_tokens_are_listed_without_keys_and_are_not_made(admins_browser, alice):
    token, key = services.issue_token(alice, "Pixel", second_factor=False)

    page = admins_browser.get("/admin/accounts/devicetoken/").text
    assert "Pixel" in page
    assert key not in page
    detail = admins_browser.get(f"/admin/accounts/devicetoken/{token.pk}/change/")
    assert detail.status_code == 200
    assert token.digest not in detail.context["adminform"].form.as_p()
    assert admins_browser.get("/admin/accounts/devicetoken/add/").status_code == 403


def test_signing_out_of_the_admin_signs_out_of_the_product(admins_browser):
    admins_browser.post("/admin/logout/")

    assert "_auth_user_id" not in admins_browser.session


def test_password_change_of_the_admin_is_the_products(admins_browser):
    answer = admins_browser.get("/admin/password_change/")

    assert answer["Location"] == "/accounts/password/"


@pytest.mark.parametrize(
    "page",
    ["/admin/", USERS, f"{USERS}add/", "/admin/accounts/devicetoken/", "/admin/auth/group/add/"],
)
def test_admin_pages_hold_nothing_inline(admins_browser, page):
    answer = admins_browser.get(page)

    assert answer.status_code == 200
    assert ' style="' not in answer.text
    assert "<style" not in answer.text
    assert " onclick=" not in answer.text


def test_admin_wears_the_products_colours_and_type(admins_browser):
    assertContains(admins_browser.get("/admin/"), "dist/admin.css")
