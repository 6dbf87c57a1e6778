"""`users/profiles/` and `users/{id}/picture/`."""

import io

import pytest
from PIL import Image

from accounts.models import LearningProfile
from accounts.tests.test_pictures import image_file, picture
from conftest import api_client_of

PROFILES = "/api/v1/users/profiles/"
SPANISH = {"target_language": "Spanish", "native_language": "English"}


@pytest.fixture
def spanish(alice) -> LearningProfile:
    return LearningProfile.objects.create(
        user=alice, target_language="Spanish", target_language_code="es"
    )


def test_learning_profile_is_made_with_its_code_beside_the_name_as_sent(alices_phone, alice):
    answer = alices_phone.post(PROFILES, {**SPANISH, "goals": "Order lunch"}, format="json")
    assert answer.status_code == 201
    made = answer.json()
    assert made["target_language"] == "Spanish"
    assert made["target_language_code"] == "es"
    assert (made["cefr_level"], made["weekly_minutes"]) == ("A1", 60)
    assert (made["goals"], made["user"]) == ("Order lunch", alice.pk)
    assert answer["Location"].endswith(f"{PROFILES}{made['id']}/")
    assert alices_phone.get(PROFILES).json()["count"] == 1


@pytest.mark.parametrize("name", ["Spanish", "español", "es"])
def test_second_profile_for_a_language_is_a_conflict(alices_phone, spanish, name):
    answer = alices_phone.post(PROFILES, {"target_language": name}, format="json")
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "language_taken"


def test_two_people_may_learn_one_language(charlies_phone, spanish):
    assert charlies_phone.post(PROFILES, SPANISH, format="json").status_code == 201


def test_retry_with_its_key_makes_one_profile(alices_phone):
    key = {"HTTP_IDEMPOTENCY_KEY": "first"}
    answers = [alices_phone.post(PROFILES, SPANISH, format="json", **key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert LearningProfile.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "attr"),
    [
        ({"target_language": ""}, "target_language"),
        ({"target_language": "x" * 36}, "target_language"),
        ({"cefr_level": "D1"}, "cefr_level"),
        ({"weekly_minutes": -1}, "weekly_minutes"),
        ({"weekly_minutes": 10_081}, "weekly_minutes"),
        ({"goals": "x" * 1001}, "goals"),
    ],
)
def test_profile_out_of_range_is_refused_by_name(alices_phone, wrong, attr):
    answer = alices_phone.post(PROFILES, {**SPANISH, **wrong}, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == attr


def test_profile_is_changed_in_part_and_deleted(alices_phone, spanish):
    address = f"{PROFILES}{spanish.pk}/"
    changed = alices_phone.patch(address, {"cefr_level": "B2"}, format="json").json()
    assert (changed["cefr_level"], changed["target_language"]) == ("B2", "Spanish")
    assert alices_phone.put(address, SPANISH, format="json").status_code == 405
    assert alices_phone.delete(address).status_code == 204
    assert alices_phone.get(address).status_code == 404


def test_profile_cannot_become_one_that_is_there(alices_phone, alice, spanish):
    french = LearningProfile.objects.create(
        user=alice, target_language="French", target_language_code="fr"
    )
    answer = alices_phone.patch(f"{PROFILES}{french.pk}/", {"target_language": "es"}, format="json")
    assert answer.status_code == 409
    french.refresh_from_db()
    assert french.target_language == "French"


def test_profile_of_another_person_is_not_there(charlies_phone, spanish):
    address = f"{PROFILES}{spanish.pk}/"
    for method in ("get", "patch", "delete"):
        assert getattr(charlies_phone, method)(address).status_code == 404
    assert charlies_phone.get(PROFILES).json()["count"] == 0


def send(client, user, data: bytes):
    return client.put(
        f"/api/v1/users/{user.pk}/picture/", {"picture": picture(data)}, format="multipart"
    )


def test_picture_is_sent_fetched_and_taken_away(alices_phone, alice):
    answer = send(alices_phone, alice, image_file("JPEG"))
    assert answer.status_code == 200
    address = answer.json()["profile_picture"]
    assert address.startswith("http://testserver/api/v1/users/")
    served = alices_phone.get(address)
    assert served["Content-Type"] == "image/webp"
    assert served["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in served["Content-Security-Policy"]
    assert Image.open(io.BytesIO(served.content)).size == (512, 512)
    assert alices_phone.delete(f"/api/v1/users/{alice.pk}/picture/").status_code == 204
    assert alices_phone.get(address).status_code == 404


def test_file_that_is_no_picture_is_refused(alices_phone, alice):
    answer = send(alices_phone, alice, b"<svg onload=alert(1)>")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "not_a_picture"


def test_picture_that_is_too_large_is_refused(alices_phone, alice, settings):
    settings.MAX_PICTURE_BYTES = 50
    answer = send(alices_phone, alice, image_file())
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["code"] == "too_large"


def test_picture_is_there_for_its_owner_and_for_staff_who_may_see_users(
    alices_phone, charlies_phone, alice, charlie, bob
):
    address = send(alices_phone, alice, image_file()).json()["profile_picture"]
    assert charlies_phone.get(address).status_code == 404
    assert send(charlies_phone, alice, image_file()).status_code == 404
    assert charlies_phone.delete(address).status_code == 404
    bob.is_staff = True
    bob.save()
    bobs_phone = api_client_of(bob, second_factor=True)
    assert bobs_phone.get(address).status_code == 404
    bob.is_superuser = True
    bob.save()
    assert bobs_phone.get(address).status_code == 200
    assert bobs_phone.delete(address).status_code == 404
