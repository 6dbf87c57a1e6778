"""Typed readers of the environment: a wrong or missing value is named in one clear sentence."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}

# As long as what HS256 makes of it, or it can be guessed from one token.
SHORTEST_SHARED_SECRET = 32

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


def secure_url(name: str) -> str:
    """`NAME` as an https address without a slash at its end; plain http only to this machine."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if value and not (parts.hostname and (parts.scheme == "https" or local)):
        raise ImproperlyConfigured(f"{name} must start with https://, not {value!r}.")
    return value


def origin_of(url: str) -> str:
    """Scheme and host of `url`; empty for none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def issuers() -> list[dict[str, str]]:
    """The outside issuers of bearer tokens: `issuer`, `audience`, `secret`, `jwks_url` of each.

    A Supabase project by SUPABASE_URL (and SUPABASE_JWT_SECRET where it still signs with that), and
    any other by EXTERNAL_ISSUER, EXTERNAL_AUDIENCE and EXTERNAL_JWKS_URL or EXTERNAL_JWT_SECRET.
    """
    found = []
    supabase, secret = secure_url("SUPABASE_URL"), text("SUPABASE_JWT_SECRET")
    if secret and not supabase:
        raise ImproperlyConfigured("SUPABASE_JWT_SECRET needs SUPABASE_URL, the issuer's address.")
    if supabase:
        base = f"{supabase}/auth/v1"
        found.append(
            {
                "issuer": base,
                "audience": text("SUPABASE_AUDIENCE", "authenticated"),
                "secret": secret,
                "jwks_url": f"{base}/.well-known/jwks.json",
            }
        )
    issuer = text("EXTERNAL_ISSUER")
    if issuer:
        other = {
            "issuer": issuer,
            "audience": text("EXTERNAL_AUDIENCE"),
            "secret": text("EXTERNAL_JWT_SECRET"),
            "jwks_url": secure_url("EXTERNAL_JWKS_URL"),
        }
        if not other["audience"] or not (other["secret"] or other["jwks_url"]):
            raise ImproperlyConfigured(
                "EXTERNAL_ISSUER needs EXTERNAL_AUDIENCE, and EXTERNAL_JWKS_URL or"
                " EXTERNAL_JWT_SECRET."
            )
        found.append(other)
    for each in found:
        if each["secret"] and len(each["secret"].encode()) < SHORTEST_SHARED_SECRET:
            raise ImproperlyConfigured(
                f"The shared secret of {each['issuer']} must have"
                f" {SHORTEST_SHARED_SECRET} characters at least."
            )
    return found


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
