"""Secrets for a learner's own device, by a local server that speaks OpenAI's wire format."""

import pytest

from engines.realtime import RealtimeError, RealtimeOptions, client_secret
from engines.tests.language_model_server import cut_short, raw, running, status

KEY = "sk-account"


@pytest.fixture
def server():
    with running() as started:
        started.key = KEY
        yield started


@pytest.fixture
def options(server):
    return RealtimeOptions(
        model="gpt-realtime", api_key=KEY, base_url=f"{server.address}/v1", timeout=0.5
    )


def asked(options):
    return client_secret(
        options, instructions="Speak Spanish.", language="es-ES", user="f3a1", seconds=3
    )


def secret():
    """As POST /v1/realtime/client_secrets answers."""
    return raw(
        b'{"value": "ek_68af296e8e408191a1120ab6383263c2", "expires_at": 1795276860,'
        b' "session": {"type": "realtime", "object": "realtime.session", "id": "sess_C9Ci",'
        b' "model": "gpt-realtime", "instructions": "Speak Spanish."}}'
    )


def test_a_secret_comes_with_where_and_how_long_it_can_be_used(options, server):
    server.faults = [secret()]

    found = asked(options)

    assert found.value.startswith("ek_")
    assert (found.expires_at, found.model) == (1795276860, "gpt-realtime")
    assert found.calls_url == f"{server.address}/v1/realtime/calls"


def test_the_service_is_told_rules_language_and_nobody_s_name(options, server):
    server.faults = [secret()]
    asked(options)

    path, headers, body = server.requests[0]
    assert path == "/v1/realtime/client_secrets"
    assert headers["openai-safety-identifier"] == "f3a1"
    assert body["session"]["instructions"] == "Speak Spanish."
    assert body["session"]["audio"]["input"]["transcription"]["language"] == "es"
    assert body["expires_after"] == {"anchor": "created_at", "seconds": 60}


def test_a_learner_s_patience_is_how_long_the_model_waits(options, server):
    server.faults = [secret()]
    client_secret(options, instructions="", language="es", user="f3a1", seconds=3, patience=2.5)

    [(_, _, body)] = server.requests
    turns = body["session"]["audio"]["input"]["turn_detection"]
    assert (turns["type"], turns["silence_duration_ms"]) == ("server_vad", 2500)


def test_a_service_that_is_busy_is_asked_again(options, server):
    server.faults = [status(429, retry_after=0), secret()]

    assert asked(options).value


@pytest.mark.parametrize(
    "fault",
    [status(500), cut_short, raw(b"<html>"), raw(b"{}")],
    ids=["broken", "cut", "no JSON", "no secret"],
)
def test_no_secret_is_an_error_that_can_heal(options, server, fault):
    server.faults = [fault, fault]

    with pytest.raises(RealtimeError) as failure:
        asked(options)

    assert (failure.value.code, failure.value.permanent) == ("engine_unavailable", False)


def test_a_wrong_key_is_told_at_once(server):
    wrong = RealtimeOptions(
        model="gpt-realtime", api_key="sk-stolen", base_url=f"{server.address}/v1"
    )

    with pytest.raises(RealtimeError) as failure:
        asked(wrong)

    assert (failure.value.code, len(server.requests)) == ("engine_refused", 1)
