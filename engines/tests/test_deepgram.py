"""Deepgram's wire format, and recognisers asked in turn, against a real server on loopback."""

import time

import numpy as np
import pytest

from engines import breaker as breakers
from engines.tests import language_model_server as lms
from engines.tests.speech_server import speaking
from engines.transcribers import TranscriberError, TranscriberOptions, make
from engines.transcribers.in_turn import transcribe_in_turn

asked: set[TranscriberOptions] = set()  # whose connections are closed after each test
SAMPLES = np.zeros(32_000, dtype=np.float32)
FAULTS = {
    "silent": lms.silent,
    "dripping": lms.dripping,
    "429": lms.status(429, retry_after=60),
    "500": lms.status(500),
    "cut": lms.cut_short,
    "half": lms.raw(b'{"results": '),
    "empty": lms.raw(b"{}"),
    "null": lms.raw(b'{"results": {"channels": [null]}}'),
    "numbers": lms.raw(b'{"results": {"channels": [{"alternatives": [3]}]}}'),
    "html": lms.raw(b"<html>Sign in to the network</html>"),
}


@pytest.fixture
def server():
    with speaking() as made:
        yield made
    while asked:
        transcriber = make(asked.pop())
        (getattr(transcriber, "client", None) or transcriber._client).close()


def deepgram(server, **more):
    return TranscriberOptions(
        "deepgram",
        base_url=server.address,
        **{"api_key": "key-1", "timeout": 2.0, "retries": 0, **more},
    )


def hear(*options, language="en", seconds=4.0):
    asked.update(options)
    return transcribe_in_turn(
        options, SAMPLES, language=language, prompt=None, windows=None, seconds=seconds
    )


def refused(asked, code, permanent):
    with pytest.raises(TranscriberError) as raised:
        asked()
    assert (raised.value.code, raised.value.permanent) == (code, permanent)
    return raised.value


def test_deepgram_is_asked_by_its_protocol(server):
    heard = hear(deepgram(server)).transcript
    assert (heard.text, heard.language) == ("Where is the station?", "en")
    assert [word.text for word in heard.words] == ["Where", "is", "the", "station?"]
    assert (heard.words[1].start, heard.words[1].confidence) == (0.4, 0.98)
    path, headers, body = server.requests[0]
    assert path == (
        "/v1/listen?model=nova-3&smart_format=true&filler_words=true&mip_opt_out=true&language=en"
    )
    assert headers["authorization"] == "Token key-1"
    assert headers["content-type"] == "audio/flac"
    assert body.startswith(b"fLaC")


def test_deepgram_finds_the_language_out(server):
    found = make(deepgram(server, model="nova-2"))
    assert found.language_of(SAMPLES) == ("en", 0.97)
    heard = found.transcribe(SAMPLES, language=None, prompt=None)
    assert (heard.language, heard.heard_language) == ("en", "en")
    assert "detect_language=true" in server.requests[1][0]
    found.client.close()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_next_recogniser_hears_where_the_first_fails(server, fault):
    with speaking() as second:
        server.always = fault
        first = deepgram(server, timeout=0.4, retries=1)
        other = TranscriberOptions(
            "openai", "gpt-4o-transcribe", base_url=second.address + "/v1", retries=0
        )
        began = time.monotonic()
        found = hear(first, other)
        assert time.monotonic() - began < 20
    assert found.transcript.text == "Where is the station?"
    assert found.options == other
    assert [(one.options, one.code) for one in found.passed_over] == [(first, "engine_unavailable")]


def test_wrong_key_is_not_tried_again_and_not_told(server):
    server.key = "another"
    error = refused(lambda: hear(deepgram(server, retries=2)), "engine_refused", permanent=True)
    assert "key-1" not in error.detail
    assert len(server.requests) == 1


def test_busy_recogniser_is_tried_again_as_it_asks(server):
    server.faults = [lms.status(429, retry_after_ms=1), lms.status(503, retry_after_ms=1)]
    assert hear(deepgram(server, retries=2)).tries == 3


def test_recogniser_that_keeps_failing_is_left_alone(server):
    server.always = lms.status(500)
    for _ in range(breakers.FAILURES):
        refused(lambda: hear(deepgram(server)), "engine_unavailable", permanent=False)
    refused(lambda: hear(deepgram(server)), "engine_resting", permanent=False)
    assert len(server.requests) == breakers.FAILURES


def test_this_machine_hears_last_whatever_time_is_left(server, speech):
    server.always = lms.silent
    found = transcribe_in_turn(
        [deepgram(server), TranscriberOptions()],
        speech,
        language="en",
        prompt=None,
        windows=[(0.0, 11.0)],
        seconds=0.1,
    )
    assert "country" in found.transcript.text
    assert not found.leaves_machine
    assert found.passed_over[0].code == "engine_unavailable"


def test_nobody_to_ask_is_an_error_that_lasts():
    refused(hear, "engine_unavailable", permanent=True)


def test_without_a_key_deepgram_is_not_made():
    refused(lambda: make(TranscriberOptions("deepgram")), "engine_unavailable", permanent=True)
