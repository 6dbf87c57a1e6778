"""/accounts/login, register and profile: pages for people, calls for programs that speak JSON."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PASSWORD

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.mark.parametrize("slash", ["", "/"])
def test_json_at_the_sign_in_page_is_auth_login(alice, slash):
    answer = APIClient().post(
        f"/accounts/login{slash}", {"email": alice.email, "password": PASSWORD}
    )

    assert answer.status_code == 200
    assert answer.json()["token_type"] == "bearer"
    assert not answer.cookies


def test_json_at_the_sign_in_page_is_refused_in_the_shape_of_errors(alice):
    answer = APIClient().post("/accounts/login/", {"email": alice.email, "password": "wrong"})

    assert answer.status_code == 401
    assert set(answer.json()) == {"detail", "type", "errors"}


@pytest.mark.parametrize("body", ["no json", "[]", "null"])
def test_broken_json_at_the_sign_in_page_is_400(db, body):
    answer = Client().post("/accounts/login/", body, content_type="application/json")

    assert answer.status_code == 400
    assert set(answer.json()) == {"detail", "type", "errors"}


def test_json_at_the_sign_up_page_is_auth_register(db):
    answer = APIClient().post(
        "/accounts/register", {"email": "dora@example.org", "password": PASSWORD}
    )

    assert answer.status_code == 201
    assert answer.json()["user"]["id"] == User.objects.get().pk


def test_form_at_the_same_address_goes_to_the_page(alice, browser):
    answer = browser.post("/accounts/login/", {"username": alice.email, "password": PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, "/today/")


def test_form_of_another_site_is_refused_still(alice, strict_browser):
    fields = {"username": alice.email, "password": PASSWORD}

    assert strict_browser.post("/accounts/login/", fields).status_code == 403
    assert strict_browser.post("/accounts/register/", fields).status_code == 403


def test_profile_in_json_is_auth_me(alice, alices_phone):
    answer = alices_phone.get("/accounts/profile/", **JSON)
    assert answer.json()["email"] == alice.email

    changed = alices_phone.patch("/accounts/profile", {"name": "A"}, **JSON)
    assert changed.json()["name"] == "A"


def test_profile_of_a_visitor_in_json_is_401_and_in_html_leads_to_sign_in(client, db):
    assert client.get("/accounts/profile/", **JSON).status_code == 401
    assert client.get("/accounts/profile/").status_code == 302


def test_profile_is_not_changed_by_another_site_through_the_cookie(alice):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)

    answer = browser.patch(
        "/accounts/profile/", {"name": "X"}, content_type="application/json", **JSON
    )

    assert answer.status_code == 403
    alice.refresh_from_db()
    assert alice.name == "Alice Archer"


def test_profile_page_is_a_page_for_a_browser(alices_browser):
    answer = alices_browser.get("/accounts/profile/", HTTP_ACCEPT="text/html,*/*;q=0.8")

    assert answer["Content-Type"].startswith("text/html")
    assert "Accept" in answer["Vary"]
