"""Settings are read from the environment, and a wrong one is named in one sentence."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from verbalcoach import environment


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        (
            "postgres://verbalcoach_user:s3cret@db:5432/verbalcoach_db",
            "postgresql",
            "verbalcoach_db",
        ),
        ("postgresql://u:p@db/verbalcoach_db", "postgresql", "verbalcoach_db"),
        ("postgresql+asyncpg://u:p@db/verbalcoach_db", "postgresql", "verbalcoach_db"),
        ("sqlite:///relative.sqlite3", "sqlite3", "relative.sqlite3"),
        ("sqlite+aiosqlite:////var/lib/coach.sqlite3", "sqlite3", "/var/lib/coach.sqlite3"),
    ],
)
def test_database_url_is_understood_in_each_spelling(monkeypatch, url, engine, name):
    monkeypatch.setenv("DATABASE_URL", url)

    database = environment.database("DATABASE_URL", "")

    assert database["ENGINE"] == f"django.db.backends.{engine}"
    assert database["NAME"] == name


def test_database_url_of_another_database_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mongodb://somewhere/coach")

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must start with postgres://"):
        environment.database("DATABASE_URL", "")


def test_secret_is_read_from_the_file_that_the_variable_names(monkeypatch, tmp_path):
    secret = tmp_path / "key"
    secret.write_text("from a file\n", encoding="utf-8")
    monkeypatch.setenv("OPENAI_API_KEY_FILE", str(secret))
    monkeypatch.setenv("OPENAI_API_KEY", "from the environment")

    assert environment.text("OPENAI_API_KEY") == "from a file"


def test_secret_file_that_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "nowhere"))

    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY_FILE names .*nowhere"):
        environment.text("SECRET_KEY")


@pytest.mark.parametrize(("written", "meant"), [("yes", True), ("False", False), ("0", False)])
def test_boolean_is_read_as_people_write_it(monkeypatch, written, meant):
    monkeypatch.setenv("DEBUG", written)

    assert environment.boolean("DEBUG", not meant) is meant


def test_boolean_that_is_neither_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("DEBUG", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="DEBUG must be true or false, not 'perhaps'"):
        environment.boolean("DEBUG", False)


@pytest.mark.parametrize(
    ("url", "offset", "socket_scheme", "expected"),
    [
        ("redis://cache:6379/3", 1, "unix", "redis://cache:6379/4"),
        ("redis://:secret@cache:6379", 0, "unix", "redis://:secret@cache:6379/0"),
        ("unix:///run/valkey.sock", 2, "unix", "unix:///run/valkey.sock?db=2"),
        (
            "unix:///run/valkey.sock?db=4",
            0,
            "redis+socket",
            "redis+socket:///run/valkey.sock?virtual_host=4",
        ),
    ],
)
def test_queue_channels_and_cache_each_get_a_database(url, offset, socket_scheme, expected):
    assert environment.redis_database(url, offset, socket_scheme=socket_scheme) == expected


def test_product_refuses_to_start_without_a_secret_when_debug_is_off(tmp_path):
    # An empty SECRET_KEY in the environment also outweighs the one a local .env may hold.
    start = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DEBUG": "false", "SECRET_KEY": "", "SECRET_KEY_FILE": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert start.returncode != 0
    assert (
        start.stderr.strip()
        .splitlines()[-1]
        .endswith(
            "SECRET_KEY is not set: with DEBUG off it must be a long random text"
            " that only this installation knows."
        )
    )


def test_origin_is_an_address_without_a_path(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://coach.example.org/")
    assert environment.origin("SITE_URL", "") == "https://coach.example.org"


@pytest.mark.parametrize("value", ["coach.example.org", "ftp://x", "https://", "https://x/path"])
def test_origin_that_is_none_is_named(monkeypatch, value):
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        environment.origin("SITE_URL", "")
