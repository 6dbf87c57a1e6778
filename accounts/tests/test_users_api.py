"""users/: accounts for staff, oneself for everybody else."""

import pytest
from django.contrib.auth.models import Permission
from rest_framework.test import APIClient

from accounts.models import DeviceToken, Erasure, User
from accounts.tests.conftest import set_up_second_factor
from conftest import PASSWORD

USERS = "/api/v1/users/"


@pytest.fixture
def staff(db) -> User:
    user = User.objects.create_user("staff@example.org", PASSWORD, is_staff=True)
    set_up_second_factor(user)
    return user


def desk(staff: User, *permissions: str) -> APIClient:
    """The client of a member of staff with these permissions on users."""
    codes = [f"{each}_user" for each in permissions]
    staff.user_permissions.set(Permission.objects.filter(codename__in=codes))
    _token, key = DeviceToken.objects.create(user=staff, second_factor=True)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    return client


def emails(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["email"] for row in answer.json()["results"]]


@pytest.mark.parametrize("prefix", [USERS, "/users/", "/accounts/users/", "/api/v1/users"])
def test_anybody_sees_a_list_of_one_themselves(alice, bob, alices_phone, prefix):
    assert emails(alices_phone.get(prefix)) == [alice.email]


def test_anybody_reads_and_changes_themselves_only(alice, bob, alices_phone):
    assert alices_phone.get(f"{USERS}{alice.pk}/").json()["name"] == "Alice Archer"
    assert alices_phone.get(f"{USERS}{bob.pk}/").status_code == 404
    answer = alices_phone.patch(f"{USERS}{alice.pk}/", {"name": "A", "role": "admin"})
    assert (answer.json()["name"], answer.json()["role"]) == ("A", "learner")
    assert alices_phone.patch(f"{USERS}{bob.pk}/", {"name": "B"}).status_code == 404


def test_anybody_else_may_not_create_or_delete(alice, bob, alices_phone):
    fields = {"email": "new@example.org", "password": PASSWORD}

    assert alices_phone.post(USERS, fields).status_code == 403
    assert alices_phone.delete(f"{USERS}{alice.pk}/").status_code == 403
    assert alices_phone.delete(f"{USERS}{bob.pk}/").status_code == 404
    assert User.objects.count() == 2


def test_staff_without_the_permission_are_like_anybody(alice, staff):
    client = desk(staff)

    assert emails(client.get(USERS)) == [staff.email]
    assert client.get(f"{USERS}{alice.pk}/").status_code == 404
    assert client.post(USERS, {"email": "new@example.org"}).status_code == 403


def test_staff_who_may_view_see_everybody_and_search(alice, bob, staff):
    client = desk(staff, "view")

    assert emails(client.get(USERS)) == [alice.email, bob.email, staff.email]
    assert emails(client.get(USERS, {"search": "BAKER"})) == [bob.email]
    assert client.patch(f"{USERS}{alice.pk}/", {"name": "X"}).status_code == 403


def test_list_costs_the_same_number_of_queries_however_long(staff, django_assert_max_num_queries):
    client = desk(staff, "view")
    client.get(USERS)
    User.objects.bulk_create(User(email=f"p{n}@example.org", password="-") for n in range(30))

    with django_assert_max_num_queries(6):
        client.get(USERS, {"page_size": 30})


def test_staff_who_may_add_make_an_account_that_sets_its_password_by_mail(staff):
    answer = desk(staff, "add", "view").post(
        USERS, {"email": "New@Example.org", "name": "New", "role": "teacher"}
    )

    assert answer.status_code == 201, answer.content
    user = User.objects.get(email="new@example.org")
    assert (user.role, user.has_usable_password()) == ("teacher", False)
    assert answer["Location"].endswith(f"{USERS}{user.pk}/")


def test_address_that_is_taken_is_400(alice, staff):
    answer = desk(staff, "add").post(USERS, {"email": alice.email})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "taken"


def test_staff_who_may_change_give_roles_but_no_rights(alice, staff):
    answer = desk(staff, "view", "change").patch(
        f"{USERS}{alice.pk}/", {"role": "admin", "is_staff": True, "is_superuser": True}
    )

    assert answer.json()["role"] == "admin"
    alice.refresh_from_db()
    assert not alice.is_staff
    assert not alice.is_superuser


def test_staff_do_not_change_or_delete_an_administrator(staff):
    boss = User.objects.create_superuser("boss@example.org", PASSWORD)
    client = desk(staff, "view", "change", "delete")

    assert client.patch(f"{USERS}{boss.pk}/", {"name": "X"}).status_code == 403
    assert client.delete(f"{USERS}{boss.pk}/").status_code == 403


def test_staff_who_may_delete_shut_the_account_at_once(alice, alices_phone, staff):
    client = desk(staff, "view", "delete")

    assert client.delete(f"{USERS}{alice.pk}/").status_code == 204
    assert alices_phone.get(USERS).status_code == 401
    assert client.get(f"{USERS}{alice.pk}/").status_code == 404
    assert emails(client.get(USERS)) == [staff.email]
    assert Erasure.objects.get().user == alice


def test_staff_do_not_delete_themselves_here(staff):
    User.objects.filter(pk=staff.pk).update(is_superuser=True)
    client = desk(staff, "view", "delete")

    assert client.delete(f"{USERS}{staff.pk}/").status_code == 409


def test_a_number_beyond_all_is_404(alices_phone):
    assert alices_phone.get(f"{USERS}{10**17}/").status_code == 404
    assert alices_phone.get(f"{USERS}{10**40}/").status_code == 404
