"""Phrases said after a model voice: their times, their recording, and the end of the practice."""

from collections.abc import Sequence as Ordered
from typing import Any, TypedDict

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from practice.models import PracticeSession, ShadowedPhrase
from practice.services.recordings import keep_recording
from practice.services.sessions import Completion, complete, mark_step


class Phrase(TypedDict):
    """How long the model voice took for phrase `number` (from 1), None unheard, and the learner."""

    number: int
    model_seconds: float | None
    own_seconds: float


def keep_phrases(
    session: PracticeSession,
    said: Completion,
    done: Ordered[int],
    phrases: Ordered[Phrase],
    file: "UploadedFile[Any] | None",
) -> PracticeSession:
    """End `session`: the steps `done`, how long each phrase took, and the recording, if any.

    The recording holds the phrases that are done and is held against their texts. Numbers that are
    no phrase of the sequence are left out; what ended stays as it ended.
    Raises speech_sessions.services.RecordingRefused.
    """
    if session.completed_at is not None:
        return session
    steps = session.sequence.steps.all() if session.sequence else ()
    texts = {step.number: step.title for step in steps}
    with transaction.atomic():
        for number in sorted(set(done) & texts.keys()):
            mark_step(session.user, session.pk, number, completed=True, seconds=None)
        for phrase in phrases:
            if phrase["number"] in texts:
                ShadowedPhrase.objects.update_or_create(
                    session=session,
                    number=phrase["number"],
                    defaults={
                        "text": texts[phrase["number"]],
                        "model_seconds": phrase["model_seconds"],
                        "own_seconds": phrase["own_seconds"],
                    },
                )
        if file is not None:
            keep_recording(PracticeSession.objects.get(pk=session.pk), file)
        return complete(session.user, session.pk, said)
