"""Every address stands in the authorisation table, and answers as the table says."""

import pytest
from django.test import Client

from practice import services as practice
from speech_sessions.models import SpeechSession
from tests.addresses import routes
from tests.authorisation import (
    ITSELF,
    NOT_SET_UP,
    OPEN,
    OWNER,
    REFUSED,
    SIGNED_IN,
    STAFF_PREFIX,
    WHO_MAY,
    WHO_MAY_LISTEN,
)
from verbalcoach.routing import urlpatterns as websockets

FOUND = {
    route: pattern for route, pattern in routes().items() if not route.startswith(STAFF_PREFIX)
}
METHODS = ("get", "post", "put", "patch", "delete")


def path_of(route: str, pk: int) -> str:
    for parameter in ("<int:pk>", "<pk>"):
        route = route.replace(parameter, str(pk))
    # A well-formed question: what is refused is the asker.
    query = "?start=0&end=5" if route.endswith("clip/") else ""
    route = route.replace("<uidb64>", "MQ").replace("<token>", "set-password")
    return "/" + route.replace("<number>", "1") + query


def routes_for(who: str) -> list[str]:
    return [route for route, whoever in WHO_MAY.items() if whoever == who]


@pytest.fixture
def alices_session(alice) -> SpeechSession:
    return SpeechSession.objects.create(user=alice, title="Alice's talk", duration=60)


def test_every_address_stands_in_the_authorisation_table():
    assert set(FOUND) == set(WHO_MAY)


def test_every_websocket_stands_in_the_authorisation_table():
    assert {str(pattern.pattern) for pattern in websockets} == set(WHO_MAY_LISTEN)


@pytest.mark.parametrize("route", routes_for(OPEN))
@pytest.mark.django_db
def test_open_page_answers_a_visitor(route):
    assert Client().get(path_of(route, 1)).status_code in {200, 302, 405}


@pytest.mark.parametrize(
    "route", [*routes_for(SIGNED_IN), *routes_for(OWNER), *routes_for(REFUSED), *routes_for(ITSELF)]
)
def test_page_is_closed_to_a_visitor(route, alices_session):
    for method in METHODS:
        answer = getattr(Client(), method)(path_of(route, alices_session.pk))
        led_to_sign_in = answer.status_code == 302 and "/accounts/login/" in answer.url
        assert led_to_sign_in or answer.status_code in {401, 405}, (method, answer.status_code)


@pytest.mark.parametrize("route", routes_for(OWNER))
def test_object_of_another_person_is_not_there(route, alices_session, charlies_browser):
    for method in METHODS:
        answer = getattr(charlies_browser, method)(path_of(route, alices_session.pk))
        assert answer.status_code in {404, 405}, (method, answer.status_code)
    statuses = {
        getattr(charlies_browser, method)(path_of(route, alices_session.pk)).status_code
        for method in ("get", "post")
    }
    assert 404 in statuses


@pytest.mark.parametrize("route", [route for route in routes_for(OWNER) if "<pk>" in route])
def test_object_of_another_person_is_not_there_for_a_phone(route, alices_session, charlies_phone):
    answers = [
        getattr(charlies_phone, method)(path_of(route, alices_session.pk)) for method in METHODS
    ]
    assert {answer.status_code for answer in answers} <= {404, 405}
    assert 404 in {answer.status_code for answer in answers}
    assert SpeechSession.objects.filter(pk=alices_session.pk).exists()


@pytest.mark.parametrize("route", routes_for(REFUSED))
def test_practice_of_another_person_is_refused(route, alice, charlies_phone):
    session = practice.start(alice)
    path = path_of(route, session.pk)
    bodies = {"duration_so_far": 1, "completed": True}
    answers = [getattr(charlies_phone, method)(path, bodies) for method in METHODS]
    assert {answer.status_code for answer in answers} <= {403, 405}
    assert 403 in {answer.status_code for answer in answers}


@pytest.mark.parametrize("route", routes_for(NOT_SET_UP))
@pytest.mark.django_db
def test_site_that_is_not_set_up_is_not_there(route):
    statuses = {
        getattr(Client(), method)(path_of(route, 1).replace("<backend>", "github")).status_code
        for method in METHODS
    }
    assert statuses <= {404, 405}


@pytest.mark.parametrize("route", routes_for(ITSELF))
def test_another_person_is_not_there(route, alice, charlies_browser, charlies_phone):
    for client in (charlies_browser, charlies_phone):
        answers = [getattr(client, method)(path_of(route, alice.pk)) for method in METHODS]
        assert {answer.status_code for answer in answers} <= {404, 405}
        assert 404 in {answer.status_code for answer in answers}
    alice.refresh_from_db()


@pytest.mark.parametrize("route", [route for route in routes() if route.startswith(STAFF_PREFIX)])
def test_admin_is_closed_to_people_who_are_not_staff(route, alices_browser):
    if "<" in route or route.endswith("(?P<url>.*)"):
        return
    answer = alices_browser.get(f"/{route}")
    assert answer.status_code in {302, 403, 404, 405}, route
