"""The demo account: open on this machine only, with real recordings or an honest sentence."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from speech_sessions.models import AnalysisRun, SpeechSession
from verbalcoach import demo, samples

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.DEBUG = True
    return tmp_path


@pytest.fixture
def unreachable(monkeypatch):
    def refuse(folder):
        raise samples.NoRecordings("There is no network.")

    monkeypatch.setattr(samples, "recordings", refuse)


@pytest.fixture
def fetched(folder):
    """What was fetched for an earlier test, so that no test fetches it again."""
    try:
        samples.recordings(ROOT / "var" / "samples")
    except samples.NoRecordings as error:
        pytest.skip(str(error))
    (folder / "samples").symlink_to(ROOT / "var" / "samples")


def signed_in(account: demo.Account) -> bool:
    fields = {"username": account.email, "password": account.password}
    return Client().post(reverse("accounts:login"), fields).status_code == 302


def test_account_keeps_its_password_and_signs_in(folder):
    first = demo.open_account()
    assert demo.open_account().password == first.password
    assert signed_in(first)
    assert (folder / "demo.json").stat().st_mode & 0o077 == 0


def test_account_gets_a_new_password_when_the_known_one_is_lost(folder):
    demo.open_account()
    (folder / "demo.json").unlink()
    assert signed_in(demo.open_account())


def test_account_is_closed_when_others_may_reach_the_server(folder):
    account = demo.open_account()
    demo.close_account()
    assert not signed_in(account)
    assert json.loads((folder / "demo.json").read_text())["password"] == ""
    assert signed_in(demo.open_account())


def test_home_page_names_the_account_only_while_it_is_open(client):
    assert demo.EMAIL not in client.get("/").text
    demo.open_account()
    assert demo.EMAIL in client.get("/").text
    demo.close_account()
    assert demo.EMAIL not in client.get("/").text


def test_closing_makes_no_account_where_there_was_none(folder):
    demo.close_account()
    assert not User.objects.exists()
    assert not (folder / "demo.json").exists()


def test_command_refuses_with_debug_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG off"):
        call_command("demo")
    assert not User.objects.exists()


def test_recordings_are_submitted_once(fetched):
    account = demo.open_account()
    titles = demo.add_recordings(account)
    assert titles
    assert set(SpeechSession.objects.values_list("title", flat=True)) == set(titles)
    assert AnalysisRun.objects.filter(state="queued").count() == len(titles)
    assert demo.add_recordings(demo.open_account()) == []

    SpeechSession.objects.all().delete()
    assert demo.add_recordings(demo.open_account()) == []
    assert demo.add_recordings(demo.open_account(), again=True) == titles


def test_page_says_so_when_no_recording_can_be_had(unreachable):
    account = demo.open_account()
    with pytest.raises(samples.NoRecordings):
        demo.add_recordings(account)

    browser = Client()
    browser.force_login(User.objects.get(email=demo.EMAIL))
    page = browser.get(reverse("today")).content.decode()

    assert "could not be fetched" in page
    assert reverse("speech_sessions:create") in page


def test_page_of_anybody_else_says_nothing_of_the_demo(unreachable, alices_browser):
    with pytest.raises(samples.NoRecordings):
        demo.add_recordings(demo.open_account())
    assert "could not be fetched" not in alices_browser.get(reverse("today")).content.decode()
