import pytest


@pytest.mark.parametrize("prefix", ["/api/v1/speech-sessions", "/speech-sessions/api/sessions"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_every_method_works_with_and_without_the_trailing_slash(alices_phone, prefix, slash):
    created = alices_phone.post(f"{prefix}{slash}", {"duration": 60, "title": "Kept"})
    assert created.status_code == 201
    assert created.json()["title"] == "Kept"
    one = f"{prefix}/{created.json()['id']}{slash}"
    assert alices_phone.get(f"{prefix}{slash}?page_size=1").json()["count"] == 1
    assert alices_phone.put(one, {"title": "Put"}).json()["title"] == "Put"
    assert alices_phone.patch(one, {"title": "Patched"}).json()["title"] == "Patched"
    assert alices_phone.get(one).json()["title"] == "Patched"
    assert alices_phone.get(f"{prefix}/analytics{slash}").status_code == 200
    assert alices_phone.head(one).status_code == 200
    assert alices_phone.options(one).status_code == 200
    assert alices_phone.delete(one).status_code == 204


def test_addresses_in_answers_are_the_canonical_ones(alices_phone):
    alices_phone.post("/api/v1/speech-sessions", {"duration": 60})
    created = alices_phone.post("/api/v1/speech-sessions", {"duration": 60})
    assert created["Location"] == f"http://testserver/api/v1/speech-sessions/{created.data['id']}/"
    page = alices_phone.get("/api/v1/speech-sessions?page_size=1").json()
    assert page["next"] == "http://testserver/api/v1/speech-sessions/?page=2&page_size=1"


@pytest.mark.parametrize("path", ["/docs", "/docs/", "/redoc", "/redoc/", "/api/v1/docs"])
def test_documentation_answers_with_and_without_the_slash(client, path):
    assert client.get(path).status_code == 200


def test_login_without_the_slash_keeps_its_body(client, alice):
    from conftest import PASSWORD

    response = client.post("/api-auth/login", {"username": alice.email, "password": PASSWORD})
    assert response.status_code == 200
    assert response.json()["token"]


def test_pages_keep_the_redirect_of_a_get(alices_browser):
    response = alices_browser.get("/speech-sessions")
    assert response.status_code == 301
    assert response["Location"] == "/speech-sessions/"
