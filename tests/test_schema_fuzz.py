"""Whatever is sent to the API: no crash, no undocumented answer, nobody else's data.

Every call of the OpenAPI description gets the same generated requests, valid and not, in each run,
each first from nobody and then from Alice. Numbers of objects in addresses are often those of
Alice's and Bob's own, so that there is something to find.
"""

import contextlib
import itertools
from collections.abc import Callable, Iterator
from typing import NamedTuple

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, strategies
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import LearningProfile, User
from conftest import PASSWORD, api_client_of
from conversations.models import TutorSession as Talk
from conversations.services import ending
from flashcards import services as flashcards
from flashcards.models import Card
from speech_sessions import pipeline, services
from speech_sessions.models import SpeechSession

EXAMPLES = 6
MARK = "only-bob-may-read-this"


class People(NamedTuple):
    """Who is in the database while requests are sent."""

    alice: User
    bob: User
    alices_token: str


def not_a_crash(context, response, case) -> bool | None:
    """An engine that is not there is an answer, 503, which the description has to name."""
    return None if response.status_code == 503 else not_a_server_error(context, response, case)


CHECKS = [
    not_a_crash,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# What waits for a beat so that its time tells nothing: a few requests are enough.
SLOW = ("/password/", "/email/", "/login/")


def load() -> schemathesis.BaseSchema:
    """The description of the API, asked of the product's own application."""
    described = SchemaGenerator().get_schema(request=None, public=True)
    schema = schemathesis.openapi.from_dict(described)
    schema.app = get_wsgi_application()
    return schema


OPERATIONS = {
    f"{operation.method.upper()} {operation.path}": operation
    for operation in (result.ok() for result in load().get_all_operations())
}


def analysed(user: User, text: str) -> SpeechSession:
    """A session of `user` whose text is measured as a worker would."""
    session = services.create_record(user, duration=60, title=text, transcription=text)
    run = session.current_run
    while run is not None:
        run = pipeline.run_next_stage(run.pk)
    Talk.objects.create(
        user=user,
        target_language=text[:35],
        topic=text,
        level="A1",
        conversation_type="lesson",
        patience_seconds=2,
        seed=1,
    ).messages.create(position=0, side="tutor", state="answered", text=text)
    flashcards.review(flashcards.meet(user, language="es", word=text, sentence=text), 3)
    LearningProfile.objects.create(
        user=user, target_language=text[:35], target_language_code="es", goals=text
    )
    return session


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker) -> Iterator[People]:
    """Alice, who asks, and Bob, of whom she is to find nothing; each test leaves them as found."""
    with django_db_blocker.unblock(), transaction.atomic():
        alice = User.objects.create_user("alice@example.org", PASSWORD, name="Alice Archer")
        bob = User.objects.create_user("bob@example.org", PASSWORD, name=MARK)
        analysed(alice, "Well, um, good morning.")
        analysed(bob, MARK)
        yield People(alice, bob, api_client_of(alice)._credentials["HTTP_AUTHORIZATION"])
        transaction.set_rollback(True)


@pytest.fixture
def nobody_waits(settings, monkeypatch) -> None:
    """No worker runs here: what waits for one comes to the same answer at once."""
    settings.PRONUNCIATION_WAIT_SECONDS = settings.SPEECH_WAIT_SECONDS = 0
    settings.TUTOR_WAIT_SECONDS = 0
    monkeypatch.setattr(ending, "WAIT_SECONDS", 0)


def strategy_of(operation: schemathesis.APIOperation) -> strategies.SearchStrategy:
    """Requests that fit the description, and requests that do not."""
    kinds = []
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        # Where nothing is asked, there is nothing to get wrong.
        with contextlib.suppress(Exception):
            kinds.append(operation.as_strategy(generation_mode=mode))
    return strategies.one_of(kinds)


def ids() -> list[int]:
    """Numbers of objects of both people."""
    models: list[Callable] = [SpeechSession, LearningProfile, User, Talk, Card]
    return sorted({pk for model in models for pk in model.objects.values_list("pk", flat=True)})


@pytest.mark.parametrize("name", OPERATIONS)
def test_call_keeps_its_promises_to_nobody_and_to_somebody(
    name, people, connection_stays_open, nobody_waits
):
    operation = OPERATIONS[name]
    own_ids = itertools.cycle([None, *ids()])

    @hypothesis.seed(5)
    @hypothesis.settings(
        max_examples=3 if any(part in operation.path for part in SLOW) else EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=strategy_of(operation))
    def run(case: schemathesis.Case) -> None:
        own = next(own_ids)
        if own is not None and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = own
        for headers in ({}, {"Authorization": people.alices_token}):
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=CHECKS)
            assert MARK.encode() not in answer.content, "somebody else's data"
            assert b"bob@example.org" not in answer.content, "somebody else's address"

    run()

    bob = User.objects.get(pk=people.bob.pk)
    assert (bob.name, bob.check_password(PASSWORD)) == (MARK, True)
    assert SpeechSession.objects.filter(user=bob, title=MARK).exists()
    assert LearningProfile.objects.filter(user=bob, goals=MARK).exists()
