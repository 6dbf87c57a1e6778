"""Too many requests wait; with the cache down nobody does."""

import pytest
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle

PATH = "/api/v1/speech-sessions/"


@pytest.fixture
def two_a_minute(monkeypatch):
    monkeypatch.setattr(
        SimpleRateThrottle, "THROTTLE_RATES", {"anon": "2/min", "user": "2/min", "login": "2/min"}
    )


@pytest.fixture
def a_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


def test_too_many_requests_are_429_and_told_when_to_come_back(two_a_minute, a_cache, alices_phone):
    for _ in range(2):
        assert alices_phone.get(PATH).status_code == 200
    response = alices_phone.get(PATH)
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60
    assert response.json()["errors"][0]["code"] == "throttled"


def test_one_person_does_not_use_up_what_another_may(
    two_a_minute, a_cache, alices_phone, charlies_phone
):
    for _ in range(3):
        alices_phone.get(PATH)
    assert charlies_phone.get(PATH).status_code == 200


def test_forged_forwarding_header_does_not_make_a_new_visitor(rf):
    request = rf.get("/", headers={"X-Forwarded-For": "10.0.0.7"}, REMOTE_ADDR="192.0.2.1")
    assert AnonRateThrottle().get_ident(request) == "192.0.2.1"


def test_nobody_waits_while_the_cache_is_down(two_a_minute, settings, tmp_path, alices_phone):
    nobody = {**settings.CACHES["default"], "LOCATION": f"unix://{tmp_path}/nobody.sock?db=2"}
    settings.CACHES = {"default": nobody}
    assert [alices_phone.get(PATH).status_code for _ in range(4)] == [200] * 4
