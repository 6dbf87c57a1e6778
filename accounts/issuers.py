"""Bearer tokens of outside issuers: whose word is taken, and whether a token is theirs.

Each issuer has its own keys, and each kind of signature only one source of them: HS256 the shared
secret, the others the issuer's published key set (JWKS). So no public key is ever taken for a
secret, whatever a token says of itself.
"""

import json
import logging
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jwt
import requests
from django.conf import settings

logger = logging.getLogger(__name__)

SECRET_ALGORITHM = "HS256"  # noqa: S105 - the name of an algorithm
KEY_SET_ALGORITHMS = ("RS256", "ES256", "EdDSA")

FETCH_TIMEOUT = 3
LARGEST_KEY_SET = 256 * 1024
# An unknown key may be a new one, but a stream of invented names must not reach the issuer.
SECONDS_BETWEEN_FETCHES = 60
# After this a key that the issuer has withdrawn is no longer taken.
KEY_SET_LIFETIME = 60 * 60
CLOCK_SKEW = 30


class NotTheirs(Exception):
    """The token is not one that this issuer made for us, or is no longer good."""


@dataclass
class KeySet:
    """The published keys of an issuer, fetched when needed and kept while it does not answer."""

    url: str
    keys: dict[str, jwt.PyJWK] = field(default_factory=dict)
    fetched_at: float = float("-inf")
    asked_at: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def key(self, name: str) -> jwt.PyJWK | None:
        """The key called `name`; asks the issuer for new ones at most once a minute."""
        now = time.monotonic()
        if name not in self.keys or now - self.fetched_at > KEY_SET_LIFETIME:
            self._refresh(now)
        return self.keys.get(name)

    def _refresh(self, now: float) -> None:
        with self._lock:
            if now - self.asked_at < SECONDS_BETWEEN_FETCHES:
                return
            self.asked_at = now
            try:
                self.keys = _fetch(self.url)
            except (requests.RequestException, ValueError, jwt.PyJWTError) as error:
                logger.warning("the keys at %s could not be fetched: %s", self.url, error)
                return
            self.fetched_at = now


def _fetch(url: str) -> dict[str, jwt.PyJWK]:
    with requests.get(url, timeout=FETCH_TIMEOUT, allow_redirects=False, stream=True) as answer:
        answer.raise_for_status()
        body = answer.raw.read(LARGEST_KEY_SET + 1, decode_content=True)
    if len(body) > LARGEST_KEY_SET:
        raise ValueError("the key set is too large")
    found = json.loads(body)
    if not isinstance(found, dict) or not isinstance(found.get("keys"), list):
        raise ValueError("this is no key set")
    return {key.key_id: key for each in found["keys"] if (key := _usable(each)) and key.key_id}


def _usable(described: Any) -> jwt.PyJWK | None:
    """A public key for signatures, or None for whatever else stands in a key set."""
    if not isinstance(described, dict) or described.get("use", "sig") != "sig":
        return None
    try:
        key = jwt.PyJWK(described)
    except jwt.PyJWTError:
        return None
    return key if key.algorithm_name in KEY_SET_ALGORITHMS else None


@dataclass(frozen=True)
class Issuer:
    """Somebody whose bearer tokens are taken here, and on what terms."""

    issuer: str
    audience: str
    secret: str = ""
    key_set: KeySet | None = None
    # What the operator of this installation vouches for, where a token does not say it.
    emails_are_verified: bool = False
    second_factor_counts: bool = False

    def claims_of(self, token: str) -> dict[str, Any]:
        """What `token` says, once signature, issuer, audience and times are right.

        Raises NotTheirs.
        """
        try:
            header = jwt.get_unverified_header(token)
            algorithm = header.get("alg", "")
            return jwt.decode(
                token,
                self._key(algorithm, header.get("kid", "")),
                algorithms=[algorithm],
                audience=self.audience,
                issuer=self.issuer,
                leeway=CLOCK_SKEW,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise NotTheirs(str(error)) from error

    def _key(self, algorithm: str, name: str) -> Any:
        if algorithm == SECRET_ALGORITHM and self.secret:
            return self.secret
        if algorithm in KEY_SET_ALGORITHMS and self.key_set and name:
            key = self.key_set.key(name)
            if key is not None and key.algorithm_name == algorithm:
                return key.key
        raise NotTheirs("no key of this issuer fits")


@cache
def _configured() -> dict[str, Issuer]:
    return {
        each["issuer"]: Issuer(
            issuer=each["issuer"],
            audience=each["audience"],
            secret=each["secret"],
            key_set=KeySet(each["jwks_url"]) if each["jwks_url"] else None,
            emails_are_verified=settings.EXTERNAL_EMAILS_VERIFIED,
            second_factor_counts=settings.EXTERNAL_SECOND_FACTOR,
        )
        for each in settings.EXTERNAL_ISSUERS
    }


def issuer_of(token: str) -> Issuer | None:
    """The configured issuer that `token` says it is from; nothing of it is believed yet."""
    issuers = _configured()
    if not issuers:
        return None
    try:
        said = jwt.decode(token, options={"verify_signature": False}).get("iss")
    except (jwt.PyJWTError, ValueError):
        return None
    return issuers.get(said) if isinstance(said, str) else None


def forget() -> None:
    """Read the settings, and every issuer's keys, anew."""
    _configured.cache_clear()
