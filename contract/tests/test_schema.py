"""The description of the API is whole, and true where that can be checked."""

import io

import pytest
import yaml
from django.core.management import call_command


@pytest.fixture(scope="module")
def schema():
    output = io.StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=output)
    return yaml.safe_load(output.getvalue())


def operations(schema):
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_schema_has_every_call_of_speech_sessions(schema):
    base = "/api/v1/speech-sessions"
    assert {path for path in schema["paths"] if path.startswith(base)} == {
        f"{base}/",
        f"{base}/analytics/",
        f"{base}/bands/",
        f"{base}/bulk_update/",
        f"{base}/{{id}}/",
        f"{base}/{{id}}/analyze/",
        f"{base}/{{id}}/audio/",
        f"{base}/{{id}}/clip/",
        f"{base}/{{id}}/events/",
        f"{base}/{{id}}/peaks/",
        f"{base}/{{id}}/report/",
    }


def test_schema_names_each_address_once(schema):
    assert not [path for path in schema["paths"] if path.startswith("/speech-sessions/")]


def test_every_call_has_tag_summary_and_description(schema):
    for name, operation in operations(schema):
        assert operation["tags"], name
        assert operation["summary"], name
        assert operation["description"], name


def test_every_error_has_the_one_shape(schema):
    for name, operation in operations(schema):
        errors = {code: each for code, each in operation["responses"].items() if code >= "400"}
        assert errors, name
        for code, response in errors.items():
            reference = response["content"]["application/json"]["schema"]["$ref"]
            assert reference == "#/components/schemas/ErrorAnswer", (name, code)


# What somebody calls who has no credentials yet, or is giving them back.
OPEN_CALLS = (
    "login/",
    "/auth/2fa/passkeys/challenge/",
    "/auth/logout/",
    "/auth/password/reset/",
    "/auth/refresh/",
    "/auth/register/",
)


def test_calls_that_need_credentials_say_so(schema):
    for name, operation in operations(schema):
        assert "429" in operation["responses"], name
        if not any(call in name for call in OPEN_CALLS):
            assert {"401", "403"} <= set(operation["responses"]), name
            assert {"token": []} in operation["security"], name


def test_every_call_of_speech_sessions_with_json_shows_an_example(schema):
    for name, operation in operations(schema):
        if "/speech-sessions/" not in name:
            continue
        for code, response in operation["responses"].items():
            media = response.get("content", {}).get("application/json")
            if media and code < "300":
                assert "examples" in media or "example" in media, (name, code)
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if body:
            assert "examples" in body, name


@pytest.mark.parametrize("path", ["/api/v1/schema/", "/api/v1/schema"])
def test_schema_is_open_to_everybody(client, db, path):
    response = client.get(path, headers={"Accept": "application/vnd.oai.openapi+json"})
    assert response.status_code == 200
    assert response.json()["openapi"].startswith("3.")


def test_schema_is_there_with_a_token_that_expired(client, db):
    response = client.get("/api/v1/schema/", headers={"Authorization": "Token gone"})
    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/docs/", "/docs/", "/redoc/"])
def test_documentation_page_has_nothing_inline_and_nothing_foreign(client, db, path):
    response = client.get(path)
    html = response.content.decode()
    assert "<style" not in html
    assert "style=" not in html
    assert "<script>" not in html
    assert "http://" not in html
    assert "https://" not in html
    assert "unsafe" not in response["Content-Security-Policy"]
