"""Stored files by Range, under WSGI and ASGI."""

import pytest
from django.core.files.base import ContentFile
from django.http import Http404
from django.http.response import StreamingHttpResponse
from django.test import AsyncRequestFactory, RequestFactory

from contract.ranges import BLOCK_BYTES, Span, UnsatisfiableRangeError, parse_range, serve_stored
from speech_sessions.models import SpeechSession

CONTENT = bytes(range(256)) * 2000  # half a megabyte, more than one block


@pytest.fixture
def stored():
    session = SpeechSession()
    session.audio_file.save("talk.wav", ContentFile(CONTENT), save=False)
    return session.audio_file


def serve(stored, request=None, **headers):
    request = request or RequestFactory().get("/", headers=headers)
    return serve_stored(request, stored, content_type="audio/wav", file_name="talk.wav")


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-", (0, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-1000", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-1000", (0, 100)),
        ("bytes=99-99", (99, 100)),
    ],
)
def test_range_names_bytes(header, span):
    assert parse_range(header, 100) == Span(*span)


@pytest.mark.parametrize(
    "header",
    [
        *("", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "items=0-1"),
        *("bytes=0-1,4-5", "bytes=٣-٤", "bytes=0-1x", "bytes=--1", "bytes= 0-1"),
        "bytes=" + "9" * 30 + "-",
    ],
)
def test_range_that_is_malformed_or_multiple_is_ignored(header):
    assert parse_range(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_range_outside_of_the_file_cannot_be_met(header):
    with pytest.raises(UnsatisfiableRangeError):
        parse_range(header, 100)


def test_range_of_an_empty_file_cannot_be_met():
    with pytest.raises(UnsatisfiableRangeError):
        parse_range("bytes=0-", 0)


def test_whole_file_is_streamed_in_blocks(stored):
    response = serve(stored)
    blocks = list(response.streaming_content)
    assert b"".join(blocks) == CONTENT
    assert max(len(block) for block in blocks) <= BLOCK_BYTES
    assert response.status_code == 200
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "audio/wav"
    assert response["Content-Disposition"] == 'inline; filename="talk.wav"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]
    assert response["ETag"].startswith('"')


@pytest.mark.parametrize(("first", "last"), [(0, 0), (5, 300_000), (131_072, 131_073)])
def test_range_is_answered_206_with_its_bytes(stored, first, last):
    response = serve(stored, Range=f"bytes={first}-{last}")
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(CONTENT)}"
    assert response["Content-Length"] == str(last - first + 1)
    assert b"".join(response.streaming_content) == CONTENT[first : last + 1]


def test_range_outside_is_416_and_says_the_size(stored):
    response = serve(stored, Range="bytes=999999999-")
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(CONTENT)}"
    assert b"range_not_satisfiable" in response.content


def test_if_range_with_the_same_etag_or_date_gives_the_part(stored):
    whole = serve(stored)
    for condition in (whole["ETag"], whole["Last-Modified"]):
        response = serve(stored, Range="bytes=0-9", **{"If-Range": condition})
        assert response.status_code == 206


@pytest.mark.parametrize(
    "condition", ['"other"', 'W/"other"', "Tue, 01 Jan 2002 00:00:00 GMT", "x"]
)
def test_if_range_with_another_version_gives_the_whole(stored, condition):
    response = serve(stored, Range="bytes=0-9", **{"If-Range": condition})
    assert response.status_code == 200
    assert response["Content-Length"] == str(len(CONTENT))


def test_version_at_hand_is_answered_304(stored):
    etag = serve(stored)["ETag"]
    response = serve(stored, **{"If-None-Match": etag})
    assert response.status_code == 304
    assert not response.content
    assert response["ETag"] == etag


def test_head_tells_the_length_and_sends_nothing(stored):
    response = serve(stored, RequestFactory().head("/", headers={"Range": "bytes=0-9"}))
    assert response.status_code == 200
    assert response["Content-Length"] == str(len(CONTENT))
    assert not response.streaming
    assert not response.content


@pytest.mark.parametrize("content_type", ["text/html", "image/svg+xml", "application/xml", ""])
def test_file_that_is_no_sound_never_runs_in_a_browser(stored, content_type):
    response = serve_stored(
        RequestFactory().get("/"), stored, content_type=content_type, file_name="x.html"
    )
    assert response["Content-Type"] == "application/octet-stream"


def test_file_name_cannot_break_out_of_its_header(stored):
    response = serve_stored(
        RequestFactory().get("/"),
        stored,
        content_type="audio/wav",
        file_name='a"; filename=b\r\nX: y.wav',
        attachment=True,
    )
    assert "\r" not in response["Content-Disposition"]
    assert "\n" not in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment;")


def test_file_name_in_any_script_is_kept(stored):
    response = serve_stored(
        RequestFactory().get("/"), stored, content_type="audio/wav", file_name="会議.wav"
    )
    assert "filename*=utf-8''%E4%BC%9A%E8%AD%B0.wav" in response["Content-Disposition"]


def test_file_that_is_gone_is_404(stored):
    stored.storage.delete(stored.name)
    with pytest.raises(Http404):
        serve(stored)


async def test_server_of_asgi_gets_an_async_iterator(stored):
    request = AsyncRequestFactory().get("/", headers={"Range": "bytes=5-300000"})
    response = serve(stored, request)
    assert isinstance(response, StreamingHttpResponse)
    assert response.is_async
    blocks = [block async for block in response.streaming_content]
    assert b"".join(blocks) == CONTENT[5:300_001]
    assert max(len(block) for block in blocks) <= BLOCK_BYTES


async def test_download_that_breaks_off_closes_the_file(stored, recwarn):
    response = serve(stored, AsyncRequestFactory().get("/"))
    iterator = aiter(response.streaming_content)
    await anext(iterator)
    await iterator.aclose()
    assert not [warning for warning in recwarn if warning.category is ResourceWarning]
