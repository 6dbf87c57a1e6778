"""Secrets for talks that a device has by itself, from a local server with OpenAI's wire format."""

import json

import pytest

from conversations import services
from conversations.tests.conftest import started
from engines.realtime import RealtimeOptions
from engines.tests.language_model_server import raw, running, status

URL = "/api/v1/conversations/realtime-token/"
TALK = {"target_language": "Spanish", "level": "A2", "scenario": "ordering-food"}
KEY = "sk-account"
SECRET = raw(b'{"value": "ek_68af", "expires_at": 1795276860, "session": {"type": "realtime"}}')


@pytest.fixture
def realtime(settings):
    with running() as server:
        server.key = KEY
        settings.REALTIME = RealtimeOptions(
            model="gpt-realtime", api_key=KEY, base_url=f"{server.address}/v1", retries=0
        )
        yield server


@pytest.fixture
def phone(alices_phone):
    alices_phone.raise_request_exception = False
    return alices_phone


def test_a_device_gets_a_secret_and_never_the_account_s_key(phone, realtime):
    realtime.faults = [SECRET]

    answer = phone.post(URL, TALK)

    assert answer.status_code == 201
    assert answer.json() == {
        "value": "ek_68af",
        "expires_at": "2026-11-21T16:01:00Z",
        "model": "gpt-realtime",
        "calls_url": f"{realtime.address}/v1/realtime/calls",
    }
    assert KEY not in answer.text


def test_the_model_is_told_language_level_and_situation_and_not_who_it_is(phone, alice, realtime):
    realtime.faults = [SECRET]
    phone.post(URL, TALK)

    _, headers, body = realtime.requests[0]
    facts = json.loads(body["session"]["instructions"].split("facts = ")[1])
    assert (facts["language"], facts["level"]) == ("Español", "A2")
    assert facts["situation"]["to_get_done"]
    assert alice.email not in json.dumps([headers, body])


@pytest.mark.parametrize(
    ("wrong", "attr"),
    [
        ({"target_language": ""}, "target_language"),
        ({"level": "Z9"}, "level"),
        ({"scenario": "no-such"}, "scenario"),
        ({"session": 7}, "session"),
    ],
)
def test_a_talk_about_nothing_known_is_refused_at_its_field(phone, realtime, wrong, attr):
    answer = phone.post(URL, TALK | wrong)

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, attr)


def test_an_installation_without_a_realtime_model_says_so(phone, settings):
    settings.REALTIME = None

    answer = phone.post(URL, TALK)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (503, "no_realtime")
    assert "set up" in answer.json()["detail"]


def test_a_model_that_does_not_answer_is_told_so(phone, realtime):
    realtime.faults = [status(500)]

    assert "Try again" in phone.post(URL, TALK).json()["detail"]


def test_without_a_language_or_a_talk_it_is_asked_which(phone, realtime):
    answer = phone.post(URL, {"level": "A2"})

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "target_language")


def test_talks_of_a_day_are_bounded_here_too(phone, realtime, settings):
    settings.TUTOR_DAILY_TURNS = 0

    answer = phone.post(URL, TALK)

    assert (answer.status_code, realtime.requests) == (429, [])
    assert int(answer["Retry-After"]) > 0


def test_talking_freely_is_offered_only_where_it_is_set_up(
    alices_browser, alice, realtime, settings
):
    talk = started(alice)
    direct = f"/conversations/live/{talk.pk}/direct/"
    told = {
        "/conversations/live/": "gpt-realtime at 127.0.0.1",
        f"/conversations/live/{talk.pk}/": "Talk freely",
        "/privacy/": "gpt-realtime at 127.0.0.1",
    }
    for page, offer in told.items():
        assert offer in alices_browser.get(page).text
    settings.REALTIME = None
    for page, offer in told.items():
        assert offer not in alices_browser.get(page).text
    assert alices_browser.get(direct)["Location"] == f"/conversations/live/{talk.pk}/"


def test_page_of_a_free_talk_alone_may_connect_to_the_service(alices_browser, alice, realtime):
    talk = started(alice)
    own = "connect-src 'self'"
    page = alices_browser.get(f"/conversations/live/{talk.pk}/direct/")
    assert f"{own} {realtime.address};" in f"{page['Content-Security-Policy']};"
    usual = alices_browser.get(f"/conversations/live/{talk.pk}/")
    assert realtime.address not in usual["Content-Security-Policy"]


@pytest.mark.parametrize(("wish", "page"), [({"realtime": "on"}, "direct/"), ({}, "")])
def test_a_talk_begins_on_the_page_that_was_chosen(alices_browser, alice, realtime, wish, page):
    wanted = {"target_language": "en", "scenario": "ordering-food"}
    answer = alices_browser.post("/conversations/live/begin/", wanted | wish)

    talk = alice.tutor_sessions.get()
    assert answer["Location"] == f"/conversations/live/{talk.pk}/{page}"


def test_a_talk_that_is_over_is_not_talked_on(alices_browser, alice, realtime):
    talk = started(alice)
    services.end(talk)
    page = alices_browser.get(f"/conversations/live/{talk.pk}/direct/")
    assert page["Location"] == f"/conversations/live/{talk.pk}/"
