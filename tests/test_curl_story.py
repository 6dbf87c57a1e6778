"""What the documentation of the API tells, done with curl on the product as it runs."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from tests.stack import PASSWORD, Stack, wait_until

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(300),
    pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine"),
]


class Curl:
    """Runs curl and reads what it answers."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.headers: list[str] = []

    def __call__(self, *arguments: str, path: str) -> tuple[int, Any]:
        headers = [part for header in self.headers for part in ("-H", header)]
        done = subprocess.run(
            [
                *("curl", "--silent", "--show-error", "--write-out", "\n%{http_code}"),
                *(*headers, *arguments, f"{self.stack.address}{path}"),
            ],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        body, _, status = done.stdout.rpartition("\n")
        return int(status), json.loads(body) if body else None

    def analysed(self, path: str) -> dict[str, Any]:
        """The session at `path`, polled until it is analysed."""

        def answer() -> dict[str, Any] | None:
            _, session = self(path=path)
            assert session["analysis"]["state"] != "failed", session
            return session if session["status"] == "analyzed" else None

        return wait_until(answer, "the session is analysed", 120)


@pytest.mark.parametrize("base", ["/api/v1/speech-sessions", "/speech-sessions/api/sessions"])
def test_story_from_signing_in_to_deleting(stack, spoken, tmp_path, base):
    curl = Curl(stack)
    recording = tmp_path / "talk.wav"
    recording.write_bytes(spoken)

    status, answer = curl(
        *("-d", "username=dora@example.org", "--data-urlencode", f"password={PASSWORD}"),
        path="/api-auth/login/",
    )
    assert status == 200
    curl.headers = [f"Authorization: Token {answer['token']}"]

    json_body = '{"duration": 300, "transcription": "Well, um, good morning. Um, hello."}'
    json_header = ("-H", "Content-Type: application/json")
    status, written = curl("-X", "POST", *json_header, "-d", json_body, path=f"{base}/")
    assert status == 201
    assert written["duration"] == 300

    status, spoken_session = curl(
        *("-F", f"audio_file=@{recording}", "-F", "title=A talk", "-F", "kind=talk"),
        path=f"{base}/",
    )
    assert status == 201
    assert spoken_session["status"] == "pending"

    written = curl.analysed(f"{base}/{written['id']}/")
    assert written["filler_count"] == 2
    spoken_session = curl.analysed(f"{base}/{spoken_session['id']}/")
    assert spoken_session["duration"] > 0
    assert spoken_session["transcription"]
    assert spoken_session["pacing_analysis"]
    assert 0 <= spoken_session["confidence_score"] <= 1

    status, report = curl(path=f"{base}/{spoken_session['id']}/report/")
    assert status == 200
    assert report["transcript"]["words"]
    assert {measure["name"] for measure in report["measures"]} >= {"speech_rate", "duration"}

    status, numbers = curl(path=f"{base}/analytics/")
    assert status == 200
    assert numbers["totals"]["sessions"] == 2
    assert numbers["averages"]["speech_rate"] is not None

    ids = [written["id"], spoken_session["id"]]
    order = json.dumps({"ids": ids, "action": "archive"})
    status, answer = curl("-X", "POST", *json_header, "-d", order, path=f"{base}/bulk_update/")
    assert status == 200
    assert answer == {"results": [{"id": each, "ok": True} for each in ids]}
    assert curl(path=f"{base}/?status=archived")[1]["count"] == 2

    for each in ids:
        assert curl("-X", "DELETE", path=f"{base}/{each}/") == (204, None)
        assert curl(path=f"{base}/{each}/")[0] == 404


def test_body_over_the_limit_is_refused_at_once(stack, tmp_path):
    curl = Curl(stack)
    body = tmp_path / "large.json"
    body.write_bytes(b'"' + b"x" * (3 * 1024 * 1024) + b'"')
    for more in ((), ("-H", "Transfer-Encoding: chunked"), ("-H", "Expect:")):
        status, answer = curl(
            *("-X", "POST", "-H", "Content-Type: application/json", *more),
            *("--data-binary", f"@{body}"),
            path="/api/v1/speech-sessions/",
        )
        assert status == 413
        assert answer["errors"][0]["code"] == "too_large"
