"""Bodies that are too large are refused before anything of them is kept.

Django spools a whole body to disk before a view sees it. This ASGI layer stands in front and
refuses by the announced length, and, where none is announced or it lies, by counted bytes.
"""

import json
from html import escape

from asgiref.typing import (
    ASGI3Application,
    ASGIReceiveCallable,
    ASGIReceiveEvent,
    ASGISendCallable,
    ASGISendEvent,
    HTTPScope,
    Scope,
)
from django.conf import settings
from django.utils.translation import gettext as _

from contract.errors import error_body
from contract.paths import is_api_path, takes_pictures, takes_recordings, takes_tables, takes_turns

# What a form may hold beside its recording: fields, boundaries, headers of the parts.
SLACK_BYTES = 1024 * 1024
LARGEST_TABLE_BYTES = 10 * 1024 * 1024


class BodyLimit:
    """Wraps an ASGI application; answers 413 itself where a body is too large."""

    def __init__(self, application: ASGI3Application) -> None:
        self.application = application

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Hand the request on, unless its body is too large."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        limit = body_limit_of(scope)
        announced = _header(scope, b"content-length")
        if announced.isdigit() and int(announced) > limit:
            await _refuse(scope, send)
            return
        await self._count(scope, receive, send, limit)

    async def _count(
        self,
        scope: HTTPScope,
        receive: ASGIReceiveCallable,
        send: ASGISendCallable,
        limit: int,
    ) -> None:
        received = 0
        exceeded = False
        answered = False

        async def counted_receive() -> ASGIReceiveEvent:
            nonlocal received, exceeded
            message = await receive()
            if message["type"] == "http.request":
                received += len(message["body"])
                if received > limit:
                    exceeded = True
                    # The application takes it for a client that left: it closes its spool.
                    return {"type": "http.disconnect"}
            return message

        async def watched_send(message: ASGISendEvent) -> None:
            nonlocal answered
            answered = True
            await send(message)

        await self.application(scope, counted_receive, watched_send)
        if exceeded and not answered:
            await _refuse(scope, send)


def body_limit_of(scope: HTTPScope) -> int:
    """How many bytes the body of this request may have: a file's where one may be sent."""
    accepted = _file_limit_of(scope)
    return accepted + SLACK_BYTES if accepted else int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _file_limit_of(scope: HTTPScope) -> int:
    """How large a file in this request may be; 0 where it may hold none."""
    if takes_turns(scope["path"]):
        return int(settings.TUTOR_AUDIO_BYTES)
    if not _header(scope, b"content-type").lower().startswith("multipart/form-data"):
        return 0
    if takes_recordings(scope["path"]):
        return int(settings.MAX_UPLOAD_BYTES)
    if takes_tables(scope["path"]):
        return LARGEST_TABLE_BYTES
    return int(settings.MAX_PICTURE_BYTES) if takes_pictures(scope["path"]) else 0


def _header(scope: HTTPScope, name: bytes) -> str:
    return next((value.decode("latin1") for key, value in scope["headers"] if key == name), "")


async def _refuse(scope: HTTPScope, send: ASGISendCallable) -> None:
    accepted = _file_limit_of(scope) or settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    sentence = _("This is too large: %(megabytes)d MB are accepted at most.") % {
        "megabytes": max(1, accepted // (1024 * 1024))
    }
    if is_api_path(scope["path"]) or "application/json" in _header(scope, b"accept"):
        content_type = b"application/json"
        body = json.dumps(error_body("too_large", sentence, 413)).encode()
    else:
        content_type = b"text/html; charset=utf-8"
        body = _page(sentence).encode()
    await send(
        {
            "type": "http.response.start",
            "status": 413,
            "headers": [
                (b"content-type", content_type),
                (b"content-length", str(len(body)).encode()),
                (b"content-security-policy", b"default-src 'none'"),
                (b"x-content-type-options", b"nosniff"),
            ],
            "trailers": False,
        }
    )
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _page(sentence: str) -> str:
    title = escape(_("Too large"))
    advice = escape(_("Go back and send a smaller file."))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><h1>{title}</h1><p>{escape(sentence)}</p><p>{advice}</p></html>"
    )
