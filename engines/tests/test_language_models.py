"""The official SDKs against a real server that speaks their protocols, well and badly."""

import subprocess
import sys
import time

import pytest

from engines import breaker as breakers
from engines.breaker import Breaker
from engines.language_models import (
    LanguageModelError,
    LanguageModelOptions,
    Message,
    Request,
    anthropic,
    make,
    openai,
)
from engines.tests import language_model_server as lms

SCHEMA = {
    "type": "object",
    "properties": {"focus": {"type": "string", "minLength": 3, "maxLength": 40}},
    "required": ["focus"],
    "additionalProperties": False,
}
REQUEST = Request("Reword it.", (Message("user", "Let it end."),), SCHEMA)
GOOD = {"focus": "Let the sentence end."}
PROVIDERS = ("anthropic", "openai", "compatible")


@pytest.fixture
def server():
    with lms.running() as made:
        made.says = GOOD
        yield made


@pytest.fixture
def model(server):
    made = []

    def connect(provider="openai", **options):
        path = "" if provider == "anthropic" else "/v1"
        options = {"api_key": "key-1", "timeout": 5.0, "retries": 0, **options}
        load = anthropic.load if provider == "anthropic" else openai.load
        made.append(
            load(
                LanguageModelOptions(
                    provider=provider, model="m-1", base_url=server.address + path, **options
                )
            )
        )
        return made[-1]

    yield connect
    for one in made:
        one._connection.client.close()


def refused(asked, code, permanent):
    with pytest.raises(LanguageModelError) as raised:
        asked()
    assert (raised.value.code, raised.value.permanent) == (code, permanent)
    return raised.value


@pytest.mark.parametrize("provider", PROVIDERS)
def test_answer_is_an_object_of_the_schema_with_its_cost(server, model, provider):
    answer = model(provider).ask(REQUEST)
    assert answer.data == GOOD
    assert (answer.input_tokens, answer.output_tokens, answer.tries) == (410, 96, 1)
    assert answer.provider == provider
    assert answer.model in {"claude-haiku-5-5", "gpt-6-luna-2026-09-22"}
    assert not answer.leaves_machine
    assert 0 < answer.seconds < 5


def test_anthropic_is_asked_by_its_protocol(server, model):
    model("anthropic").ask(REQUEST)
    path, headers, body = server.requests[0]
    assert path == "/v1/messages"
    assert headers["authorization"] == "Bearer key-1"
    assert headers["anthropic-version"]
    assert body["system"] == "Reword it."
    assert body["messages"] == [{"role": "user", "content": "Let it end."}]
    schema = body["output_config"]["format"]["schema"]
    assert schema["properties"] == {"focus": {"type": "string"}}
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    ("provider", "limit"), [("openai", "max_completion_tokens"), ("compatible", "max_tokens")]
)
def test_openai_and_compatible_servers_are_asked_by_their_protocol(server, model, provider, limit):
    model(provider).ask(REQUEST)
    path, headers, body = server.requests[0]
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == "Bearer key-1"
    assert [turn["role"] for turn in body["messages"]] == ["system", "user"]
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["strict"] is True
    assert body[limit] == 4096


def test_server_that_knows_no_schemas_is_told_the_schema_in_words(server, model):
    server.knows_no_schema = server.is_ollama = True
    found = model("compatible", api_key=None)
    assert found.ask(REQUEST).data == GOOD
    assert found.ask(REQUEST).data == GOOD
    forms = [body["response_format"]["type"] for _, _, body in server.requests]
    assert forms == ["json_schema", "json_object", "json_object"]
    assert '"focus"' in server.requests[1][2]["messages"][0]["content"]


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"focus": "Let the sentence end."}\n```',
        '<think>\nWhat {now}?\n</think>\n\n{"focus": "Let the sentence end."}',
    ],
)
def test_thoughts_and_fences_of_small_models_are_taken_off(server, model, text):
    server.says = text
    assert model("compatible").ask(REQUEST).data == GOOD


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    "says",
    [
        "Sure, here it is.",
        '{"focus": "Let the',
        '{"focus": NaN}',
        "[" * 100_000,
        {},
        [],
        {"focus": 3},
        {"focus": "x"},
        {"focus": "x" * 41},
        {"focus": "Let it end.", "more": "y"},
    ],
    ids=lambda says: str(says)[:12],
)
def test_answer_that_is_not_as_asked_is_no_answer(server, model, provider, says):
    server.says = says
    refused(lambda: model(provider).ask(REQUEST), "bad_answer", permanent=False)


def test_bad_answer_is_asked_for_again_at_once(server, model):
    server.faults = [
        lms.raw(
            b'{"choices": [{"index": 0, "finish_reason": "length", "message":'
            b' {"role": "assistant", "content": "{"}}]}'
        )
    ]
    answer = model(retries=1).ask(REQUEST)
    assert (answer.data, answer.tries) == (GOOD, 2)
    assert answer.seconds < 1


@pytest.mark.parametrize(
    ("provider", "how"),
    [
        ("anthropic", {"stop_reason": "max_tokens"}),
        ("openai", {"finish_reason": "length"}),
    ],
)
def test_answer_that_was_cut_at_its_greatest_length_is_no_answer(server, model, provider, how):
    server.always = lms.ends_with(**how)
    refused(lambda: model(provider).ask(REQUEST), "bad_answer", permanent=False)


@pytest.mark.parametrize(
    ("provider", "how"),
    [
        ("anthropic", {"stop_reason": "refusal"}),
        ("openai", {"refusal": "I can't."}),
        ("openai", {"finish_reason": "content_filter"}),
    ],
)
def test_model_that_declines_is_not_asked_again(server, model, provider, how):
    server.always = lms.ends_with(**how)
    refused(lambda: model(provider, retries=2).ask(REQUEST), "request_refused", permanent=True)
    assert len(server.requests) == 1


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("code", [408, 429, 500, 503, 529])
def test_busy_or_broken_service_is_tried_again_as_it_asks(server, model, provider, code):
    server.faults = [lms.status(code, retry_after_ms=1)] * 2
    answer = model(provider, retries=2).ask(REQUEST)
    assert (answer.data, answer.tries) == (GOOD, 3)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_service_that_stays_busy_is_tried_a_bounded_number_of_times(server, model, provider):
    server.always = lms.status(429, retry_after_ms=1)
    error = refused(
        lambda: model(provider, retries=2).ask(REQUEST), "engine_unavailable", permanent=False
    )
    assert "429" in error.detail
    assert len(server.requests) == 3


def test_service_that_asks_for_a_longer_wait_than_there_is_time_is_not_waited_for(server, model):
    server.always = lms.status(429, retry_after=60)
    began = time.monotonic()
    error = refused(
        lambda: model(retries=2).ask(REQUEST, seconds=2), "engine_unavailable", permanent=False
    )
    assert error.retry_after == 60
    assert time.monotonic() - began < 20
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("after", "seconds"),
    [("3", 3.0), ("Fri, 01 Jan 2100 00:00:00 GMT", None), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0)],
)
def test_wait_that_a_service_asks_for_may_be_a_number_or_a_date(server, model, after, seconds):
    server.always = lms.status(503, retry_after=after)
    error = refused(lambda: model().ask(REQUEST), "engine_unavailable", permanent=False)
    assert error.retry_after == seconds if seconds is not None else error.retry_after > 1e9


@pytest.mark.parametrize("provider", PROVIDERS)
def test_wrong_key_is_not_tried_again(server, model, provider):
    server.key = "another"
    error = refused(
        lambda: model(provider, retries=2).ask(REQUEST), "engine_refused", permanent=True
    )
    assert "key-1" not in error.detail
    assert len(server.requests) == 1


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("code", [400, 413, 422])
def test_request_that_is_refused_is_not_tried_again(server, model, provider, code):
    server.always = lms.status(code)
    refused(lambda: model(provider, retries=2).ask(REQUEST), "request_refused", permanent=True)
    assert len(server.requests) == 1


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    "fault",
    [
        lms.cut_short,
        lms.raw(b'{"half": '),
        lms.raw(b"null"),
        lms.raw(b"{}"),
        lms.raw(b'{"content": 3, "choices": 3}'),
        lms.raw(b'{"content": [null], "choices": [null]}'),
        lms.raw(b"<html>Sign in to the network</html>"),
    ],
    ids=["cut", "half", "null", "empty", "numbers", "nulls", "html"],
)
def test_whatever_comes_instead_of_an_answer_ends_in_a_typed_error(server, model, provider, fault):
    server.always = fault
    refused(lambda: model(provider).ask(REQUEST), "engine_unavailable", permanent=False)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("fault", [lms.silent, lms.dripping], ids=["silent", "dripping"])
def test_slow_service_is_given_up_in_time(server, model, provider, fault):
    server.always = fault
    began = time.monotonic()
    refused(
        lambda: model(provider, timeout=0.4).ask(REQUEST), "engine_unavailable", permanent=False
    )
    assert time.monotonic() - began < 20


def test_time_for_everything_bounds_all_tries_together(server, model):
    server.always = lms.silent
    began = time.monotonic()
    refused(
        lambda: model(timeout=0.5, retries=9).ask(REQUEST, seconds=1.2),
        "engine_unavailable",
        permanent=False,
    )
    assert time.monotonic() - began < 20


def test_server_that_is_not_there_is_no_answer_in_time():
    found = openai.load(
        LanguageModelOptions("compatible", "m", base_url="http://127.0.0.1:9/v1", retries=0)
    )
    refused(lambda: found.ask(REQUEST), "engine_unavailable", permanent=False)
    found._connection.client.close()


def test_service_that_keeps_failing_is_left_alone_and_then_tried_by_one(server, model, monkeypatch):
    now = [1000.0]
    found = model()
    found.bounds.breaker = Breaker(clock=lambda: now[0])
    server.always = lms.status(500)
    for _ in range(breakers.FAILURES):
        refused(lambda: found.ask(REQUEST), "engine_unavailable", permanent=False)
    error = refused(lambda: found.ask(REQUEST), "engine_resting", permanent=False)
    assert error.retry_after == breakers.REST_SECONDS
    assert len(server.requests) == breakers.FAILURES
    now[0] += breakers.REST_SECONDS + 1
    refused(lambda: found.ask(REQUEST), "engine_unavailable", permanent=False)
    refused(lambda: found.ask(REQUEST), "engine_resting", permanent=False)
    now[0] += breakers.REST_SECONDS + 1
    server.always = None
    assert found.ask(REQUEST).data == GOOD
    assert found.ask(REQUEST).data == GOOD


def test_after_its_rest_only_one_caller_tries_a_service():
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])
    for _ in range(breakers.FAILURES):
        breaker.failed()
    now[0] += breakers.REST_SECONDS + 1
    assert breaker.rests_for() == 0
    assert breaker.rests_for() > 0
    breaker.succeeded()
    assert breaker.rests_for() == 0


def test_bad_answers_do_not_make_a_service_rest(server, model):
    server.says = "no"
    found = model()
    for _ in range(breakers.FAILURES + 1):
        refused(lambda: found.ask(REQUEST), "bad_answer", permanent=False)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_model_without_a_key_or_an_address_is_not_made(provider):
    refused(lambda: make(LanguageModelOptions(provider, "m")), "engine_unavailable", permanent=True)


def test_addresses_and_keys_of_the_environment_are_not_used(monkeypatch):
    for name in ("ANTHROPIC_BASE_URL", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "http://elsewhere.example/v1")
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "key-of-somebody")
    claude = anthropic.load(LanguageModelOptions("anthropic", "c", "k"))
    gpt = openai.load(LanguageModelOptions("openai", "g", "k"))
    assert (claude.name, claude.leaves_machine) == ("c at api.anthropic.com", True)
    assert (gpt.name, gpt.leaves_machine) == ("g at api.openai.com", True)
    assert claude._connection.client.base_url.host == "api.anthropic.com"
    assert gpt._connection.client.base_url.host == "api.openai.com"
    assert claude._connection.client.auth_token is None
    for made in (claude, gpt):
        made._connection.client.close()


def test_keys_are_not_shown():
    assert "secret" not in repr(LanguageModelOptions("openai", "m", api_key="secret"))


def test_naming_a_model_loads_no_sdk():
    code = (
        "import sys, engines.language_models as e; e.LanguageModelOptions('openai', 'm');"
        "print([name for name in ('openai', 'anthropic', 'httpx2') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
