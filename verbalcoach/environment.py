"""Typed readers of the environment: a wrong or missing value is named in one clear sentence."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}

# How other frameworks spell the same databases in their URLs.
_DATABASE_SCHEMES = {
    "postgresql": "postgres",
    "postgresql+asyncpg": "postgres",
    "postgresql+psycopg": "postgres",
    "postgres+asyncpg": "postgres",
    "sqlite+aiosqlite": "sqlite",
    "sqlite3": "sqlite",
}


def text(name: str, default: str = "") -> str:
    """`NAME` from the environment, or the content of the file that `NAME_FILE` points at."""
    file_name = os.environ.get(f"{name}_FILE", "")
    if file_name:
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as error:
            message = f"{name}_FILE names {file_name}, which cannot be read: {error.strerror}."
            raise ImproperlyConfigured(message) from error
    return os.environ.get(name, "").strip() or default


def boolean(name: str, default: bool) -> bool:
    """`NAME` as true or false."""
    value = text(name, str(default)).lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def integer(name: str, default: int) -> int:
    """`NAME` as a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def words(name: str, default: str = "") -> list[str]:
    """`NAME` as a list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def origin(name: str, default: str) -> str:
    """`NAME` as the address of a site, such as https://coach.example.org, without a path."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise ImproperlyConfigured(
            f"{name} must be an address such as https://coach.example.org, not {value!r}."
        )
    return value


def database(name: str, default: str) -> dj_database_url.DBConfig:
    """`NAME` as a Django database; accepts the spellings of other frameworks."""
    url = text(name, default)
    scheme, separator, rest = url.partition("://")
    scheme = _DATABASE_SCHEMES.get(scheme, scheme)
    if not separator or scheme not in {"postgres", "sqlite"}:
        raise ImproperlyConfigured(
            f"{name} must start with postgres:// or sqlite:///, not {scheme or url!r}."
        )
    try:
        return dj_database_url.parse(f"{scheme}://{rest}")
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a database URL: {error}") from error


def redis_database(url: str, offset: int, *, socket_scheme: str = "unix") -> str:
    """The Redis at `url`, `offset` databases further on, so that queue, channels and cache part.

    Sockets are written `unix:///path?db=0`; Celery calls the same `redis+socket://…?virtual_host=0`.
    """
    parts = urlsplit(url)
    if parts.scheme == "unix":
        first = int(dict(parse_qsl(parts.query)).get("db", 0))
        key = "virtual_host" if socket_scheme == "redis+socket" else "db"
        return f"{socket_scheme}://{parts.path}?{key}={first + offset}"
    if parts.scheme not in {"redis", "rediss"}:
        raise ImproperlyConfigured("REDIS_URL must start with redis://, rediss:// or unix://.")
    first_path = parts.path.strip("/")
    if first_path and not first_path.isdigit():
        raise ImproperlyConfigured(f"REDIS_URL names the database {first_path!r}, not a number.")
    return urlunsplit(parts._replace(path=f"/{int(first_path or 0) + offset}"))
