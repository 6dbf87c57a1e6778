"""A client of the HTTP API as an app on a phone would be one: a token, JSON, multipart."""

import json
import urllib.error
import urllib.request
from typing import Any

from django.test.client import encode_multipart

from tests.stack import PASSWORD, wait_until

_BOUNDARY = "a-line-that-no-recording-holds"


class Phone:
    """Speaks for one user of a running product."""

    def __init__(self, address: str, email: str) -> None:
        self._address = address
        self._token = ""
        status, answer = self.call(
            "POST", "/api-auth/login/", {"username": email, "password": PASSWORD}
        )
        assert status == 200, answer
        self._token = answer["token"]

    def call(
        self, method: str, path: str, body: Any = None, *, files: bool = False
    ) -> tuple[int, Any]:
        """Status and decoded answer of one call; `files` sends the body as multipart."""
        headers = {"Accept": "application/json"}
        data = None
        if files:
            data = encode_multipart(_BOUNDARY, body)
            headers["Content-Type"] = f"multipart/form-data; boundary={_BOUNDARY}"
        elif body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        if self._token:
            headers["Authorization"] = f"Token {self._token}"
        request = urllib.request.Request(f"{self._address}{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def upload(self, name: str, data: bytes, **fields: str) -> dict[str, Any]:
        """The new session that a recording makes."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile(name, data, content_type="audio/wav")
        status, session = self.call(
            "POST", "/api/v1/speech-sessions/", {"audio_file": file, **fields}, files=True
        )
        assert status == 201, session
        return dict(session)

    def session(self, number: int) -> dict[str, Any]:
        """A session as it is now."""
        status, session = self.call("GET", f"/api/v1/speech-sessions/{number}/")
        assert status == 200, session
        return dict(session)

    def wait_for_report(self, number: int, seconds: float = 120) -> dict[str, Any]:
        """The report of a session, once there is one; fails at once if the analysis did."""

        def finished() -> bool:
            analysis = self.session(number)["analysis"]
            assert analysis["state"] != "failed", analysis
            return bool(analysis["state"] == "done")

        wait_until(finished, "the analysis is done", seconds)
        status, report = self.call("GET", f"/api/v1/speech-sessions/{number}/report/")
        assert status == 200, report
        return dict(report)
