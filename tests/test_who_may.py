"""Every address stands in the authorisation table, and answers each asker as the table says."""

import copy
import re
from dataclasses import asdict
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.conf import settings
from django.db import transaction
from django.test import Client

from contract.paths import is_api_path
from speech_sessions.tests.test_watching import Socket
from tests.access_rules import ALWAYS, ANSWERED, ENDING, OPEN, STAFF
from tests.addresses import routes
from tests.askers import Story, tell_story
from tests.authorisation import (
    ABOUT_ANOTHER,
    NO_ADDRESS,
    STAFF_PREFIX,
    WHO_MAY,
    WHO_MAY_LISTEN,
)
from verbalcoach.routing import urlpatterns as websockets

# The ways in and out, and the words of the admin's scripts.
ADMIN_DOORS = {"admin/login/", "admin/logout/", "admin/jsi18n/"}
ADMIN = [route for route in routes() if route.startswith(STAFF_PREFIX)]
METHODS = ("get", "post", "put", "patch", "delete")
PAGE_METHODS = ("get", "post")
# Well-formed for the calls that look at their body before they look whose the object is.
BODY = '{"duration_so_far": 1, "completed": true, "token": "made up"}'


@pytest.fixture
def story(alice, bob, charlie) -> Story:
    return tell_story(alice, bob, charlie)


def part_of(route: str) -> str:
    """The routes that one test walks together."""
    # Practice has so many that one test of them all would take minutes.
    depth = 4 if route.startswith("api/v1/practice/") else 3 if route.startswith("api/") else 2
    return "/".join(route.split("/")[:depth])


def ask(client: Client, method: str, path: str) -> str:
    """What becomes of one question, in the words of the table; nothing of it stays."""
    body: dict[str, Any] = {}
    if method != "get" and is_api_path(path):
        body = {"data": BODY, "content_type": "application/json"}
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(path, **body)
        outcome = outcome_of(answer)
        if answer.streaming:
            answer.close()
        transaction.set_rollback(True)
    client.cookies = cookies
    return outcome


def outcome_of(answer: Any) -> str:
    led_to = answer.get("Location", "") if answer.status_code == 302 else ""
    for address, outcome in (
        ("/accounts/login/", "sign_in"),
        ("/admin/login/", "sign_in"),
        ("/accounts/verify/", "factor"),
        ("/accounts/second-factor/?", "factor"),
        ("/accounts/confirm/", "confirm"),
    ):
        if led_to.startswith(address):
            return outcome
    if answer.status_code == 403:
        return {
            "second_factor_required": "factor",
            "confirmation_required": "confirm",
        }.get(code_of(answer), "refused")
    by_status = {401: "sign_in", 404: "not_there", 405: ""}
    assert answer.status_code < 500, answer.status_code
    return by_status.get(answer.status_code, "answers")


def code_of(answer: Any) -> str:
    is_json = answer.headers.get("Content-Type", "").startswith("application/json")
    return answer.json()["errors"][0]["code"] if is_json else ""


def outcomes(client: Client, path: str) -> set[str]:
    """What becomes of the question by each method that the address takes."""
    methods = METHODS if is_api_path(path) else PAGE_METHODS
    return {outcome for method in methods if (outcome := ask(client, method, path))}


def test_every_address_stands_in_the_authorisation_table():
    found = {route for route in routes() if not route.startswith(STAFF_PREFIX)}
    assert found == set(WHO_MAY)


def test_every_websocket_stands_in_the_authorisation_table():
    assert {str(pattern.pattern) for pattern in websockets} == set(WHO_MAY_LISTEN)


@pytest.mark.usefixtures("connection_stays_open")
@pytest.mark.parametrize("part", sorted({part_of(route) for route in WHO_MAY}))
def test_address_answers_each_asker_as_the_table_says(part, story):
    routes_of_part = [route for route in WHO_MAY if part_of(route) == part]
    wrong = {route: found for route in routes_of_part if (found := wrong_at(route, story))}
    assert wrong == {}, "\n".join(f"{route}: {found}" for route, found in wrong.items())


def wrong_at(route: str, story: Story) -> dict[str, tuple[set[str], str]]:
    """Who is answered otherwise than the table says: how, and how it should be."""
    path, rule = story.path_of(route), WHO_MAY[route]
    found = {who: outcomes(asker.browser, path) for who, asker in story.askers.items()}
    if is_api_path(path) and rule not in {OPEN, ALWAYS}:
        for who in ("half", "stranger", "owner", "staff"):
            found[f"{who}, by phone"] = outcomes(story.askers[who].phone, path)
    expected = asdict(ANSWERED[rule])
    right = {who: expected[who.split(",")[0]] for who in found}
    if rule == ENDING:
        right["half, by phone"] = "answers"
    return {who: (found[who], right[who]) for who in found if not fits(found[who], right[who])}


def fits(outcome: set[str], right: str) -> bool:
    """Whether the methods of an address answer together as one word of the table says."""
    if right == "answers":
        return right in outcome  # single methods may want more: a right, or a confirmation
    beside = {"not_there"} if right == "confirm" else set()
    return right in outcome and not outcome - {right} - beside


@pytest.mark.usefixtures("connection_stays_open")
def test_staff_ask_about_a_person_and_nobody_else_does(story):
    for route in ABOUT_ANOTHER:
        path = story.path_of(route)
        path += f"{'&' if '?' in path else '?'}user={story.alice.pk}"
        assert ask(story.askers["staff"].phone, "get", path) == "answers", route
        assert ask(story.askers["stranger"].phone, "get", path) == "refused", route


@pytest.mark.usefixtures("connection_stays_open")
def test_admin_answers_staff_only(story):
    for route in set(ADMIN) - ADMIN_DOORS:
        path = re.sub(r"<[^>]*>|\(\?P.*", "1", route)
        for who, expected in asdict(ANSWERED[STAFF]).items():
            found = ask(story.askers[who].browser, "get", f"/{path}")
            allowed = {expected, ""}
            if who in {"stranger", "owner", "coach"}:
                allowed |= {"sign_in"}  # the admin's own way to say no
            if who == "staff":
                allowed |= {"refused", "not_there"}  # without the permission; no such object
            assert found in allowed, (path, who, found)


@pytest.mark.parametrize("kind", ["recording", "picture"])
def test_files_have_no_address_of_their_own(kind, story):
    name = story.session.audio_file.name if kind == "recording" else story.alice.picture.name
    assert f"/{NO_ADDRESS}" == settings.MEDIA_URL
    for who, asker in story.askers.items():
        found = ask(asker.browser, "get", f"/{NO_ADDRESS}{name}")
        assert found == ("factor" if who == "half" else "not_there"), who


@pytest.mark.parametrize("route", WHO_MAY_LISTEN)
@pytest.mark.usefixtures("valkey")
@pytest.mark.django_db(transaction=True)
async def test_websocket_answers_each_asker_as_the_table_says(
    route, application, story_for_sockets
):
    story = story_for_sockets
    for who, code in WHO_MAY_LISTEN[route].items():
        socket = Socket(
            application, story.path_of(route), story.askers[who].browser, "http://localhost"
        )
        assert await socket.connect()
        if code is None:
            assert (await socket.message())["type"] == "snapshot"
            await socket.hang_up()
        else:
            assert await socket.close_code() == code, who
    await database_sync_to_async(story.session.audio_file.delete)(save=False)


@pytest.fixture
def story_for_sockets(transactional_db, alice, bob, charlie) -> Story:
    return tell_story(alice, bob, charlie)
