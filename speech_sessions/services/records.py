"""Sessions written down by hand: made without a recording, changed, corrected."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from contract.stored_files import delete_on_commit
from speech_sessions.models import SpeechSession
from speech_sessions.services.analysis import queue_run
from speech_sessions.services.recordings import inspect, stored

# Fields that an analysis fills in, and where its report keeps them.
ANALYSED = {
    "duration": "duration",
    "filler_count": "filler_count",
    "pacing_analysis": "pacing",
    "transcription": "transcript",
    "confidence_score": "confidence",
}
_NOT_ANALYSED: dict[str, Any] = {
    "duration": 0,
    "filler_count": 0,
    "pacing_analysis": "",
    "transcription": "",
    "confidence_score": None,
}
_PLAIN = {"title", "date", "kind", "language", "tags", "status", "script"}
# What the measuring depends on: a change makes the report untrue.
_MEASURED_BY = {"kind", "language", "script"}


def create_record(
    user: User,
    *,
    duration: int,
    transcription: str = "",
    title: str = "",
    kind: str = SpeechSession.Kind.TALK,
    language: str = "en",
    date: datetime | None = None,
    tags: Sequence[str] = (),
    script: str = "",
    hand_set: Mapping[str, Any] | None = None,
) -> SpeechSession:
    """A session of `user` without a recording.

    With a `transcription` it is queued and analysed as text; a `duration` (s) alone is a record.
    `script` is the text that a read-aloud is held against.
    `hand_set` holds analysed fields that the user gives themselves: they win over the analysis.
    """
    given = {name: value for name, value in (hand_set or {}).items() if value is not None}
    session = SpeechSession(
        user=user,
        title=title,
        kind=kind,
        language=language,
        date=date or timezone.now(),
        tags=list(tags),
        script=script,
        duration=duration,
        transcription=transcription,
    )
    for name, value in given.items():
        setattr(session, name, value)
    session.hand_set = sorted(given)
    with transaction.atomic():
        session.save()
        if transcription.strip():
            queue_run(session)
    return session


def update_session(
    session: SpeechSession, changes: Mapping[str, Any], audio: "UploadedFile[Any] | None" = None
) -> SpeechSession:
    """Change fields of `session`, and its recording where `audio` is given.

    An analysed field whose value changes counts as set by hand and keeps that value through later
    analyses; None gives it back to the machine. New audio, another language or kind, or another
    transcript of a session without audio are analysed anew, and a run under way is given up.
    Raises RecordingRefused, ValueError for a field that cannot be changed, and
    SpeechSession.DoesNotExist where it was deleted meanwhile.
    """
    unknown = set(changes) - _PLAIN - set(ANALYSED)
    if unknown:
        raise ValueError(f"These fields cannot be changed: {', '.join(sorted(unknown))}.")
    with ExitStack() as stack:
        if audio is not None:
            stack.enter_context(stored(session, audio, inspect(audio)))
        stack.enter_context(transaction.atomic())
        _change(session, changes, is_new_recording=audio is not None)
    return session


def _change(session: SpeechSession, changes: Mapping[str, Any], *, is_new_recording: bool) -> None:
    locked = SpeechSession.objects.select_for_update().filter(pk=session.pk)
    session.hand_set, before = locked.values_list("hand_set", "audio_file").get()
    changed = {name for name, value in changes.items() if getattr(session, name) != value}
    for name in changed:
        if name in ANALYSED:
            _set_by_hand(session, name, changes[name])
        else:
            setattr(session, name, changes[name])
    fields = {*changed, "hand_set", "updated_at"}
    if is_new_recording:
        if not before and session.transcription:
            # Until now the text was all there was, and somebody wrote it.
            session.hand_set = sorted({*session.hand_set, "transcription"})
        fields |= _forget_analysis(session)
        delete_on_commit(SpeechSession.audio_file.field.storage, [before])
    session.save(update_fields=fields)
    if is_new_recording or _is_measured_anew(session, changed):
        queue_run(session)


def _set_by_hand(session: SpeechSession, name: str, value: Any) -> None:
    by_hand = set(session.hand_set) - {name}
    if value is None:
        report = session.report
        value = getattr(report, ANALYSED[name]) if report else _NOT_ANALYSED[name]
        value = round(value) if name == "duration" else value
    else:
        by_hand.add(name)
    setattr(session, name, value)
    session.hand_set = sorted(by_hand)


def _forget_analysis(session: SpeechSession) -> set[str]:
    """Another recording: what was found in the old one is not true of it."""
    if session.status == SpeechSession.Status.ANALYZED:
        session.status = SpeechSession.Status.PENDING
    session.report = None
    session.outline = []
    for name in set(ANALYSED) - set(session.hand_set):
        setattr(session, name, _NOT_ANALYSED[name])
    session.runs.update(recording={})
    audio = {"file", "name", "type", "stored_at", "deleted_at"}
    return {*ANALYSED, "status", "report", "outline", *(f"audio_{name}" for name in audio)}


def _is_measured_anew(session: SpeechSession, changed: set[str]) -> bool:
    if session.audio_deleted_at is not None:
        return False
    if session.audio_file:
        return bool(changed & _MEASURED_BY)
    if not session.transcription.strip():
        return False
    return bool(changed & (_MEASURED_BY | {"transcription", "duration"}))
