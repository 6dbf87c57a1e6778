"""A real server on loopback that speaks the protocol: it reads the multipart request, decodes the
upload, recognises it with the local model and answers in the wire format of the service."""

import functools
import io
import json
import threading
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import av
import numpy as np
import pytest

from engines.transcribers import TranscriberError, TranscriberOptions, make
from engines.transcribers import openai as provider


@functools.cache
def recognised(samples):
    """What the local model hears in 16-bit samples; the same upload is heard only once."""
    floats = np.frombuffer(samples, np.int16).astype(np.float32) / 32768
    return make(TranscriberOptions()).transcribe(floats, language="en", prompt=None)


class Handler(BaseHTTPRequestHandler):
    """POST /v1/audio/transcriptions as whisper-1, a text-only model or a segment server answers."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        fields = self.fields(body)
        self.server.requests.append(
            (self.path, {k.lower(): v for k, v in self.headers.items()}, fields)
        )
        if self.server.failures:
            status, headers = self.server.failures.pop(0)
            self.answer(status, {"error": {"message": "not now", "code": status}}, headers)
        elif fields["response_format"] == "verbose_json" and self.server.style == "plain only":
            message = "response_format 'verbose_json' is not compatible with this model"
            self.answer(400, {"error": {"message": message}}, {})
        else:
            self.answer(200, self.recognise(fields), {})

    def fields(self, body):
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = message_from_bytes(head + body, policy=HTTP).iter_parts()
        fields = {}
        for part in parts:
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            fields[name] = content if name == "file" else content.decode()
        return fields

    def recognise(self, fields):
        with av.open(io.BytesIO(fields["file"])) as container:
            samples = np.concatenate([f.to_ndarray()[0] for f in container.decode(audio=0)])
        self.server.seconds.append(len(samples) / 16_000)
        if self.server.style == "instant":
            return {"text": "Hello.", "language": "english", "words": None, "segments": None}
        heard = recognised(samples.tobytes())
        if fields["response_format"] == "json":
            return {"text": heard.text}
        words = [
            {"word": word.text.strip(".,"), "start": word.start, "end": word.end}
            for word in heard.words
        ]
        segment = {"id": 0, "start": 0.0, "end": 11.0, "text": heard.text}
        return {
            "task": "transcribe",
            "language": "english",
            "duration": len(samples) / 16_000,
            "text": heard.text,
            "words": words if self.server.style == "words" else None,
            "segments": [segment],
        }

    def answer(self, status, data, headers):
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        made.style, made.requests, made.seconds, made.failures = "words", [], [], []
        made.daemon_threads = True
        thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield made
        made.shutdown()


@pytest.fixture
def client(server):
    def connect(**options):
        address = f"http://127.0.0.1:{server.server_port}/v1"
        found = provider.load(
            TranscriberOptions(
                provider="openai", base_url=address, api_key="key-1", timeout=20, **options
            )
        )
        clients.append(found)
        return found

    clients = []
    yield connect
    for made in clients:
        made._client.close()


def test_recognition_over_the_protocol_gives_punctuated_words_with_times(server, client, speech):
    heard = client().transcribe(speech, language="en", prompt="So, um.", windows=[(0.0, 11.0)])
    assert heard.timing == "words"
    assert len(heard.words) == 22
    assert heard.words[4].text == "Americans,"
    assert heard.heard_language == "en"
    path, headers, fields = server.requests[0]
    assert path == "/v1/audio/transcriptions"
    assert headers["authorization"] == "Bearer key-1"
    assert fields["file"].startswith(b"fLaC")
    assert fields["model"] == "whisper-1"
    assert fields["prompt"] == "So, um."
    assert fields["language"] == "en"
    assert fields["response_format"] == "verbose_json"
    assert server.seconds == [11.0]


def test_a_server_without_word_times_gives_segments_spread_evenly(server, client, speech):
    server.style = "segments"
    heard = client().transcribe(speech, language="en", prompt=None, windows=[(0.0, 11.0)])
    assert heard.timing == "segments"
    assert heard.words[-1].end == pytest.approx(11.0)
    assert len(heard.words) == 22


def test_a_model_that_answers_in_text_only_gives_no_words(server, client, speech):
    heard = client(model="gpt-4o-transcribe").transcribe(
        speech, language="en", prompt=None, windows=[(0.0, 11.0)]
    )
    assert (heard.timing, heard.words) == ("text", ())
    assert "country" in heard.text
    assert server.requests[0][2]["response_format"] == "json"


def test_a_server_that_refuses_word_times_is_asked_for_text(server, client, speech):
    server.style = "plain only"
    found = client(model="small")
    assert found.transcribe(speech, language="en", prompt=None).timing == "text"
    assert found.transcribe(speech, language="en", prompt=None).timing == "text"
    formats = [fields["response_format"] for _, _, fields in server.requests]
    assert formats == ["verbose_json", "json", "json"]


def test_long_recordings_go_up_in_parts_cut_between_windows(server, client):
    server.style = "instant"
    samples = np.zeros(1500 * 16_000, dtype=np.float32)
    windows = [(at, at + 100.0) for at in np.arange(0.0, 1500.0, 110.0) if at + 100 <= 1500]
    heard = client().transcribe(samples, language=None, prompt=None, windows=windows)
    assert [round(seconds) for seconds in server.seconds] == [540, 540, 320]
    assert all(len(fields["file"]) < 25_000_000 for _, _, fields in server.requests)
    assert heard.text == "Hello. Hello. Hello."
    assert heard.language == "en"


def test_the_language_is_asked_for_with_half_a_minute(server, client):
    server.style = "instant"
    found = client().language_of(np.zeros(60 * 16_000, dtype=np.float32))
    assert found == ("en", None)
    assert server.seconds == [30.0]


def test_a_busy_server_is_tried_again_a_bounded_number_of_times(server, client, speech):
    server.style = "instant"
    server.failures = [(429, {"retry-after-ms": "1"}), (503, {"retry-after-ms": "1"})]
    assert client(retries=2).transcribe(speech, language="en", prompt=None).text == "Hello."
    assert len(server.requests) == 3
    server.failures = [(503, {"retry-after-ms": "1"})] * 9
    with pytest.raises(TranscriberError) as raised:
        client(retries=1).transcribe(speech, language="en", prompt=None)
    assert (raised.value.code, raised.value.permanent) == ("engine_unavailable", False)
    assert len(server.requests) == 5


def test_a_refused_key_is_not_tried_again(server, client, speech):
    server.failures = [(401, {})]
    with pytest.raises(TranscriberError) as raised:
        client().transcribe(speech, language="en", prompt=None)
    assert (raised.value.code, raised.value.permanent) == ("engine_refused", True)
    assert len(server.requests) == 1


def test_a_server_that_is_not_there_may_come_back(speech):
    found = provider.load(
        TranscriberOptions(provider="openai", base_url="http://127.0.0.1:9/v1", retries=0)
    )
    with pytest.raises(TranscriberError) as raised:
        found.transcribe(speech, language="en", prompt=None)
    assert not raised.value.permanent
    found._client.close()


def test_recordings_leave_the_machine_unless_the_server_is_on_it(client):
    assert client().leaves_machine is False
    away = provider.load(TranscriberOptions(provider="openai", api_key="k"))
    assert away.leaves_machine is True
    assert away.name == "openai whisper-1 at api.openai.com"
    away._client.close()
