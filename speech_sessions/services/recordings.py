"""Taking a recording in: look at its bytes, store it, and queue its analysis."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from analysis import audio
from analysis.errors import AnalysisError
from speech_sessions import messages
from speech_sessions.models import SpeechSession
from speech_sessions.services.analysis import queue_run

# What a browser is told of each container, and the extension that a download gets.
CONTAINERS = {
    "aac": (".aac", "audio/aac"),
    "aiff": (".aiff", "audio/aiff"),
    "amr": (".amr", "audio/amr"),
    "asf": (".wma", "audio/x-ms-wma"),
    "au": (".au", "audio/basic"),
    "avi": (".avi", "video/x-msvideo"),
    "caf": (".caf", "audio/x-caf"),
    "flac": (".flac", "audio/flac"),
    "flv": (".flv", "video/x-flv"),
    "matroska": (".webm", "audio/webm"),
    "mov": (".m4a", "audio/mp4"),
    "mp3": (".mp3", "audio/mpeg"),
    "mpeg": (".mpg", "video/mpeg"),
    "mpegts": (".ts", "video/mp2t"),
    "ogg": (".ogg", "audio/ogg"),
    "wav": (".wav", "audio/wav"),
}


class RecordingRefused(Exception):
    """A file that is not taken in; nothing of it is kept.

    `code` is one of empty_file, too_large, not_audio, unsupported; `message` says in the user's
    language what is wrong and what to do; `status` is the HTTP status that fits.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self.status, self.message = messages.refusal(code)
        super().__init__(self.message)


def submit_recording(
    user: User,
    file: "UploadedFile[Any]",
    *,
    title: str = "",
    kind: str = SpeechSession.Kind.TALK,
    language: str = "en",
    date: datetime | None = None,
    tags: Sequence[str] = (),
    script: str = "",
    duration: int = 0,
    hand_set: Mapping[str, Any] | None = None,
) -> SpeechSession:
    """A new session of `user` with `file` as its recording, queued for analysis.

    `script` is the text that a read-aloud is held against. `duration` (s) is shown until it is
    measured. `hand_set` holds analysed fields that the user gives themselves
    (`services.records.ANALYSED`); they win over what will be measured. Raises RecordingRefused;
    whatever fails, neither row nor file is left behind.
    """
    container = inspect(file)
    session = SpeechSession(
        user=user,
        title=title,
        kind=kind,
        language=language,
        date=date or timezone.now(),
        tags=list(tags),
        script=script,
        duration=duration,
        **(hand_set or {}),
        hand_set=sorted(hand_set or {}),
    )
    with stored(session, file, container), transaction.atomic():
        session.save()
        queue_run(session)
    return session


def inspect(file: "UploadedFile[Any]") -> str:
    """Which container `file` is, by its first bytes. Raises RecordingRefused."""
    if not file.size:
        raise RecordingRefused("empty_file")
    if file.size > settings.MAX_UPLOAD_BYTES:
        raise RecordingRefused("too_large")
    file.seek(0)
    first = file.read(audio.HEADER_BYTES)
    file.seek(0)
    try:
        return audio.sniff(first)
    except AnalysisError as error:
        raise RecordingRefused(error.code) from error


@contextlib.contextmanager
def stored(session: SpeechSession, file: "UploadedFile[Any]", container: str) -> Iterator[None]:
    """Store `file` as the session's recording; it is deleted again if the block raises."""
    extension, media_type = CONTAINERS[container]
    field = session.audio_file.field
    name = field.generate_filename(session, f"recording{extension}")
    try:
        session.audio_file = field.storage.save(name, file)
        session.audio_name = PurePath(file.name or "").name[:255]
        session.audio_type = media_type
        session.audio_stored_at = timezone.now()
        session.audio_deleted_at = None
        yield
    except BaseException:
        field.storage.delete(name)
        raise
