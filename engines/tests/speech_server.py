"""A real server on loopback that speaks the wire formats of ElevenLabs, of OpenAI's voices and
transcriptions, of Deepgram and of the product's own voices, and misbehaves when told to."""

import json
from urllib.parse import urlsplit

import numpy as np

from engines.tests.language_model_server import Handler, running

# Half a second of a tone, as each of them sends it.
TONE = (np.sin(np.arange(12_000) * 0.06) * 9000).astype("<i2").tobytes()


def deepgram_body(text):
    """As POST /v1/listen answers with `detect_language`."""
    words = [
        {
            "word": word.lower().strip(".,"),
            "start": place * 0.4,
            "end": place * 0.4 + 0.3,
            "confidence": 0.98,
            "punctuated_word": word,
        }
        for place, word in enumerate(text.split())
    ]
    best = {"transcript": text, "confidence": 0.99, "words": words}
    return {
        "metadata": {
            "transaction_key": "deprecated",
            "request_id": "2479c8c8-8185-40ac-9ac6-f0874419f793",
            "sha256": "154e291ecfa8be6ab8343560bcc109008fa7853eb5372533e8efdefc9b504c33",
            "created": "2026-11-21T19:56:16.180Z",
            "duration": 2.0,
            "channels": 1,
            "models": ["30089e05-99d1-4376-b32e-c263170674af"],
        },
        "results": {
            "channels": [
                {
                    "alternatives": [best],
                    "detected_language": "en",
                    "language_confidence": 0.97,
                }
            ]
        },
    }


ELEVENLABS_VOICES = {
    "voices": [
        {
            "voice_id": "JBFqnCBsd6RMkjVDRZzb",
            "name": "George",
            "category": "premade",
            "labels": {"accent": "british", "gender": "male", "use_case": "narration"},
        }
    ],
    "has_more": False,
    "total_count": 1,
    "next_page_token": None,
}
LOCAL_VOICES = {
    "voices": [
        {"name": "en_US-joe-medium", "title": "Joe", "language": "en-US"},
        {"name": "en_GB-alan-low", "title": "Alan", "language": "en-GB"},
    ]
}


class SpeechHandler(Handler):
    """Any of them, by the path."""

    def do_GET(self):  # noqa: N802
        self.take(b"")

    def do_POST(self):  # noqa: N802
        self.take(self.rfile.read(int(self.headers["Content-Length"])))

    def take(self, body):
        headers = {name.lower(): value for name, value in self.headers.items()}
        if headers.get("content-type") == "application/json":
            body = json.loads(body)
        self.server.requests.append((self.path, headers, body))
        keys = {"xi-api-key": "{}", "authorization": "Bearer {}"}
        keys = {"authorization": "Token {}"} if "/listen" in self.path else keys
        wanted = {name: form.format(self.server.key) for name, form in keys.items()}
        if self.server.key and not any(headers.get(n) == v for n, v in wanted.items()):
            self.fail(401, "Invalid API key")
            return
        fault = self.server.faults.pop(0) if self.server.faults else self.server.always
        if fault is None:
            self.answer(200, self.whole())
        else:
            fault(self)

    def whole(self):
        path = urlsplit(self.path).path
        answers = {
            "/v2/voices": ELEVENLABS_VOICES,
            "/voices": LOCAL_VOICES,
            "/v1/listen": deepgram_body("Where is the station?"),
            "/v1/audio/transcriptions": {"text": "Where is the station?"},
        }
        if path in answers:
            return json.dumps(answers[path]).encode()
        self.media = "audio/l16; rate=24000; channels=1" if path == "/speak" else "audio/pcm"
        return TONE

    def fail(self, status, message="not now", headers=()):
        body = {"error": {"message": message, "type": "server_error", "code": None}}
        if "text-to-speech" in self.path:
            body = {"detail": {"status": "not_now", "message": message}}
        elif "/listen" in self.path:
            body = {"err_code": "NOT_NOW", "err_msg": message, "request_id": "2479c8c8"}
        self.answer(status, body, headers)


def page(content):
    """A fault: 200 with these bytes as a page, as the gateway of a hotel answers."""

    def answer(handler):
        handler.media = "text/html"
        handler.answer(200, content)

    return answer


def speaking():
    """A server in a thread of its own."""
    return running(SpeechHandler)
