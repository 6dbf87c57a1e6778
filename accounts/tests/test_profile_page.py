"""The profile page: what one says about oneself, the picture, the languages, the month."""

import pytest
from django.urls import reverse

from accounts.models import LearningProfile
from accounts.tests.test_pictures import image_file, picture
from speech_sessions.tests.reported import reported_session

PROFILE = reverse("accounts:profile")


@pytest.fixture
def spanish(alice) -> LearningProfile:
    return LearningProfile.objects.create(
        user=alice, target_language="es", target_language_code="es", goals="Order lunch"
    )


def test_profile_keeps_what_it_is_told(alices_browser, alice):
    fields = {
        "name": "Alice A.",
        "native_language": "fr",
        "time_zone": "Europe/Paris",
        "mail_when_analysed": "on",
    }
    assert alices_browser.post(PROFILE, fields).status_code == 302
    alice.refresh_from_db()
    kept = (alice.name, alice.native_language, alice.time_zone, alice.mail_when_analysed)
    assert kept == ("Alice A.", "fr", "Europe/Paris", True)


def test_language_of_the_pages_is_asked_for_only_where_there_is_a_choice(alices_browser, settings):
    assert "interface_language" not in alices_browser.get(PROFILE).content.decode()
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    assert 'name="interface_language"' in alices_browser.get(PROFILE).content.decode()


def test_pages_come_in_the_language_that_was_chosen(alices_browser, alice, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    alice.interface_language = "de"
    alice.save()
    assert '<html lang="de"' in alices_browser.get(PROFILE).content.decode()
    alice.interface_language = "xx"
    alice.save()
    assert '<html lang="en"' in alices_browser.get(PROFILE).content.decode()


def test_picture_is_shown_once_it_is_sent_and_gone_once_it_is_deleted(alices_browser, alice):
    address = reverse("accounts:picture")
    assert "<img" not in alices_browser.get(PROFILE).content.decode()
    alices_browser.post(address, {"picture": picture(image_file())})
    alice.refresh_from_db()
    shown = f"/api/v1/users/{alice.pk}/picture/"
    assert shown in alices_browser.get(PROFILE).content.decode()
    assert alices_browser.get(shown)["Content-Type"] == "image/webp"
    alices_browser.post(address, {"remove": "yes"})
    assert shown not in alices_browser.get(PROFILE).content.decode()


@pytest.mark.parametrize("sent", [{}, {"picture": picture(b"nothing of the kind")}])
def test_what_is_no_picture_is_refused_in_words(alices_browser, alice, sent):
    answer = alices_browser.post(reverse("accounts:picture"), sent, follow=True)
    assert "note-strong" in answer.content.decode()
    alice.refresh_from_db()
    assert not alice.picture


def test_language_is_added_changed_and_deleted(alices_browser, alice):
    fields = {"target_language": "es", "cefr_level": "B1", "weekly_minutes": "90", "goals": ""}
    assert alices_browser.post(reverse("accounts:language_add"), fields).status_code == 302
    profile = LearningProfile.objects.get(user=alice)
    assert (profile.target_language_code, profile.language_name) == ("es", "Español")
    assert "Español" in alices_browser.get(PROFILE).content.decode()
    page = reverse("accounts:language", args=(profile.pk,))
    assert alices_browser.post(page, {**fields, "cefr_level": "B2"}).status_code == 302
    profile.refresh_from_db()
    assert profile.cefr_level == "B2"
    asking = reverse("accounts:language_delete", args=(profile.pk,))
    assert "Delete Español?" in alices_browser.get(asking).content.decode()
    assert alices_browser.post(asking).status_code == 302
    assert not LearningProfile.objects.exists()


def test_second_profile_for_a_language_is_refused_on_the_page(alices_browser, spanish):
    fields = {"target_language": "es", "cefr_level": "B1", "weekly_minutes": "90"}
    answer = alices_browser.post(reverse("accounts:language_add"), fields)
    assert answer.status_code == 200
    assert "already" in answer.content.decode()
    assert LearningProfile.objects.count() == 1


def test_learning_profile_of_another_person_is_not_there(charlies_browser, spanish):
    for name in ("language", "language_delete"):
        address = reverse(f"accounts:{name}", args=(spanish.pk,))
        assert charlies_browser.get(address).status_code == 404
        assert charlies_browser.post(address).status_code == 404


def test_profile_says_how_the_month_went(alices_browser, alice):
    assert "Nothing recorded this month" in alices_browser.get(PROFILE).content.decode()
    reported_session(alice)
    page = alices_browser.get(PROFILE).content.decode()
    assert "Speaking time" in page
    assert "Last month" in page
