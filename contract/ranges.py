"""Stored files, streamed in small blocks, whole or by Range.

Django's FileResponse ignores Range and, under ASGI, reads the whole file into memory. Here an async
iterator serves ASGI and a plain one WSGI, so that no more than a block of a file is held.
"""

import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from asgiref.sync import sync_to_async
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe
from django.utils.translation import gettext as _
from rest_framework.request import Request

from contract.errors import error_body

BLOCK_BYTES = 128 * 1024
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.ASCII)


@dataclass(frozen=True)
class Span:
    """Bytes `start` to `stop` of a file, `stop` not included."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        """How many bytes these are."""
        return self.stop - self.start


class UnsatisfiableRangeError(Exception):
    """The range lies outside the file."""


def parse_range(header: str, size: int) -> Span | None:
    """The bytes that a Range header asks for; None where it is to be ignored (RFC 9110, 14.2).

    Several ranges at once, other units and malformed headers are ignored: the whole is sent.
    Raises UnsatisfiableRangeError where nothing of the range exists.
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), size)
        if length == 0:
            raise UnsatisfiableRangeError
        return Span(size - length, size)
    start = int(first)
    stop = min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return None
    if start >= size:
        raise UnsatisfiableRangeError
    return Span(start, stop)


def serve_stored(
    request: HttpRequest | Request,
    stored: FieldFile,
    *,
    content_type: str,
    file_name: str,
    attachment: bool = False,
) -> HttpResponseBase:
    """The answer to GET or HEAD for a stored file: 200, 206, 304, 412 or 416.

    Only sound and video keep their type: anything else is sent as bytes that no browser runs.
    Raises Http404 where the file is gone, or there is none.
    """
    try:
        size, modified = stored.size, stored.storage.get_modified_time(_name(stored))
    except (FileNotFoundError, ValueError) as error:  # ValueError: there never was one
        raise Http404 from error
    etag = _etag(stored, size, modified)
    response: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=int(modified.timestamp())
    )
    if response is None:
        response = _content(request, stored, size, etag, modified)
        safe = content_type.startswith(("audio/", "video/"))
        if response.status_code < 400:
            response["Content-Type"] = content_type if safe else "application/octet-stream"
            disposition = content_disposition_header(attachment, file_name)
            if disposition:
                response["Content-Disposition"] = disposition
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified.timestamp())
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Authorization", "Cookie"])
    return response


def _name(stored: FieldFile) -> str:
    return stored.name or ""


def _etag(stored: FieldFile, size: int, modified: datetime) -> str:
    identity = f"{stored.name}:{size}:{modified.timestamp()}"
    return f'"{hashlib.sha256(identity.encode()).hexdigest()[:32]}"'


def _content(
    request: HttpRequest | Request, stored: FieldFile, size: int, etag: str, modified: datetime
) -> HttpResponseBase:
    span = None
    header = request.headers.get("Range", "")
    if request.method == "GET" and header and _range_applies(request, etag, modified):
        try:
            span = parse_range(header, size)
        except UnsatisfiableRangeError:
            sentence = _("The recording has %(size)d bytes; this range lies outside.") % {
                "size": size
            }
            body = error_body("range_not_satisfiable", sentence, 416)
            return JsonResponse(body, status=416, headers={"Content-Range": f"bytes */{size}"})
    wanted = span or Span(0, size)
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    elif hasattr(request, "scope"):
        response = StreamingHttpResponse(_read_in_threads(stored, wanted))
    else:
        response = StreamingHttpResponse(_read(stored, wanted))
    response["Content-Length"] = str(wanted.length)
    if span is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{size}"
    return response


def _range_applies(request: HttpRequest | Request, etag: str, modified: datetime) -> bool:
    """Whether the client's part is of the version that is stored (If-Range)."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == etag
    return parse_http_date_safe(condition) == int(modified.timestamp())


def _read(stored: FieldFile, span: Span) -> Iterator[bytes]:
    with stored.storage.open(_name(stored), "rb") as file:
        file.seek(span.start)
        left = span.length
        while left > 0 and (block := file.read(min(BLOCK_BYTES, left))):
            left -= len(block)
            yield block


async def _read_in_threads(stored: FieldFile, span: Span) -> AsyncIterator[bytes]:
    def opened() -> IO[bytes]:
        file: IO[bytes] = stored.storage.open(_name(stored), "rb")
        file.seek(span.start)
        return file

    in_thread = sync_to_async(thread_sensitive=False)
    file = await in_thread(opened)()
    try:
        left = span.length
        while left > 0 and (block := await in_thread(file.read)(min(BLOCK_BYTES, left))):
            left -= len(block)
            yield block
    finally:
        file.close()
