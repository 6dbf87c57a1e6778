"""auth/register, login, refresh, logout, logout-all, me: access tokens and their families."""

from datetime import timedelta

import jwt
import pytest
import time_machine
from django.conf import settings
from django.test import Client
from rest_framework.test import APIClient

from accounts import services
from accounts.models import DeviceToken, RefreshFamily, SecurityEvent, User
from accounts.tasks import forget_old_rows
from accounts.tests.conftest import set_up_second_factor
from conftest import PASSWORD

AUTH = "/api/v1/auth/"
ALICE = {"email": "alice@example.org", "password": PASSWORD}
SESSIONS = "/api/v1/speech-sessions/"
Kind = SecurityEvent.Kind


def post(call: str, data=None, client=None, **options):
    return (client or APIClient()).post(f"{AUTH}{call}/", data, **options)


def client_with(access: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    return client


def error_of(answer) -> tuple[int, str]:
    body = answer.json()
    assert set(body) == {"detail", "type", "errors"}
    return answer.status_code, body["errors"][0]["code"]


def kinds_of(user) -> list[str]:
    return list(
        SecurityEvent.objects.filter(user=user).order_by("id").values_list("kind", flat=True)
    )


@pytest.fixture
def pair(alice) -> dict:
    return post("login", ALICE).json()


def test_login_answers_a_pair_and_the_person(alice):
    answer = post("login", ALICE)

    assert answer.status_code == 200
    body = answer.json()
    assert set(body) == {"access", "refresh", "access_token", "token_type", "user"}
    assert body["access"] == body["access_token"]
    assert body["token_type"] == "bearer"
    assert set(body["user"]) == {
        "id",
        "name",
        "email",
        "role",
        "profile_picture",
        "native_language",
        "time_zone",
        "date_joined",
        "email_verified",
        "two_factor",
    }
    assert answer["Cache-Control"] == "no-store"
    assert client_with(body["access"]).get(SESSIONS).status_code == 200
    assert Kind.SIGNED_IN in kinds_of(alice)


def test_login_asks_the_database_little(alice, django_assert_max_num_queries):
    post("login", ALICE)

    # Eight and a savepoint, since this test is a transaction.
    with django_assert_max_num_queries(10):
        assert post("login", ALICE).status_code == 200


@pytest.mark.parametrize("prefix", ["/api/v1/auth/", "/auth/"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_login_stands_where_earlier_clients_ask(alice, prefix, slash):
    assert APIClient().post(f"{prefix}login{slash}", ALICE).status_code == 200


def test_login_takes_a_form_and_a_username(alice):
    fields = {"username": "Alice@Example.org", "password": PASSWORD}
    assert post("login", fields, format="multipart").status_code == 200


def test_login_with_a_wrong_password_is_401(alice):
    answer = post("login", {**ALICE, "password": "wrong"})

    assert error_of(answer) == (401, "invalid_credentials")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_login_with_a_factor_asks_for_the_code_and_takes_it(alice, alices_authenticator):
    assert error_of(post("login", ALICE)) == (401, "otp_required")
    answer = post("login", {**ALICE, "otp_token": alices_authenticator.code()})

    assert answer.json()["user"]["two_factor"] is True
    assert client_with(answer.json()["access"]).get(SESSIONS).status_code == 200


def test_access_of_the_password_alone_is_403_once_a_factor_is_there(alice, pair):
    set_up_second_factor(alice)

    assert error_of(client_with(pair["access"]).get(SESSIONS)) == (403, "second_factor_required")
    renewed = post("refresh", {"refresh": pair["refresh"]}).json()
    answer = client_with(renewed["access"]).get(SESSIONS)
    assert error_of(answer) == (403, "second_factor_required")


def test_register_makes_a_learner_who_is_signed_in(db):
    answer = post("register", {"email": "Dora@Example.org", "password": PASSWORD, "name": "Dora"})

    assert answer.status_code == 201
    user = User.objects.get(email="dora@example.org")
    assert answer.json()["user"]["role"] == user.role == "learner"
    assert not user.email_verified
    assert client_with(answer.json()["access"]).get(f"{AUTH}me/").json()["name"] == "Dora"
    assert Kind.SIGNED_UP in kinds_of(user)


def test_register_makes_a_teacher_who_asks_for_it_and_never_an_admin(db):
    fields = {"email": "dora@example.org", "password": PASSWORD}

    assert error_of(post("register", {**fields, "role": "admin"})) == (400, "invalid_choice")
    assert post("register", {**fields, "role": "teacher"}).json()["user"]["role"] == "teacher"


@pytest.mark.parametrize(
    ("fields", "attr"),
    [
        ({"email": "no address", "password": PASSWORD}, "email"),
        ({"email": "dora@example.org", "password": "password"}, "password"),
        ({"email": "dora@example.org"}, "password"),
    ],
)
def test_register_with_a_wrong_field_is_400_naming_it(db, fields, attr):
    answer = post("register", fields)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == attr
    assert not User.objects.exists()


def test_register_with_an_address_that_has_an_account_is_400(alice):
    answer = post("register", {**ALICE, "email": "ALICE@example.org"})

    assert error_of(answer) == (400, "taken")


def test_refresh_answers_the_next_pair(alice, pair):
    answer = post("refresh", {"refresh": pair["refresh"]})

    assert answer.status_code == 200
    assert answer.json()["refresh"] != pair["refresh"]
    assert client_with(answer.json()["access"]).get(SESSIONS).status_code == 200
    assert RefreshFamily.objects.get().generation == 1


def test_replayed_refresh_token_ends_its_family_and_is_recorded(alice, pair):
    renewed = post("refresh", {"refresh": pair["refresh"]}).json()

    replay = post("refresh", {"refresh": pair["refresh"]})

    assert error_of(replay) == (401, "token_not_valid")
    assert error_of(post("refresh", {"refresh": renewed["refresh"]})) == (401, "token_not_valid")
    assert client_with(renewed["access"]).get(SESSIONS).status_code == 401
    assert client_with(pair["access"]).get(SESSIONS).status_code == 401
    event = SecurityEvent.objects.get(user=alice, kind=Kind.REFRESH_REUSED)
    assert event.mail_due


def test_replay_leaves_other_sign_ins_alone(alice, pair):
    other = post("login", ALICE).json()
    for _ in range(2):
        post("refresh", {"refresh": pair["refresh"]})

    assert client_with(other["access"]).get(SESSIONS).status_code == 200
    assert post("refresh", {"refresh": other["refresh"]}).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é", "\x00", "x" * 5000])
def test_refresh_with_nonsense_is_refused(db, token):
    assert post("refresh", {"refresh": token}).status_code in {400, 401}


def test_refresh_takes_no_access_token_and_the_api_no_refresh_token(alice, pair):
    assert post("refresh", {"refresh": pair["access"]}).status_code == 401
    assert client_with(pair["refresh"]).get(SESSIONS).status_code == 401


def test_access_lasts_its_minutes_and_a_family_thirty_days(alice):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pair = post("login", ALICE).json()
        clock.shift(settings.ACCESS_TOKEN_EXPIRE_MINUTES * 60 - 1)
        assert client_with(pair["access"]).get(SESSIONS).status_code == 200
        clock.shift(1)
        assert error_of(client_with(pair["access"]).get(SESSIONS))[0] == 401
        clock.shift(timedelta(days=29))
        renewed = post("refresh", {"refresh": pair["refresh"]}).json()
        clock.shift(timedelta(days=1))
        assert post("refresh", {"refresh": renewed["refresh"]}).status_code == 401


@pytest.mark.parametrize("algorithm", ["none", "HS512"])
def test_token_signed_otherwise_is_401(alice, pair, algorithm):
    claims = jwt.decode(pair["access"], options={"verify_signature": False})
    key = None if algorithm == "none" else settings.SIMPLE_JWT["SIGNING_KEY"]

    forged = jwt.encode(claims, key, algorithm=algorithm)

    assert client_with(forged).get(SESSIONS).status_code == 401


def test_token_signed_with_the_secret_key_itself_is_401(alice, pair):
    claims = jwt.decode(pair["access"], options={"verify_signature": False})

    assert client_with(jwt.encode(claims, settings.SECRET_KEY)).get(SESSIONS).status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer a b", "Bearer é", "Bearer x", "bearer x.y.z"])
def test_nonsense_bearers_are_401(db, header):
    answer = Client().get(SESSIONS, headers={"authorization": header})

    assert error_of(answer)[0] == 401


def test_suspended_person_has_no_access_and_no_renewal(alice, pair):
    User.objects.update(is_active=False)

    assert client_with(pair["access"]).get(SESSIONS).status_code == 401
    assert post("refresh", {"refresh": pair["refresh"]}).status_code == 401


def test_changed_password_ends_access_and_renewal(alice, pair):
    services.set_password(alice, "another quiet morning")

    assert client_with(pair["access"]).get(SESSIONS).status_code == 401
    assert post("refresh", {"refresh": pair["refresh"]}).status_code == 401


def test_logout_ends_the_sign_in_of_the_call(alice, pair):
    other = post("login", ALICE).json()
    answer = post("logout", client=client_with(pair["access"]))

    assert answer.status_code == 204
    assert client_with(pair["access"]).get(SESSIONS).status_code == 401
    assert post("refresh", {"refresh": pair["refresh"]}).status_code == 401
    assert client_with(other["access"]).get(SESSIONS).status_code == 200


def test_logout_ends_the_token_of_the_call(alices_phone):
    assert post("logout", client=alices_phone).status_code == 204
    assert alices_phone.get(SESSIONS).status_code == 401


def test_logout_ends_the_session_of_the_call(alice, alices_browser):
    assert alices_browser.post(f"{AUTH}logout/").status_code == 204
    assert alices_browser.get(SESSIONS).status_code == 401


def test_logout_by_the_refresh_token_alone(alice, pair):
    assert post("logout", {"refresh": pair["refresh"]}).status_code == 204
    assert client_with(pair["access"]).get(SESSIONS).status_code == 401


def test_logout_with_nothing_is_401(db):
    assert error_of(post("logout")) == (401, "not_authenticated")


def test_logout_all_ends_everything_at_once_and_later_use_is_recorded(
    alice, pair, alices_phone, alices_browser
):
    assert post("logout-all", client=client_with(pair["access"])).status_code == 204

    for _ in range(3):
        assert client_with(pair["access"]).get(SESSIONS).status_code == 401
        assert alices_phone.get(SESSIONS).status_code == 401
        assert post("refresh", {"refresh": pair["refresh"]}).status_code == 401
    assert alices_browser.get(SESSIONS).status_code == 401
    kinds = kinds_of(alice)
    assert kinds.count(Kind.SIGNED_OUT_EVERYWHERE) == 1
    assert kinds.count(Kind.TOKEN_REFUSED) == 2, "once an hour for the token, once for the family"


def test_ended_token_is_told_again_after_an_hour(alice, alices_phone):
    DeviceToken.objects.update(ended_at="2026-11-20T10:00:00Z")
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        alices_phone.get(SESSIONS)
        clock.shift(timedelta(minutes=59))
        alices_phone.get(SESSIONS)
        assert kinds_of(alice).count(Kind.TOKEN_REFUSED) == 1
        clock.shift(timedelta(minutes=2))
        alices_phone.get(SESSIONS)
    assert kinds_of(alice).count(Kind.TOKEN_REFUSED) == 2


def test_use_from_a_new_address_is_recorded_once(alice):
    pair = post("login", ALICE, REMOTE_ADDR="203.0.113.5").json()
    client = client_with(pair["access"])
    for address in ("203.0.113.5", "198.51.100.7", "198.51.100.7", "203.0.113.5", "198.51.100.9"):
        client.get(SESSIONS, REMOTE_ADDR=address)

    events = SecurityEvent.objects.filter(user=alice, kind=Kind.TOKEN_NEW_ADDRESS)
    assert [event.address for event in events] == ["198.51.100.7"], "once a day for one sign-in"


def test_access_costs_one_query(alice, pair, django_assert_num_queries):
    client = client_with(pair["access"])
    client.get(f"{AUTH}me/")

    with django_assert_num_queries(1):
        client.get(f"{AUTH}me/")


def test_me_answers_and_changes_oneself(alice, pair):
    client = client_with(pair["access"])

    answer = client.patch(f"{AUTH}me/", {"name": "Alice A.", "time_zone": "Europe/Vienna"})

    assert answer.status_code == 200
    alice.refresh_from_db()
    assert (alice.name, alice.time_zone) == ("Alice A.", "Europe/Vienna")
    assert client.get(f"{AUTH}me/").json() == answer.json()


@pytest.mark.parametrize(
    "change",
    [{"email": "eve@example.org"}, {"role": "admin"}, {"is_staff": True}, {"email_verified": True}],
)
def test_me_changes_nothing_that_is_not_oneself_to_say(alice, pair, change):
    before = User.objects.values().get(pk=alice.pk)
    client_with(pair["access"]).patch(f"{AUTH}me/", change)

    assert User.objects.values().get(pk=alice.pk) == before


def test_me_with_an_unknown_zone_is_400(alice, pair):
    answer = client_with(pair["access"]).patch(f"{AUTH}me/", {"time_zone": "../etc/passwd"})

    assert error_of(answer) == (400, "invalid")


def test_devices_lists_tokens_and_sign_ins_and_ends_one(alice, pair, alices_phone, charlies_phone):
    client = client_with(pair["access"])
    rows = client.get(f"{AUTH}devices/").json()

    assert sorted(row["kind"] for row in rows) == ["refresh", "token"]
    assert [row["current"] for row in rows if row["kind"] == "refresh"] == [True]
    token = next(row for row in rows if row["kind"] == "token")
    assert charlies_phone.delete(f"{AUTH}devices/{token['id']}/").status_code == 404
    assert client.delete(f"{AUTH}devices/{token['id']}/").status_code == 204
    assert client.delete(f"{AUTH}devices/{token['id']}/").status_code == 404
    assert alices_phone.get(SESSIONS).status_code == 401
    own = next(row for row in rows if row["kind"] == "refresh")
    assert client.delete(f"{AUTH}devices/{own['id']}/").status_code == 204
    assert client.get(SESSIONS).status_code == 401
    assert kinds_of(alice).count(Kind.TOKEN_ENDED) == 2


def test_ended_credentials_are_forgotten_when_they_expire(alice, pair, alices_phone):
    with time_machine.travel("2028-11-21T10:00:00Z"):
        forget_old_rows()

    assert not DeviceToken.objects.exists()
    assert not RefreshFamily.objects.exists()
