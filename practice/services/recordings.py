"""What was said in a session: kept as a speech session of its learner, queued for analysis."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from practice.models import PracticeSession, Talk
from practice.services.announcing import announce
from practice.steps import texts_read
from speech_sessions.models import LONGEST_SCRIPT, SpeechSession
from speech_sessions.services import submit_recording


class AlreadyRecorded(Exception):
    """The session has its recording: another device sent one first."""


def keep_recording(session: PracticeSession, file: "UploadedFile[Any]") -> SpeechSession:
    """Store what was said in `session`, queued for analysis.

    What was read aloud is held against its text, a talk against its script. Raises
    AlreadyRecorded, speech_sessions.services.RecordingRefused.
    """
    read = "\n\n".join(texts_read(session))[:LONGEST_SCRIPT]
    kinds = SpeechSession.Kind
    with transaction.atomic():
        if PracticeSession.objects.select_for_update().get(pk=session.pk).recording_id:
            raise AlreadyRecorded
        recording = submit_recording(
            session.user,
            file,
            title=str(session.question or session.sequence or "")[:200],
            kind=kinds.READ_ALOUD if read else kinds.PRACTICE,
            tags=[session.kind],
            date=session.started_at,
            language=(session.sequence and session.sequence.language) or "en",
            script=read or _script_of_talk(session),
        )
        session.recording = recording
        session.save(update_fields=["recording", "updated_at"])
        announce(session, "recorded")
    return recording


def _script_of_talk(session: PracticeSession) -> str:
    """The script of the talk that was rehearsed, empty for other practice."""
    talk = Talk.objects.filter(pk=session.sequence_id).first()
    return talk.script if talk else ""
