"""The pages about one's own data: how long recordings are kept, the copy, the erasure."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import DataExport, DeviceToken, Erasure, SecurityEvent
from accounts.services import exports
from accounts.services.erasure import ask_erasure
from accounts.tests.conftest import sign_in
from conftest import PASSWORD
from speech_sessions.models import SpeechSession
from verbalcoach.exports import make_export

DATA = reverse("accounts:data")
COPY = reverse("accounts:export")
ERASE = reverse("accounts:erase")
PENDING = reverse("accounts:erasure")


@pytest.fixture(autouse=True)
def work_dir(settings, tmp_path):
    settings.WORK_DIR = tmp_path / "work"


def confirmed(browser: Client) -> Client:
    """The browser, as after the page that asks for the password once more."""
    answer = browser.post(reverse("accounts:confirm"), {"password": PASSWORD})
    assert answer.status_code == 302
    return browser


def test_choice_how_long_recordings_are_kept_is_kept(alices_browser, alice):
    answer = alices_browser.post(DATA, {"keep_audio": "days", "keep_audio_days": "14"})
    assert answer.status_code == 302
    alice.refresh_from_db()
    assert (alice.keep_audio, alice.keep_audio_days) == ("days", 14)


@pytest.mark.parametrize("days", ["", "0", "-3", "4000", "many"])
def test_days_that_are_none_are_refused(alices_browser, alice, days):
    answer = alices_browser.post(DATA, {"keep_audio": "days", "keep_audio_days": days})
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    alice.refresh_from_db()
    assert alice.keep_audio == "forever"


def test_copy_is_ordered_after_a_confirmation_only(alices_browser, alice):
    answer = alices_browser.post(COPY)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("accounts:confirm"))
    assert not DataExport.objects.exists()
    assert confirmed(alices_browser).post(COPY).url == DATA
    assert DataExport.objects.get().user == alice


def test_page_follows_the_copy_until_it_can_be_downloaded(alices_browser, alice):
    assert "Make a copy" in alices_browser.get(DATA).content.decode()
    export = exports.request_export(alice)
    page = alices_browser.get(DATA).content.decode()
    assert f'hx-get="{COPY}"' in page
    assert make_export(export.pk)
    part = alices_browser.get(COPY, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "hx-get" not in part
    link = part.split('href="')[1].split('"')[0]
    answer = alices_browser.get(link)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"PK")
    assert SecurityEvent.objects.filter(user=alice, kind="export_fetched").count() == 1
    part = alices_browser.get(link, headers={"Range": "bytes=4-7"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, content[4:8])
    assert SecurityEvent.objects.filter(user=alice, kind="export_fetched").count() == 1


def test_failed_copy_says_so_and_offers_another(alices_browser, alice):
    DataExport.objects.create(user=alice, state="failed", error="internal")
    page = alices_browser.get(DATA).content.decode()
    assert "did not succeed" in page
    assert "Make a new copy" in page


def test_second_copy_is_not_begun_while_one_is_made(alices_browser, alice):
    exports.request_export(alice)
    answer = confirmed(alices_browser).post(COPY, follow=True)
    assert "being made already" in answer.content.decode()
    assert DataExport.objects.count() == 1


def test_link_of_another_person_or_of_yesterday_opens_nothing(
    alices_browser, charlies_browser, alice, settings
):
    export = exports.request_export(alice)
    make_export(export.pk)
    export.refresh_from_db()
    address = reverse("accounts:export_download", args=(exports.link_of(export),))
    assert charlies_browser.get(address).url == DATA
    assert "/accounts/login/" in Client().get(address).url
    settings.EXPORT_LINK_SECONDS = -1
    assert alices_browser.get(address).url == DATA


def test_erasure_asks_for_the_password(alices_browser, alice):
    answer = alices_browser.post(ERASE, {"password": "wrong"})
    assert "not your password" in answer.content.decode()
    assert not Erasure.objects.exists()


def test_erasure_asks_for_a_code_where_there_is_a_second_factor(alice, alices_authenticator):
    browser = Client()
    sign_in(browser, alice.email)
    code = alices_authenticator.backup_codes[0]
    assert browser.post(reverse("accounts:verify"), {"otp_token": code}).status_code == 302
    answer = browser.post(ERASE, {"password": PASSWORD})
    assert answer.status_code == 200
    wrong = {"password": PASSWORD, "otp_token": alices_authenticator.wrong_code()}
    assert browser.post(ERASE, wrong).status_code == 200
    assert not Erasure.objects.exists()
    again = {"password": PASSWORD, "otp_token": alices_authenticator.backup_codes[1]}
    assert "will be erased" in browser.post(ERASE, again).content.decode()
    assert Erasure.objects.get().user == alice


def test_order_to_erase_signs_out_everywhere(alices_browser, alices_phone, alice, settings):
    elsewhere = Client()
    sign_in(elsewhere, alice.email)
    answer = alices_browser.post(ERASE, {"password": PASSWORD})
    assert "Sign in to keep it" in answer.content.decode()
    order = Erasure.objects.get(user=alice)
    grace = timedelta(days=settings.ERASURE_GRACE_DAYS)
    assert abs(order.due_at - timezone.now() - grace) < timedelta(minutes=1)
    for browser in (alices_browser, elsewhere):
        assert "/accounts/login/" in browser.get(DATA).url
    assert alices_phone.get("/api/v1/speech-sessions/").status_code == 401
    assert not DeviceToken.objects.filter(user=alice, ended_at=None).exists()
    assert SecurityEvent.objects.filter(user=alice, kind="erasure_asked").exists()


def test_sign_in_before_the_day_leads_to_the_page_that_keeps_the_account(alice, browser):
    SpeechSession.objects.create(user=alice, title="Weekly update")
    Erasure.objects.create(user=alice, due_at=timezone.now() + timedelta(days=3))
    sign_in(browser, alice.email)
    for path in ("/today/", "/speech-sessions/", DATA, ERASE, reverse("accounts:profile")):
        assert browser.get(path).url == PENDING
    refused = browser.get("/api/v1/speech-sessions/")
    assert refused.status_code == 403
    assert refused.json()["errors"][0]["code"] == "erasure_pending"
    assert browser.get("/privacy/").status_code == 200
    assert "Keep my account" in browser.get(PENDING).content.decode()
    assert browser.post(PENDING).url == DATA
    assert browser.get("/speech-sessions/").status_code == 200
    assert not Erasure.objects.exists()
    assert SecurityEvent.objects.filter(user=alice, kind="erasure_cancelled").exists()


def test_order_whose_day_has_come_cannot_be_taken_back(alice, browser):
    Erasure.objects.create(user=alice, due_at=timezone.now())
    sign_in(browser, alice.email)
    assert "too late" in browser.post(PENDING).content.decode()
    assert Erasure.objects.exists()


def test_page_of_an_erasure_leads_on_where_there_is_none(alices_browser):
    assert alices_browser.get(PENDING).url == DATA


def test_second_order_leaves_the_first_day(alice):
    first = ask_erasure(alice)
    assert ask_erasure(alice).due_at == first.due_at
