"""Bodies are measured in front of Django, so these tests speak ASGI."""

import json

import pytest
from asgiref.testing import ApplicationCommunicator

from contract.body_limit import SLACK_BYTES, BodyLimit

MEGABYTE = 1024 * 1024


class Reader:
    """An application that reads the whole body, as Django does, and says how much it got."""

    def __init__(self) -> None:
        self.received = 0
        self.left = False

    async def __call__(self, scope, receive, send):
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                self.left = True
                return
            self.received += len(message["body"])
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"read"})


async def answer_to(reader, path, headers, chunks=()):
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    communicator = ApplicationCommunicator(BodyLimit(reader), scope)
    for number, chunk in enumerate(chunks, start=1):
        more = number < len(chunks)
        await communicator.send_input({"type": "http.request", "body": chunk, "more_body": more})
    start = await communicator.receive_output()
    body = await communicator.receive_output()
    return start["status"], dict(start["headers"]), body["body"]


FORM = {"content-type": "multipart/form-data; boundary=x"}
JSON = {"content-type": "application/json"}


@pytest.fixture(autouse=True)
def small_limits(settings):
    settings.MAX_UPLOAD_BYTES = 3 * MEGABYTE
    settings.MAX_PICTURE_BYTES = 2 * MEGABYTE
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = MEGABYTE


@pytest.mark.parametrize(
    ("path", "headers", "limit"),
    [
        ("/api/v1/speech-sessions/", FORM, 3 * MEGABYTE + SLACK_BYTES),
        ("/api/v1/speech-sessions", FORM, 3 * MEGABYTE + SLACK_BYTES),
        ("/speech-sessions/new/", FORM, 3 * MEGABYTE + SLACK_BYTES),
        ("/speech-sessions/api/sessions/", FORM, 3 * MEGABYTE + SLACK_BYTES),
        ("/api/v1/speech-sessions/", JSON, MEGABYTE),
        ("/accounts/profile/picture/", FORM, 2 * MEGABYTE + SLACK_BYTES),
        ("/api/v1/users/7/picture/", FORM, 2 * MEGABYTE + SLACK_BYTES),
        ("/users/7/picture", FORM, 2 * MEGABYTE + SLACK_BYTES),
        ("/api/v1/users/7/picture/", JSON, MEGABYTE),
        ("/api/v1/users/7/", FORM, MEGABYTE),
        ("/accounts/login/", FORM, MEGABYTE),
        ("/speech-sessions/new/", {}, MEGABYTE),
    ],
)
async def test_announced_length_over_the_limit_is_refused_unread(path, headers, limit):
    reader = Reader()
    headers = {**headers, "content-length": str(limit + 1)}
    status, *_ = await answer_to(reader, path, headers)
    assert status == 413
    assert reader.received == 0


@pytest.mark.parametrize(
    ("path", "headers", "size"),
    [
        ("/api/v1/speech-sessions/", FORM, 3 * MEGABYTE + SLACK_BYTES),
        ("/api/v1/speech-sessions/", JSON, MEGABYTE),
    ],
)
async def test_body_up_to_the_limit_is_handed_on(path, headers, size):
    reader = Reader()
    headers = {**headers, "content-length": str(size)}
    status, _, body = await answer_to(reader, path, headers, [bytes(size)])
    assert (status, body, reader.received) == (200, b"read", size)


@pytest.mark.parametrize("announced", [{}, {"content-length": "10"}, {"content-length": "-1"}])
async def test_body_that_grows_over_the_limit_is_cut_off_and_refused(announced):
    reader = Reader()
    chunks = [bytes(MEGABYTE // 2)] * 40
    status, *_ = await answer_to(reader, "/api/v1/speech-sessions/", {**JSON, **announced}, chunks)
    assert status == 413
    assert reader.left
    assert reader.received <= MEGABYTE


async def test_refusal_has_the_one_shape_for_programs():
    headers = {**JSON, "content-length": "99999999"}
    _, answer, body = await answer_to(Reader(), "/api/v1/speech-sessions/", headers)
    assert answer[b"content-type"] == b"application/json"
    error = json.loads(body)
    assert error["type"] == "client_error"
    assert error["errors"] == [{"code": "too_large", "detail": error["detail"], "attr": None}]
    assert "1 MB" in error["detail"]


async def test_refusal_of_a_recording_names_the_limit_of_recordings():
    headers = {**FORM, "content-length": "99999999"}
    _, _, body = await answer_to(Reader(), "/api/v1/speech-sessions/", headers)
    assert "3 MB" in json.loads(body)["detail"]


async def test_refusal_has_the_one_shape_for_a_page_that_asks_for_json():
    headers = {**FORM, "content-length": "99999999", "accept": "application/json"}
    _, answer, _ = await answer_to(Reader(), "/speech-sessions/new/", headers)
    assert answer[b"content-type"] == b"application/json"


async def test_refusal_is_a_readable_page_for_browsers():
    headers = {**FORM, "content-length": "99999999", "accept": "text/html"}
    _, answer, body = await answer_to(Reader(), "/speech-sessions/new/", headers)
    assert answer[b"content-type"].startswith(b"text/html")
    assert b"<h1>" in body


async def test_other_protocols_pass():
    seen = []

    async def application(scope, receive, send):
        seen.append(scope["type"])

    await BodyLimit(application)({"type": "websocket"}, None, None)
    assert seen == ["websocket"]
