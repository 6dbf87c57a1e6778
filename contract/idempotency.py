"""`Idempotency-Key`: a creating request that is sent again gets the first one's answer.

A key belongs to the person who sent it. While the first request runs, a second is told to wait
(409 with Retry-After); under the same key another body or address is refused (422). Only answers
of success are kept, for a day: a refused request changed nothing and may be sent again, corrected.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from contract.errors import Conflict, Refused
from contract.models import IdempotencyKey

KEPT_FOR = timedelta(days=1)
# Longer than a request may take; after a crash the key is free again when it is over.
RUNNING_FOR = timedelta(minutes=5)
LONGEST_KEY = 255


def answer_once(request: Request, work: Callable[[], Response]) -> Response:
    """The answer of `work`, or the one it gave when the request came first.

    Raises Conflict (409) while the first request runs, Refused (422) where the key was used for
    another request, ValidationError where the key is not 1 to 255 printable ASCII characters.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None or not request.user.is_authenticated:
        return work()
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        message = _("An Idempotency-Key has 1 to 255 printable ASCII characters.")
        raise ValidationError({"Idempotency-Key": [ErrorDetail(message, "invalid")]})
    return once(request.user.pk, key, fingerprint_of(request), work)


def once(
    user_id: int,
    key: str,
    fingerprint: str,
    work: Callable[[], Response],
    kept_for: timedelta = KEPT_FOR,
) -> Response:
    """The answer of `work`, or the one that the person's `key` got before.

    Raises Conflict (409) while the first is at work, Refused (422) for another `fingerprint`.
    """
    record = _claim(user_id, key, fingerprint)
    if record is None:
        return _earlier_answer(user_id, key, fingerprint)
    try:
        response = work()
    except BaseException:
        record.delete()
        raise
    if status.is_success(response.status_code):
        record.status_code = response.status_code
        record.answer = json.loads(JSONRenderer().render(response.data) or "null")
        record.location = response.get("Location", "")
        record.expires_at = timezone.now() + kept_for
        record.save()
    else:
        record.delete()
    return response


class IdempotentCreateMixin:
    """Lets `create` of a viewset carry an `Idempotency-Key`."""

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Create, once a key."""
        create: Callable[..., Response] = super().create  # type: ignore[misc]
        return answer_once(request, lambda: create(request, *args, **kwargs))


def fingerprint_of(request: Request) -> str:
    """What makes two requests the same: method, address, fields, and the content of files."""
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    digest.update(json.dumps(_comparable(request.data), sort_keys=True).encode())
    return digest.hexdigest()


def _comparable(data: Any) -> Any:
    if isinstance(data, QueryDict):
        return {name: [_comparable(value) for value in data.getlist(name)] for name in data}
    if isinstance(data, UploadedFile):
        content = hashlib.sha256()
        for chunk in data.chunks():
            content.update(chunk)
        data.seek(0)
        return ["file", data.name, content.hexdigest()]
    if isinstance(data, Mapping):
        return {str(name): _comparable(value) for name, value in data.items()}
    return data


def _claim(user_id: int, key: str, fingerprint: str) -> IdempotencyKey | None:
    """The record of a request that comes first; None where another came before."""
    now = timezone.now()
    IdempotencyKey.objects.filter(expires_at__lt=now).delete()
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(
                user_id=user_id, key=key, fingerprint=fingerprint, expires_at=now + RUNNING_FOR
            )
    except IntegrityError:
        return None


def _earlier_answer(user_id: int, key: str, fingerprint: str) -> Response:
    record = IdempotencyKey.objects.filter(user_id=user_id, key=key).first()
    if record is not None and record.fingerprint != fingerprint:
        raise Refused(
            status.HTTP_422_UNPROCESSABLE_ENTITY,
            "idempotency_key_reused",
            _("This Idempotency-Key was used for another request. Take a new one."),
        )
    if record is None or record.status_code is None:
        raise Conflict(
            _("The first request with this Idempotency-Key is still running."),
            "still_running",
            wait=1,
        )
    headers = {"Idempotent-Replayed": "true"}
    if record.location:
        headers["Location"] = record.location
    return Response(record.answer, status=record.status_code, headers=headers)
