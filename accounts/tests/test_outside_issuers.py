"""Bearer tokens of outside issuers, with keys fetched from a real server."""

import http.server
import json
import threading
import time
from datetime import timedelta

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from rest_framework.test import APIClient

from accounts import issuers
from accounts.models import Erasure, ExternalIdentity, SecurityEvent, User
from accounts.tests.conftest import set_up_second_factor

ME = "/api/v1/auth/me/"
AUDIENCE = "verbalcoach"
SECRET = "a secret that both sides know, and nobody else, and that is long enough"
Kind = SecurityEvent.Kind


class KeyServer:
    """Serves a key set, and counts how often it is asked."""

    def __init__(self) -> None:
        self.keys: dict[str, object] = {}
        self.asked = 0
        self.body: bytes | None = None
        self.status = 200
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked += 1
                self.send_response(outer.status)
                self.end_headers()
                self.wfile.write(outer.body or outer.key_set())

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def make(self, name: str, kind: str = "RS256") -> None:
        self.keys[name] = (
            rsa.generate_private_key(public_exponent=65537, key_size=2048)
            if kind == "RS256"
            else ec.generate_private_key(ec.SECP256R1())
        )

    def key_set(self) -> bytes:
        keys = []
        for name, key in self.keys.items():
            algorithm = "RS256" if isinstance(key, rsa.RSAPrivateKey) else "ES256"
            to_jwk = jwt.get_algorithm_by_name(algorithm).to_jwk
            keys.append({**to_jwk(key.public_key(), as_dict=True), "kid": name, "use": "sig"})
        return json.dumps({"keys": keys}).encode()

    @property
    def issuer(self) -> str:
        return f"{self.url}/auth/v1"


@pytest.fixture
def server():
    server = KeyServer()
    server.make("first")
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def configure(settings, server):
    """Take the server's tokens, on these terms."""

    def configure(**terms) -> None:
        settings.EXTERNAL_ISSUERS = [
            {
                "issuer": server.issuer,
                "audience": AUDIENCE,
                "secret": terms.pop("secret", ""),
                "jwks_url": terms.pop("jwks_url", f"{server.url}/jwks.json"),
            }
        ]
        for name, value in terms.items():
            setattr(settings, name, value)
        issuers.forget()

    configure()
    yield configure
    issuers.forget()


def claims(server: KeyServer, **changes) -> dict:
    now = int(time.time())
    usual = {
        "iss": server.issuer,
        "aud": AUDIENCE,
        "sub": "8a1c-there",
        "iat": now,
        "exp": now + 600,
        "email": "alice@example.org",
        "email_verified": True,
    }
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def token(server: KeyServer, name: str = "first", algorithm: str = "RS256", **changes) -> str:
    return jwt.encode(
        claims(server, **changes), server.keys[name], algorithm, headers={"kid": name}
    )


def ask(text: str):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
    return client.get(ME)


@pytest.fixture
def verified_alice(alice):
    alice.email_verified = True
    alice.save()
    return alice


def test_token_signs_in_the_user_it_names(configure, server, verified_alice):
    answer = ask(token(server))

    assert answer.json()["id"] == verified_alice.pk
    identity = ExternalIdentity.objects.get()
    assert (identity.user, identity.subject) == (verified_alice, "8a1c-there")
    assert SecurityEvent.objects.get(kind=Kind.IDENTITY_LINKED).mail_due
    assert ask(token(server, email="other@example.org")).json()["id"] == verified_alice.pk
    assert ExternalIdentity.objects.count() == 1


def test_known_token_costs_one_query(configure, server, verified_alice, django_assert_num_queries):
    ask(token(server))
    known = token(server)

    with django_assert_num_queries(1):
        ask(known)


def test_without_a_configured_issuer_no_outside_token_is_good(settings, server, verified_alice):
    settings.EXTERNAL_ISSUERS = []
    issuers.forget()

    assert ask(token(server)).status_code == 401
    assert server.asked == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "another product"},
        {"aud": None},
        {"iss": "https://evil.example.org/auth/v1"},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
        {"nbf": 4_000_000_000},
        {"sub": "x" * 300},
    ],
)
def test_token_with_a_wrong_claim_is_401(configure, server, verified_alice, changes):
    assert ask(token(server, **changes)).status_code == 401
    assert not ExternalIdentity.objects.exists()


def test_public_key_is_never_taken_for_a_secret(configure, server, verified_alice):
    public = server.keys["first"].public_key()
    pem = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    for key in (pem, server.key_set(), b"", b"x" * 32):
        forged = hmac_token(claims(server), key)
        assert ask(forged).status_code == 401


def hmac_token(said: dict, key: bytes) -> str:
    """HS256 by hand: the library refuses to sign with a public key."""
    import base64
    import hashlib
    import hmac

    def part(data: bytes) -> bytes:
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    head = part(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "first"}).encode())
    text = head + b"." + part(json.dumps(said).encode())
    return (text + b"." + part(hmac.new(key, text, hashlib.sha256).digest())).decode()


@pytest.mark.parametrize("algorithm", ["none", "HS256", "HS512"])
def test_token_with_another_signature_is_401(configure, server, verified_alice, algorithm):
    key = None if algorithm == "none" else SECRET
    forged = jwt.encode(claims(server), key, algorithm, headers={"kid": "first"})

    assert ask(forged).status_code == 401


def test_key_of_another_kind_than_the_header_says_is_401(configure, server, verified_alice):
    server.make("curve", "ES256")
    issuers.forget()

    assert ask(token(server, "curve", "ES256")).status_code == 200
    forged = jwt.encode(claims(server), server.keys["first"], "RS256", headers={"kid": "curve"})
    assert ask(forged).status_code == 401


def test_shared_secret_signs_in(configure, server, verified_alice):
    configure(secret=SECRET, jwks_url="")

    assert ask(jwt.encode(claims(server), SECRET, "HS256")).status_code == 200
    assert ask(jwt.encode(claims(server), SECRET + "x", "HS256")).status_code == 401
    assert ask(token(server)).status_code == 401
    assert server.asked == 0


def test_new_key_is_fetched_when_it_is_first_seen(configure, server, verified_alice):
    with time_machine.travel(time.time(), tick=True):
        assert ask(token(server)).status_code == 200
    server.keys.clear()
    server.make("second")
    key_set = issuers.issuer_of(token(server, "second")).key_set
    key_set.asked_at -= 61

    assert ask(token(server, "second")).status_code == 200
    assert server.asked == 2


def test_invented_keys_reach_the_issuer_once_a_minute(configure, server, verified_alice):
    ask(token(server))
    for n in range(5):
        forged = jwt.encode(
            claims(server), server.keys["first"], "RS256", headers={"kid": f"invented{n}"}
        )
        assert ask(forged).status_code == 401

    assert server.asked == 1


@pytest.mark.parametrize("failure", ["status", "no json", "no keys", "gone", "huge"])
def test_known_keys_stay_good_while_the_issuer_fails(configure, server, verified_alice, failure):
    ask(token(server))
    key_set = issuers.issuer_of(token(server)).key_set
    server.status = 500 if failure == "status" else 200
    server.body = {"no json": b"<html>", "no keys": b"{}", "huge": b" " * 300_000}.get(failure)
    if failure == "gone":
        server.server.shutdown()
        server.server.server_close()
    key_set.asked_at -= issuers.KEY_SET_LIFETIME + 1
    key_set.fetched_at -= issuers.KEY_SET_LIFETIME + 1

    assert ask(token(server)).status_code == 200


def test_withdrawn_key_is_no_longer_good_after_an_hour(configure, server, verified_alice):
    old = token(server)
    ask(old)
    server.keys.clear()
    server.make("second")
    key_set = issuers.issuer_of(old).key_set
    key_set.asked_at -= issuers.KEY_SET_LIFETIME + 1
    key_set.fetched_at -= issuers.KEY_SET_LIFETIME + 1

    assert ask(old).status_code == 401


def test_unknown_user_is_made_only_where_settings_say_so(configure, server, db):
    assert ask(token(server, email="new@example.org")).status_code == 401
    assert not User.objects.exists()
    configure(EXTERNAL_USERS_CREATE=True)
    answer = ask(token(server, email="New@example.org"))

    assert answer.status_code == 200
    user = User.objects.get()
    assert (user.email, user.email_verified, user.has_usable_password()) == (
        "new@example.org",
        True,
        False,
    )


@pytest.mark.parametrize("verified", [None, False, "true", 1])
@pytest.mark.parametrize("create", [True, False])
def test_address_that_the_issuer_has_not_verified_opens_and_makes_nothing(
    configure, server, verified_alice, verified, create
):
    configure(EXTERNAL_USERS_CREATE=create)

    for email in (verified_alice.email, "new@example.org"):
        assert ask(token(server, email=email, email_verified=verified)).status_code == 401
    assert not ExternalIdentity.objects.exists()
    assert User.objects.count() == 1


def test_what_people_write_of_themselves_verifies_nothing(configure, server, verified_alice):
    said = {"email_verified": True}
    text = token(server, email_verified=None, user_metadata=said, app_metadata=said)

    assert ask(text).status_code == 401


def test_operator_may_vouch_for_the_addresses_of_an_issuer(configure, server, verified_alice):
    configure(EXTERNAL_EMAILS_VERIFIED=True)

    assert ask(token(server, email_verified=None)).status_code == 200


def test_account_whose_address_is_not_verified_here_is_not_linked(configure, server, alice):
    configure(EXTERNAL_USERS_CREATE=True)

    assert ask(token(server)).status_code == 401
    assert not ExternalIdentity.objects.exists()


def test_suspended_person_stays_out(configure, server, verified_alice):
    ask(token(server))
    User.objects.update(is_active=False)

    assert ask(token(server)).status_code == 401


def test_account_that_waits_to_be_erased_is_closed_to_outside_tokens(
    configure, server, verified_alice
):
    ask(token(server))
    Erasure.objects.create(user=verified_alice, due_at="2100-01-01T00:00:00Z")

    assert ask(token(server)).status_code == 401


def test_second_factor_holds_and_counts_there_only_where_settings_say_so(
    configure, server, verified_alice
):
    set_up_second_factor(verified_alice)

    assert ask(token(server, aal="aal2")).status_code == 403
    configure(EXTERNAL_SECOND_FACTOR=True)
    assert ask(token(server)).status_code == 403
    assert ask(token(server, aal="aal1")).status_code == 403
    assert ask(token(server, aal="aal2")).status_code == 200


def test_expiry_is_checked_to_half_a_minute(configure, server, verified_alice):
    text = token(server)
    with time_machine.travel(timedelta(seconds=600 + 29), tick=False):
        assert ask(text).status_code == 200
    with time_machine.travel(timedelta(seconds=600 + 31), tick=False):
        assert ask(text).status_code == 401
