"""Apps in a browser, from an origin that the owner allowed: every address of the API, no page."""

import pytest
from django.test import Client

APP = "https://app.example.org"


@pytest.fixture
def allowed(settings):
    settings.CORS_ALLOWED_ORIGINS = [APP]


def asked(path):
    return Client().options(path, HTTP_ORIGIN=APP, HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/speech-sessions/",
        "/api-auth/login/",
        "/auth/login",
        "/users/me/",
        "/speech/voices",
        "/pronunciation/assess",
        "/conversations/sessions/",
        "/conversations/sessions/7/messages",
        "/accounts/voice-conversations/",
        "/speech-sessions/api/sessions/",
    ],
)
def test_an_allowed_app_may_call_every_address_of_the_api(allowed, path):
    assert asked(path).headers["Access-Control-Allow-Origin"] == APP


@pytest.mark.parametrize("path", ["/today/", "/conversations/live/", "/speech-sessions/"])
def test_an_allowed_app_may_read_no_page(allowed, path):
    assert "Access-Control-Allow-Origin" not in asked(path).headers
