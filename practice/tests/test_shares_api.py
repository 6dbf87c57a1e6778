"""Sharing and duplicating over HTTP."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from practice import services as practice
from practice.models import PracticeShare, Sequence
from practice.tests.conftest import PRACTICE, SESSIONS

SEQUENCES = f"{PRACTICE}sequences/"
STEPS = [{"title": "Breathe", "seconds": 30, "is_spoken": False}, {"title": "Say", "seconds": 60}]


@pytest.fixture
def confirmed(alice, bob) -> None:
    User.objects.update(email_verified=True)


@pytest.fixture
def address(started) -> str:
    return f"{SESSIONS}{started}/share/"


@pytest.mark.usefixtures("confirmed")
def test_same_share_again_is_the_same_share(alices_phone, address):
    first = alices_phone.post(address, {"link": True, "include": ["notes"]}, format="json")
    again = alices_phone.post(address, {"link": True}, format="json")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert first.json()["include"] == ["notes"]
    assert first.json()["has_password"] is False
    found = alices_phone.get(address).json()
    assert (found["count"], found["results"]) == (1, [first.json()])


@pytest.mark.usefixtures("confirmed")
def test_ending_shares_is_done_once_and_asked_as_often_as_one_likes(alices_phone, address):
    for body in ({"link": True}, {"with": "Bob@example.org"}):
        assert alices_phone.post(address, body, format="json").status_code == 201
    for _time in range(2):
        assert alices_phone.delete(f"{address}?with=bob@example.org").status_code == 204
    assert [each["link"] for each in alices_phone.get(address).json()["results"]] == [True]
    assert alices_phone.delete(address).status_code == 204
    assert alices_phone.get(address).json()["count"] == 0


@pytest.mark.usefixtures("confirmed")
@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({}, "with"),
        ({"link": True, "with": "bob@example.org"}, "with"),
        ({"with": "nobody@example.org"}, "with"),
        ({"with": "alice@example.org"}, "with"),
        ({"with": "no address"}, "with"),
        ({"link": True, "include": ["audio"]}, "include.0"),
        ({"link": True, "expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"link": True, "password": "p" * 129}, "password"),
    ],
)
def test_share_that_is_not_valid_is_refused_beside_its_field(body, attr, alices_phone, address):
    answer = alices_phone.post(address, body, format="json")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["attr"] == attr
    assert not PracticeShare.objects.exists()


def test_unconfirmed_address_may_not_share(alices_phone, address):
    answer = alices_phone.post(address, {"link": True}, format="json")
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "email_not_verified"


@pytest.mark.usefixtures("confirmed")
def test_left_out_terms_stay_and_an_empty_password_takes_it_off(alices_phone, address):
    until = (timezone.now() + timedelta(days=3)).isoformat()
    sent = {"link": True, "password": "heron", "expires_at": until}
    assert alices_phone.post(address, sent, format="json").json()["has_password"] is True
    kept = alices_phone.post(address, {"link": True}, format="json").json()
    assert kept["has_password"] is True
    assert kept["expires_at"] is not None
    sent = {"link": True, "password": "", "expires_at": None}
    changed = alices_phone.post(address, sent, format="json").json()
    assert (changed["has_password"], changed["expires_at"]) == (False, None)


@pytest.mark.usefixtures("confirmed")
def test_shares_of_anothers_session_are_refused_and_of_none_not_there(charlies_phone, address):
    assert charlies_phone.get(address).status_code == 403
    assert charlies_phone.post(address, {"link": True}, format="json").status_code == 403
    assert charlies_phone.delete(address).status_code == 403
    assert charlies_phone.get(f"{SESSIONS}999999/share/").status_code == 404


@pytest.mark.usefixtures("confirmed")
def test_shared_sequence_is_read_and_duplicated_by_its_link(
    alice, alices_phone, charlies_phone, sequence
):
    mine = practice.copy_sequence(alice, sequence)
    made = alices_phone.post(f"{SEQUENCES}{mine.pk}/share/", {}, format="json")
    assert made.status_code == 201
    token = made.json()["url"].rstrip("/").rsplit("/", 1)[1]
    shared = f"{PRACTICE}shared-sequences/{token}/"
    read = charlies_phone.get(shared).json()
    assert (read["title"], read["is_own"]) == (sequence.title, False)
    copied = charlies_phone.post(shared)
    assert copied.status_code == 201
    assert copied.json()["is_own"] is True
    assert alices_phone.get(f"{SEQUENCES}{mine.pk}/share/").json()["results"][0]["opened"] == 1
    alices_phone.delete(f"{SEQUENCES}{mine.pk}/share/")
    assert charlies_phone.post(shared).status_code == 404
    assert charlies_phone.get(f"{SEQUENCES}{mine.pk}/share/").status_code == 404


def test_sequence_is_made_changed_in_part_and_deleted(alices_phone):
    sent = {"title": "Stand-up", "steps": STEPS}
    made = alices_phone.post(SEQUENCES, sent, format="json")
    assert made.status_code == 201
    address = f"{SEQUENCES}{made.json()['id']}/"
    changed = alices_phone.patch(address, {"description": "Daily."}, format="json").json()
    assert (changed["title"], changed["description"]) == ("Stand-up", "Daily.")
    assert [step["title"] for step in changed["steps"]] == ["Breathe", "Say"]
    changed = alices_phone.patch(address, {"steps": STEPS[1:]}, format="json").json()
    assert [step["title"] for step in changed["steps"]] == ["Say"]
    assert alices_phone.delete(address).status_code == 204
    assert alices_phone.get(address).status_code == 404


@pytest.mark.parametrize("method", ["post", "patch"])
@pytest.mark.parametrize(
    ("steps", "attr"),
    [
        ([], "steps.non_field_errors"),
        ([{"title": "x"}], "steps.0.seconds"),
        ([{"title": "", "seconds": 5}], "steps.0.title"),
        ([{"title": "x", "seconds": 0}], "steps.0.seconds"),
        ([{"title": "x", "seconds": 14_400}, {"title": "y", "seconds": 1}], "steps"),
        ("none", "steps.non_field_errors"),
    ],
)
def test_steps_that_are_not_valid_are_422(method, steps, attr, alices_phone, alice, sequence):
    own = practice.copy_sequence(alice, sequence)
    address = SEQUENCES if method == "post" else f"{SEQUENCES}{own.pk}/"
    call = getattr(alices_phone, method)
    answer = call(address, {"title": "Stand-up", "steps": steps}, format="json")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["attr"] == attr
    assert own.steps.count() == sequence.steps.count()


def test_provided_sequence_is_duplicated_and_not_changed(alices_phone, sequence):
    address = f"{SEQUENCES}{sequence.pk}/"
    for call in (alices_phone.put, alices_phone.patch, alices_phone.delete):
        assert call(address, {"title": "Mine"}, format="json").status_code == 403
    copied = alices_phone.post(f"{address}duplicate/")
    assert copied.status_code == 201
    assert Sequence.objects.get(pk=copied.json()["id"]).steps.count() == sequence.steps.count()
