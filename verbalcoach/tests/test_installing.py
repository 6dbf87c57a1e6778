"""What the browser is told to install the product, and to open it without a connection."""

import json
import re

import pytest
from django.urls import reverse

from verbalcoach import installing


def test_manifest_names_the_product_and_icons_of_its_own(client, settings):
    settings.APP_NAME = "Speak Up"
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    described = answer.json()
    assert (described["name"], described["start_url"], described["scope"]) == (
        "Speak Up",
        "/today/",
        "/",
    )
    assert {(icon["sizes"], icon["purpose"]) for icon in described["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A build with one file and one shared part."""
    (tmp_path / "shell.json").write_text(
        json.dumps({"version": "1", "files": ["app.css", "chunks/part-ABC.js"]})
    )
    (tmp_path / "sw.js").write_text("listen();")
    monkeypatch.setattr(installing, "DIST", tmp_path)
    monkeypatch.setattr(installing, "_script_once", installing._script)
    return tmp_path


def shell_in(answer) -> dict:
    found = re.match(r"self\.shell = (\{.*?\});\n", answer.content.decode())
    assert found
    return json.loads(found[1])


def test_service_worker_is_told_what_to_keep_and_asked_for_anew_each_time(client, built):
    answer = client.get("/sw.js")
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer.content.decode().endswith("listen();")
    shell = shell_in(answer)
    assert shell["files"] == ["/static/dist/app.css", "/static/dist/chunks/part-ABC.js"]
    assert shell["offline"] == reverse("offline")


def test_service_worker_changes_with_the_build(client, built):
    before = shell_in(client.get("/sw.js"))["version"]
    (built / "shell.json").write_text(json.dumps({"version": "2", "files": []}))
    assert shell_in(client.get("/sw.js"))["version"] != before


def test_service_worker_is_not_there_while_scripts_are_watched(client, built):
    (built / "shell.json").unlink()
    assert client.get("/sw.js").status_code == 404


def test_page_without_a_connection_holds_nothing_of_whoever_is_signed_in(alices_browser, alice):
    html = alices_browser.get(reverse("offline")).content.decode()
    assert alice.email not in html
    assert "data-person" not in html


def test_workers_and_manifests_come_from_here_alone(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
