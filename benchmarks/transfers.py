"""What a large recording costs the web process: `python benchmarks/transfers.py [MEGABYTES]`.

Starts the real server on a database of its own, sends one recording, takes it back, and prints one
line of JSON: how far each raised the peak of the process's resident memory, in MB. Linux only, as
the peak is read and reset in /proc.
"""

import http.client
import json
import os
import sys
import tempfile
import time
import wave
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.stack import PASSWORD, Stack  # noqa: E402

CHUNK = 1 << 16
BOUNDARY = "a-line-that-no-recording-holds"


def main() -> None:
    """Measure and print."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 209
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        stack = Stack(folder, f"sqlite:///{folder / 'bench.sqlite3'}")
        try:
            print(json.dumps(measure(stack, megabytes)))
        finally:
            stack.stop_everything()


def measure(stack: Stack, megabytes: int) -> dict[str, float]:
    """Peak memory added by an upload and by a download, with the server warm."""
    stack.manage("prepare", "--no-demo")
    stack.shell(
        "from accounts.models import User\n"
        f"answer = User.objects.create_user('bench@example.org', {PASSWORD!r}).pk"
    )
    stack.start("redis", "web")
    stack.wait_for_page()
    web = Web(stack)
    recording = recording_of(stack.folder / "large.wav", megabytes)
    small = web.upload(recording_of(stack.folder / "small.wav", 1))
    web.download(small)
    figures: dict[str, float] = {"megabytes": megabytes}
    with Peak(web.pid) as peak:
        number = web.upload(recording)
    figures["upload_added_mb"] = peak.added
    with Peak(web.pid) as peak:
        received = web.download(number)
    figures["download_added_mb"] = peak.added
    if received != recording.stat().st_size:
        raise SystemExit(f"{received} bytes came back of {recording.stat().st_size}")
    return figures


class Peak:
    """How far the peak of a process's resident memory rises meanwhile, in MB."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.added = 0.0

    def __enter__(self) -> Self:
        Path(f"/proc/{self._pid}/clear_refs").write_text("5", encoding="ascii")
        self._before = self._read("VmRSS")
        return self

    def __exit__(self, *_: object) -> None:
        self.added = round(max(0.0, self._read("VmHWM") - self._before), 1)

    def _read(self, name: str) -> float:
        status = Path(f"/proc/{self._pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith(name))
        return int(line.split()[1]) / 1024


class Web:
    """A client that never holds a recording in memory."""

    def __init__(self, stack: Stack) -> None:
        self._port = stack.port
        self.pid = stack.pid("web")
        body = json.dumps({"username": "bench@example.org", "password": PASSWORD}).encode()
        answer = self._ask("POST", "/api-auth/login/", body, {"Content-Type": "application/json"})
        self._token = json.loads(answer.read())["token"]

    def upload(self, file: Path) -> int:
        """The number of the session that `file` became."""
        head = (
            f"--{BOUNDARY}\r\nContent-Disposition: form-data;"
            f' name="audio_file"; filename="{file.name}"\r\n'
            "Content-Type: audio/wav\r\n\r\n"
        ).encode()
        tail = f"\r\n--{BOUNDARY}--\r\n".encode()

        def body() -> Any:
            yield head
            with file.open("rb") as data:
                while piece := data.read(CHUNK):
                    yield piece
            yield tail

        headers = {
            "Authorization": f"Token {self._token}",
            "Content-Length": str(len(head) + file.stat().st_size + len(tail)),
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        }
        answer = self._ask("POST", "/api/v1/speech-sessions/", body(), headers)
        text = answer.read()
        if answer.status != 201:
            raise SystemExit(f"The upload was answered {answer.status}: {text[:300]!r}")
        return int(json.loads(text)["id"])

    def download(self, number: int) -> int:
        """How many bytes come back; read slowly enough that a buffer in the server would fill."""
        answer = self._ask(
            "GET",
            f"/api/v1/speech-sessions/{number}/audio/",
            None,
            {"Authorization": f"Token {self._token}"},
        )
        received = 0
        while piece := answer.read(CHUNK):
            received += len(piece)
            if received % (CHUNK * 64) < CHUNK:
                time.sleep(0.01)
        return received

    def _ask(
        self, method: str, path: str, body: Any, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        connection.request(method, path, body, headers)
        return connection.getresponse()


def recording_of(file: Path, megabytes: int) -> Path:
    """A wav file of that size: noise, as nothing of it is analysed here."""
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        for _ in range(megabytes):
            sound.writeframes(os.urandom(1_000_000))
    return file


if __name__ == "__main__":
    main()
