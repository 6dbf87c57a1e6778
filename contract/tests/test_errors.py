"""One shape, wherever in the stack an error arises."""

import pytest


def assert_error(response, status: int, code: str) -> dict:
    assert response.status_code == status, response.content
    assert response["Content-Type"].startswith("application/json")
    body = response.json()
    assert set(body) == {"detail", "type", "errors"}
    assert body["detail"] == body["errors"][0]["detail"] != ""
    assert set(body["errors"][0]) == {"code", "detail", "attr"}
    assert body["errors"][0]["code"] == code
    return body


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize(
    "path",
    ["/api/v1/nothing/", "/api/v1/nothing", "/api-auth/nothing/", "/speech-sessions/api/nothing/"],
)
def test_unknown_address_of_the_api_is_404_in_the_one_shape(alices_phone, settings, path, debug):
    settings.DEBUG = debug
    assert_error(alices_phone.get(path), 404, "not_found")


def test_unknown_address_of_a_page_stays_a_page(alices_browser):
    response = alices_browser.get("/nothing/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")


def test_wrong_method_is_405_and_says_which_are_right(alices_phone):
    response = alices_phone.put("/api/v1/speech-sessions/")
    assert_error(response, 405, "method_not_allowed")
    assert "POST" in response["Allow"]


def test_missing_credentials_are_401(client, db):
    response = client.get("/api/v1/speech-sessions/")
    assert_error(response, 401, "not_authenticated")
    assert response["WWW-Authenticate"].startswith("Token")


def test_wrong_token_is_401(client, db):
    response = client.get("/api/v1/speech-sessions/", headers={"Authorization": "Token nonsense"})
    assert response.status_code == 401
    assert response.json()["type"] == "client_error"


@pytest.mark.parametrize("header", ["Token", "Token a b", "Token ä\x80", "Token \xff", "Bearer x"])
def test_broken_authorization_header_is_401(client, db, header):
    response = client.get("/api/v1/speech-sessions/", headers={"Authorization": header})
    assert response.status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nothing",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"duration": NaN}',
        b'{"duration": Infinity}',
        b'{"duration": ' + b"9" * 5000 + b"}",
    ],
    ids=["empty", "cut off", "word", "not UTF-8", "deep", "NaN", "Infinity", "long number"],
)
def test_body_that_is_no_json_is_400(alices_phone, body):
    response = alices_phone.post("/api/v1/speech-sessions/", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] in {"parse_error", "required"}


@pytest.mark.parametrize("charset", ["zlib", "hex", "nonsense", "utf-16"])
def test_charset_of_a_json_body_does_not_matter(alices_phone, charset):
    response = alices_phone.post(
        "/api/v1/speech-sessions/",
        b'{"duration": 60}',
        content_type=f"application/json; charset={charset}",
    )
    assert response.status_code == 201


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"1", b"null", b"true", b"[[1]]"])
def test_json_that_is_no_object_is_400(alices_phone, body):
    response = alices_phone.post("/api/v1/speech-sessions/", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["type"] == "validation_error"


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "nonsense", "a/b/c"])
def test_content_type_nobody_reads_is_415(alices_phone, content_type):
    response = alices_phone.post("/api/v1/speech-sessions/", b"x", content_type=content_type)
    assert_error(response, 415, "unsupported_media_type")


@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=ä"],
)
def test_multipart_without_a_boundary_is_400(alices_phone, content_type):
    response = alices_phone.post("/api/v1/speech-sessions/", b"x", content_type=content_type)
    assert response.status_code == 400
    assert response.json()["errors"]


def test_form_of_too_many_fields_is_400(alices_phone, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    fields = {f"field{number}": "x" for number in range(10)}
    response = alices_phone.post("/api/v1/speech-sessions/", fields, format="multipart")
    assert_error(response, 400, "bad_request")


def test_form_of_too_long_texts_is_413(alices_phone, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    fields = {"duration": "60", "transcription": "word " * 1000}
    response = alices_phone.post("/api/v1/speech-sessions/", fields, format="multipart")
    assert_error(response, 413, "too_large")


@pytest.mark.parametrize("debug", [False, True])
def test_crash_is_500_in_the_one_shape_and_tells_nothing(
    alices_phone, settings, monkeypatch, debug
):
    from speech_sessions import selectors

    def crash(*args):
        raise RuntimeError("the secret reason")

    settings.DEBUG = debug
    monkeypatch.setattr(selectors, "sessions_of", crash)
    alices_phone.raise_request_exception = False
    response = alices_phone.get("/api/v1/speech-sessions/")
    assert_error(response, 500, "error")
    assert b"secret" not in response.content


def test_host_that_is_not_ours_is_400_in_the_one_shape(alices_phone):
    response = alices_phone.get("/api/v1/speech-sessions/", headers={"Host": "evil.example"})
    assert_error(response, 400, "bad_request")


def test_write_with_a_session_and_no_csrf_token_is_403(alice):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    response = browser.post(
        "/api/v1/speech-sessions/", {"duration": 60}, content_type="application/json"
    )
    assert_error(response, 403, "permission_denied")


@pytest.mark.parametrize("accept", ["audio/wav", "text/html", "application/xml", "nonsense"])
def test_error_is_json_whatever_the_client_accepts(alices_phone, accept):
    response = alices_phone.get("/api/v1/speech-sessions/1/", headers={"Accept": accept})
    assert_error(response, 404, "not_found")


@pytest.mark.parametrize("pk", ["0", "9" * 19, "9" * 40, "00000000000000000000001"])
def test_id_of_any_size_is_404(alices_phone, pk):
    assert_error(alices_phone.get(f"/api/v1/speech-sessions/{pk}/"), 404, "not_found")
