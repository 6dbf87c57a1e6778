"""A real server on loopback that speaks the wire formats of Anthropic's messages and of OpenAI's
chat completions, and misbehaves when told to."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def anthropic_body(text, stop_reason="end_turn"):
    """As POST /v1/messages answers."""
    return {
        "id": "msg_01XFDUDYJgAACzvnptvVoYEL",
        "type": "message",
        "role": "assistant",
        "model": "claude-haiku-5-5",
        "content": [{"type": "text", "text": text}],
        "stop_reason": stop_reason,
        "stop_sequence": None,
        "usage": {
            "input_tokens": 410,
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 0,
            "output_tokens": 96,
            "service_tier": "standard",
        },
    }


def openai_body(text, finish_reason="stop", refusal=None):
    """As POST /v1/chat/completions answers."""
    message = {"role": "assistant", "content": text, "refusal": refusal, "annotations": []}
    return {
        "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
        "object": "chat.completion",
        "created": 1795276800,
        "model": "gpt-6-luna-2026-09-22",
        "choices": [
            {"index": 0, "message": message, "logprobs": None, "finish_reason": finish_reason}
        ],
        "usage": {"prompt_tokens": 410, "completion_tokens": 96, "total_tokens": 506},
        "service_tier": "default",
    }


def ollama_body(text):
    """As Ollama's /v1/chat/completions answers: no refusal, no service tier."""
    return {
        "id": "chatcmpl-417",
        "object": "chat.completion",
        "created": 1795276800,
        "model": "llama3.2",
        "system_fingerprint": "fp_ollama",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text},
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 410, "completion_tokens": 96, "total_tokens": 506},
    }


def error_body(path, status, message):
    """As either service says what is wrong."""
    if path.endswith("/messages"):
        kinds = {401: "authentication_error", 429: "rate_limit_error", 529: "overloaded_error"}
        kind = kinds.get(status, "api_error")
        return {"type": "error", "error": {"type": kind, "message": message}}
    return {"error": {"message": message, "type": "invalid_request_error", "code": None}}


class Handler(BaseHTTPRequestHandler):
    """Answers each request as the next fault says, then with `server.says`."""

    media = "application/json"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append((self.path, headers, body))
        if self.server.key and headers.get("authorization") != f"Bearer {self.server.key}":
            self.fail(401, "invalid key")
            return
        if self.server.knows_no_schema and "json_schema" in json.dumps(body):
            self.fail(400, "response_format type json_schema is not supported")
            return
        fault = self.server.faults.pop(0) if self.server.faults else self.server.always
        if fault is None:
            self.answer(200, self.whole())
        else:
            fault(self)

    def whole(self):
        """A good answer."""
        return json.dumps(self.completion(self.server.says)).encode()

    def completion(self, says, **how):
        text = says if isinstance(says, str) else json.dumps(says)
        if self.path.endswith("/messages"):
            return anthropic_body(text, **how)
        return openai_body(text, **how) if not self.server.is_ollama else ollama_body(text)

    def fail(self, status, message="not now", headers=()):
        self.answer(status, error_body(self.path, status, message), headers)

    def answer(self, status, data, headers=()):
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.head(status, len(body), headers)
        self.wfile.write(body)

    def head(self, status, length, headers=()):
        self.send_response(status)
        self.send_header("Content-Type", self.media)
        self.send_header("Content-Length", str(length))
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    """`says`: the object (or raw text) that answers hold; `faults`: how the next requests go."""

    daemon_threads = True
    # A client that has given up closes its end; that is what some tests are about.
    block_on_close = False

    def __init__(self, handler=Handler):
        super().__init__(("127.0.0.1", 0), handler)
        self.says, self.requests, self.faults, self.always = {}, [], [], None
        self.key, self.knows_no_schema, self.is_ollama = "", False, False
        self.over = threading.Event()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address):
        pass


@contextlib.contextmanager
def running(handler=Handler) -> Iterator[Server]:
    """A server in a thread of its own."""
    with Server(handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


def status(code, **headers):
    """A fault: this status with these headers (`retry_after` is sent as `retry-after`)."""
    named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    return lambda handler: handler.fail(code, headers=named)


def raw(content):
    """A fault: 200 with these bytes."""
    return lambda handler: handler.answer(200, content)


def ends_with(**how):
    """A fault: an answer that ends for this reason."""
    return lambda handler: handler.answer(200, handler.completion(handler.server.says, **how))


def cut_short(handler):
    """Half an answer, then the line is dead."""
    body = handler.whole()
    handler.head(200, len(body))
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def silent(handler):
    """No answer at all until the test is over."""
    handler.server.over.wait(20)


def dripping(handler):
    """A byte every 50 ms: each in time, the whole never."""
    handler.head(200, 1_000_000)
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def late(seconds):
    """A fault: a good answer after so many seconds."""

    def answer(handler):
        time.sleep(seconds)
        handler.answer(200, handler.whole())

    return answer
