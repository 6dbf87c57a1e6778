"""What the API answers is what its description says."""

import io
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.management import call_command

from speech_sessions import selectors, services
from speech_sessions.models import SpeechSession
from speech_sessions.tests.conftest import run_to_the_end, upload, wav

BASE = "/api/v1/speech-sessions/"


@pytest.fixture(scope="module")
def components() -> dict[str, Any]:
    output = io.StringIO()
    call_command("spectacular", stdout=output)
    return yaml.safe_load(output.getvalue())["components"]["schemas"]


def strictly(schema: Any) -> Any:
    """OpenAPI 3.0's `nullable` in JSON Schema's words, and no property beside those described."""
    if isinstance(schema, list):
        return [strictly(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    result = {name: strictly(value) for name, value in schema.items() if name != "nullable"}
    if "properties" in result and result.get("type") == "object":
        result.setdefault("additionalProperties", False)
    if "$ref" in result:
        result["$ref"] = result["$ref"].replace("#/components/schemas/", "#/$defs/")
    return {"anyOf": [result, {"type": "null"}]} if schema.get("nullable") else result


def assert_described(answer: Any, name: str, components: dict[str, Any]) -> None:
    schema = {"$ref": f"#/$defs/{name}", "$defs": strictly(components)}
    jsonschema.Draft202012Validator(schema).validate(answer)


@pytest.fixture
def measured(alice) -> SpeechSession:
    """A session analysed as text."""
    words = "Well, um, good morning. Um, I am, uh, glad that you are all here today. " * 6
    session = services.create_record(alice, duration=60, transcription=words)
    run_to_the_end(session.current_run)
    return selectors.session_of(alice, session.pk)


@pytest.fixture
def heard(alice, speech) -> SpeechSession:
    """A recording of real speech, analysed."""
    session = services.submit_recording(alice, upload(speech, "talk"))
    run = run_to_the_end(session.current_run)
    assert run.state == "done", run.error_detail
    return selectors.session_of(alice, session.pk)


@pytest.mark.parametrize("kind", ["measured", "heard"])
def test_answers_about_an_analysed_session_are_as_described(
    request, alices_phone, components, kind
):
    address = f"{BASE}{request.getfixturevalue(kind).pk}/"
    session = alices_phone.get(address).json()
    assert session["status"] == "analyzed"
    assert_described(session, "Session", components)
    assert_described(alices_phone.get(f"{address}report/").json(), "Report", components)
    assert_described(alices_phone.get(f"{address}peaks/").json(), "Peaks", components)
    assert_described(alices_phone.get(f"{address}events/").json(), "PaginatedEventList", components)
    assert_described(alices_phone.get(BASE).json(), "PaginatedSessionList", components)
    assert_described(alices_phone.get(f"{BASE}analytics/").json(), "Analytics", components)


def test_answers_about_a_new_session_are_as_described(alices_phone, components):
    made = alices_phone.post(BASE, {"audio_file": upload(wav())}, format="multipart")
    assert_described(made.json(), "Session", components)
    order = {"ids": [made.json()["id"], 999], "action": "archive"}
    results = alices_phone.post(f"{BASE}bulk_update/", order).json()
    assert_described(results, "BulkResults", components)
    assert_described(alices_phone.get(f"{BASE}analytics/").json(), "Analytics", components)
    assert_described(alices_phone.get(f"{BASE}0/").json(), "ErrorAnswer", components)
