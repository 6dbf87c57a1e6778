"""The gate of the second factor stands before every page; times are shown in the person's zone."""

import json
from collections.abc import Iterator

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts import services
from accounts.middleware import SecondFactorMiddleware, TimeZoneMiddleware
from accounts.models import User
from accounts.tests.conftest import set_up_second_factor, sign_in

OPEN = {
    "/accounts/verify/",
    "/accounts/logout/",
    "/accounts/passkeys/ask/",
    "/accounts/passkeys/answer/",
    "/api-auth/login/",
    "/health/",
    "/manifest.webmanifest",
    "/offline/",
    "/privacy/",
    "/sw.js",
}
PAGES = OPEN - {"/accounts/logout/", "/accounts/passkeys/ask/", "/accounts/passkeys/answer/"}
VALUES = {
    "int": "1",
    "str": "1",
    "slug": "a",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "path": "a",
}


def every_address() -> Iterator[str]:
    """An address for every pattern of the project without a regular expression in it."""

    def walk(patterns, prefix):
        for entry in patterns:
            route = str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, prefix + route)
            elif isinstance(entry, URLPattern):
                yield prefix + route

    for route in walk(get_resolver().url_patterns, "/"):
        if "(?P" in route or "\\" in route or "^" in route:
            continue
        address = route
        while "<" in address:
            start, end = address.index("<"), address.index(">")
            kind = address[start + 1 : end].split(":")[0] if ":" in address[start:end] else "str"
            address = f"{address[:start]}{VALUES.get(kind, '1')}{address[end + 1 :]}"
        yield address


def test_every_address_leads_to_verify_until_the_code_is_given(browser, alice):
    set_up_second_factor(alice)
    sign_in(browser, "alice@example.org")
    addresses = set(every_address()) - OPEN
    assert {"/", "/today/", "/admin/", "/accounts/second-factor/"} <= addresses

    for address in sorted(addresses):
        answer = browser.get(address, headers={"accept": "text/html"})
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/accounts/verify/?next=%2F"), address


def test_every_address_answers_programs_with_403_until_the_code_is_given(browser, alice):
    set_up_second_factor(alice)
    sign_in(browser, "alice@example.org")

    for address in sorted(set(every_address()) - OPEN):
        answer = browser.post(address, headers={"accept": "application/json"})
        assert answer.status_code == 403, address
        assert answer.json()["errors"][0]["code"] == "second_factor_required", address


def test_open_addresses_stay_open_without_the_code(browser, alice):
    set_up_second_factor(alice)
    sign_in(browser, "alice@example.org")

    for address in PAGES:
        answer = browser.get(address)
        assert answer.status_code in {200, 302}, address
        assert not answer.get("Location", "").startswith("/accounts/verify/"), address
    assert browser.post("/accounts/logout/").status_code == 302


def test_unknown_address_leads_to_verify_too(browser, alice):
    set_up_second_factor(alice)
    sign_in(browser, "alice@example.org")

    assert browser.get("/no/such/page/")["Location"].startswith("/accounts/verify/")


def test_post_is_not_repeated_after_the_code(browser, alice):
    set_up_second_factor(alice)
    sign_in(browser, "alice@example.org")

    assert browser.post("/accounts/profile/")["Location"] == "/accounts/verify/"


def test_htmx_is_told_to_leave_the_page(browser, alice):
    set_up_second_factor(alice)
    sign_in(browser, "alice@example.org")

    answer = browser.get("/speech-sessions/", headers={"hx-request": "true"})

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/accounts/verify/"


def test_api_error_has_the_one_shape(browser, alice):
    set_up_second_factor(alice)
    sign_in(browser, "alice@example.org")

    answer = browser.get("/api/v1/speech-sessions/")

    body = json.loads(answer.content)
    assert answer.status_code == 403
    assert set(body) == {"detail", "type", "errors"}
    assert body["type"] == "client_error"
    assert body["errors"] == [
        {"code": "second_factor_required", "detail": body["detail"], "attr": None}
    ]


def test_half_a_sign_in_does_not_ride_along_with_another_credential(browser, alice):
    set_up_second_factor(alice)
    sign_in(browser, "alice@example.org")

    answer = browser.get("/api/v1/speech-sessions/", headers={"authorization": "Token nonsense"})

    assert answer.status_code == 401


def test_half_a_sign_in_is_nobody_to_a_view_that_reads_the_user_itself(rf, alice):
    set_up_second_factor(alice)
    request = rf.get("/api/v1/anything/", headers={"authorization": "Basic x"})
    request.user, request.session = alice, {}

    SecondFactorMiddleware(lambda asked: HttpResponse(str(asked.user)))(request)

    assert not request.user.is_authenticated


def test_token_works_beside_half_a_sign_in(browser, alice):
    set_up_second_factor(alice)
    sign_in(browser, "alice@example.org")
    _, key = services.issue_token(alice, "phone", second_factor=True)

    answer = browser.get("/api/v1/speech-sessions/", headers={"authorization": f"Token {key}"})

    assert answer.status_code == 200


def test_person_who_is_asked_to_have_a_factor_is_led_to_set_it_up(browser, alice):
    User.objects.update(must_use_second_factor=True)
    sign_in(browser, "alice@example.org")

    for address in ("/today/", "/speech-sessions/", "/accounts/security/"):
        assert browser.get(address)["Location"].startswith("/accounts/second-factor/?next=")
    assert browser.get("/accounts/second-factor/").status_code == 200
    assert browser.get("/api/v1/speech-sessions/").status_code == 403
    assert browser.get("/accounts/verify/")["Location"] == "/today/"


def test_person_without_a_factor_passes(alices_browser):
    assert alices_browser.get("/accounts/security/").status_code == 200


def test_visitor_costs_the_gate_no_query(browser, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        browser.get("/privacy/")


@pytest.fixture
def zone_of(rf):
    """What zone the middleware shows a user's times in."""

    def ask(user, cookie=None) -> str:
        request = rf.get("/")
        request.user = user
        if cookie is not None:
            request.COOKIES["tz"] = cookie
        seen = []
        TimeZoneMiddleware(
            lambda _: seen.append(timezone.get_current_timezone_name()) or HttpResponse()
        )(request)
        return seen[0]

    yield ask
    timezone.deactivate()


def test_times_are_shown_in_the_zone_the_person_chose(zone_of):
    assert zone_of(User(time_zone="Asia/Tokyo"), "Europe/Berlin") == "Asia/Tokyo"


def test_times_are_shown_in_the_browsers_zone_where_none_is_chosen(zone_of):
    assert zone_of(User(), "America%2FArgentina%2FBuenos_Aires").startswith("America/Argentina/")
    assert zone_of(User(), "Europe/Berlin") == "Europe/Berlin"


@pytest.mark.parametrize("nonsense", ["", "Mars/Olympus", "../../etc/passwd", "\x00", "%00%ff"])
def test_unknown_zones_are_ignored(zone_of, settings, nonsense):
    assert zone_of(User(time_zone="Nowhere/At_all"), nonsense) == settings.TIME_ZONE


def test_a_zone_does_not_stay_for_the_next_request(zone_of, settings):
    zone_of(User(time_zone="Asia/Tokyo"))

    assert zone_of(User()) == settings.TIME_ZONE


async def test_gate_stands_under_asgi_too(async_client, transactional_db):
    user = await User.objects.acreate(email="dora@example.org", must_use_second_factor=True)
    await async_client.aforce_login(user)

    answer = await async_client.get("/accounts/security/")

    assert answer["Location"].startswith("/accounts/second-factor/")
    await sync_to_async(lambda: connection.close())()  # in the thread that worked for us


def test_csrf_is_enforced_for_sessions_in_the_api(alice):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)

    answer = browser.post(
        "/api/v1/speech-sessions/", {"duration": 3}, content_type="application/json"
    )

    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "permission_denied"
