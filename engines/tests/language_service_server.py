"""A real server on loopback that speaks the wire formats of DeepL, LibreTranslate, the Free
Dictionary API and LanguageTool, and misbehaves when told to."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote

DEEPL_KEY = "4f1c2d8e-77aa-4b0e-9a3e-0d5c1e7b2f60"

_HARBOUR = [
    {
        "word": "harbour",
        "phonetic": "/ˈhɑːbə/",
        "phonetics": [{"text": "/ˈhɑːbə/", "audio": ""}, {"text": "/ˈhɑɹbɚ/", "audio": ""}],
        "meanings": [
            {
                "partOfSpeech": "noun",
                "definitions": [
                    {
                        "definition": "A sheltered expanse of water where ships may anchor.",
                        "example": "A harbour, even if it is a little harbour, is a good thing.",
                        "synonyms": ["haven"],
                        "antonyms": [],
                    },
                    {"definition": "Any place of shelter.", "synonyms": [], "antonyms": []},
                ],
                "synonyms": [],
                "antonyms": [],
            },
            {
                "partOfSpeech": "verb",
                "definitions": [{"definition": "To provide shelter for.", "synonyms": []}],
                "synonyms": [],
                "antonyms": [],
            },
        ],
        "license": {
            "name": "CC BY-SA 3.0",
            "url": "https://creativecommons.org/licenses/by-sa/3.0",
        },
        "sourceUrls": ["https://en.wiktionary.org/wiki/harbour"],
    }
]


def _match(offset, length, better, message, rule, kind):
    return {
        "message": message,
        "shortMessage": "",
        "replacements": [{"value": value} for value in better],
        "offset": offset,
        "length": length,
        "context": {"text": "", "offset": 0, "length": length},
        "sentence": "",
        "type": {"typeName": "Other"},
        "rule": {
            "id": rule,
            "description": message,
            "issueType": kind,
            "category": {"id": "GRAMMAR", "name": "Grammar"},
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": -1,
    }


class Handler(BaseHTTPRequestHandler):
    """Answers each request as the next fault says, then as the service would."""

    def do_GET(self):
        self._serve(b"")

    def do_POST(self):
        self._serve(self.rfile.read(int(self.headers["Content-Length"])))

    def _serve(self, body):
        self.server.requests.append((self.path, dict(self.headers.items()), body))
        fault = self.server.faults.pop(0) if self.server.faults else None
        if fault:
            fault(self)
        elif self.path == "/v2/translate":
            self._deepl(json.loads(body))
        elif self.path == "/translate":
            self._libretranslate(json.loads(body))
        elif self.path.startswith("/api/v2/entries/"):
            self._dictionary(*map(unquote, self.path.rsplit("/", 2)[1:]))
        elif self.path == "/v2/check":
            self._languagetool({name: value[0] for name, value in parse_qs(body.decode()).items()})
        else:
            self.answer(404, {"message": "no such path"})

    def _deepl(self, asked):
        if self.headers["Authorization"] != f"DeepL-Auth-Key {DEEPL_KEY}":
            self.answer(403, {"message": "Wrong key"})
        elif asked["target_lang"] == "TLH":
            self.answer(400, {"message": "Value for 'target_lang' not supported."})
        else:
            said = f"{asked['text'][0]} [{asked['target_lang']}]"
            self.answer(200, {"translations": [{"detected_source_language": "EN", "text": said}]})

    def _libretranslate(self, asked):
        if asked["target"] == "tlh":
            self.answer(400, {"error": "tlh is not supported"})
            return
        said = f"{asked['q']} ({asked['source']}>{asked['target']})"
        self.answer(200, {"translatedText": said})

    def _dictionary(self, language, word):
        if (language, word) == ("en", "harbour"):
            self.answer(200, _HARBOUR)
            return
        self.answer(
            404,
            {
                "title": "No Definitions Found",
                "message": "Sorry pal, we couldn't find definitions for the word.",
                "resolution": "You can try the search again at later time.",
            },
        )

    def _languagetool(self, asked):
        if asked["language"] == "tlh":
            self.answer(
                400, b"Error: 'tlh' is not a language code known to LanguageTool.", "text/plain"
            )
            return
        text = asked["text"]
        units = len(text[: text.index("have")].encode("utf-16-le")) // 2
        hit = _match(units, 4, ["has"], "The pronoun ‘She’ takes “has”.", "HE_VERB_AGR", "grammar")
        self.answer(
            200,
            {
                "software": {"name": "LanguageTool", "version": "6.6", "apiVersion": 1},
                "language": {"name": "English (GB)", "code": asked["language"]},
                "matches": [hit],
            },
        )

    def answer(self, status, data, kind="application/json", headers=()):
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def says(status, data=b"not now", headers=()):
    """A fault: this status."""
    return lambda handler: handler.answer(status, data, "text/plain", headers)


def cut(handler):
    """A fault: half an answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "500")
    handler.end_headers()
    handler.wfile.write(b'{"translations": [')
    handler.close_connection = True


def slow(seconds):
    """A fault: silence for so long."""

    def wait(handler):
        time.sleep(seconds)
        with contextlib.suppress(OSError):
            handler.answer(200, {})

    return wait


@contextlib.contextmanager
def language_service_server() -> Iterator[ThreadingHTTPServer]:
    """The server, while the block runs; `faults` are done first, `requests` were received."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.faults, server.requests = [], []
    server.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
