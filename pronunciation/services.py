"""Taking a try in, waiting for what becomes of it, and deleting it."""

import time
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from contract.stored_files import delete_on_commit
from pronunciation.models import Attempt
from pronunciation.tasks import send
from speech import limits
from speech_sessions.services.recordings import CONTAINERS, inspect

_LOOK_EVERY_SECONDS = 0.15


def take(user: User, file: "UploadedFile[Any]", *, text: str, language: str) -> Attempt:
    """Keep a recording of `text` and have it judged.

    Raises speech_sessions.services.RecordingRefused, and DailyLimit where what may be heard in a
    day is used up; whatever fails, neither row nor file stays.
    """
    limits.check(user, limits.HEARD)
    extension, media_type = CONTAINERS[inspect(file)]
    attempt = Attempt(user=user, text=text, language=language, audio_type=media_type)
    field = Attempt.audio.field
    name = field.generate_filename(attempt, f"recording{extension}")
    attempt.audio = field.storage.save(name, file)
    try:
        with transaction.atomic():
            attempt.save()
            transaction.on_commit(lambda: send(attempt.pk), robust=True)
    except BaseException:
        field.storage.delete(name)
        raise
    return attempt


def wait_for(attempt: Attempt, seconds: float) -> Attempt:
    """The attempt as soon as it is judged, and as it is after `seconds` at the latest."""
    until = time.monotonic() + seconds
    while attempt.state == Attempt.State.WAITING and time.monotonic() < until:
        time.sleep(_LOOK_EVERY_SECONDS)
        attempt.refresh_from_db()
    return attempt


def delete(attempt: Attempt) -> None:
    """Delete the attempt and, once that is committed, its recording."""
    with transaction.atomic():
        delete_on_commit(attempt.audio.storage, [attempt.audio.name])
        attempt.delete()
