"""Recordings for the worker that hears: stored, heard there, answered, and gone."""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from accounts.models import User
from speech.models import KEPT, Hearing
from speech.results import Heard, HeardWord, PassedOver, ServiceName, SpeechError

# How often whoever waits looks: much shorter than any hearing takes.
LOOK_EVERY = 0.05


@contextlib.contextmanager
def stored(user: User, file: "UploadedFile[Any]", language: str) -> Iterator[Hearing]:
    """A row with the recording, as long as somebody waits."""
    file.seek(0)
    hearing = Hearing(user=user, language=language)
    hearing.audio.save("sent", file, save=False)
    try:
        hearing.save()
        yield hearing
    finally:
        forget(hearing)


def await_answer(hearing: Hearing) -> Heard:
    """What the worker heard, within SPEECH_WAIT_SECONDS. Raises SpeechError."""
    until = time.monotonic() + settings.SPEECH_WAIT_SECONDS
    while time.monotonic() < until:
        answer = Hearing.objects.filter(pk=hearing.pk).values_list("answer", flat=True).first()
        if answer is not None:
            return _from_json(answer)
        time.sleep(LOOK_EVERY)
    raise SpeechError(
        "engine_unavailable", permanent=False, detail="The worker that hears did not answer."
    )


def work(hearing_id: int, hear: Callable[..., Heard]) -> None:
    """Hear it, unless another worker did or nobody waits any more."""
    if not Hearing.objects.filter(pk=hearing_id, started=False).update(started=True):
        return
    hearing = Hearing.objects.filter(pk=hearing_id).first()
    if hearing is None:
        return
    try:
        with hearing.audio.open() as file:
            content = file.read()
        answer: dict[str, Any] = {"heard": asdict(hear(content, language=hearing.language or None))}
    except FileNotFoundError:  # nobody waits any more
        return
    except SpeechError as error:
        answer = {"error": [error.code, error.permanent, error.detail, error.limit]}
    Hearing.objects.filter(pk=hearing_id).update(answer=answer)


def forget(hearing: Hearing) -> None:
    """Delete the recording and its row."""
    hearing.audio.delete(save=False)
    Hearing.objects.filter(pk=hearing.pk).delete()


def forget_lost() -> int:
    """Delete what lost processes left behind; how many."""
    lost = list(Hearing.objects.filter(created_at__lt=timezone.now() - KEPT))
    for hearing in lost:
        forget(hearing)
    return len(lost)


def _from_json(answer: dict[str, Any]) -> Heard:
    if "error" in answer:
        code, permanent, detail, limit = answer["error"]
        raise SpeechError(code, permanent=permanent, detail=detail, limit=limit)
    heard = answer["heard"]
    service = heard["service"]
    return Heard(
        **{
            **heard,
            "words": tuple(HeardWord(**word) for word in heard["words"]),
            "service": ServiceName(**service) if service else None,
            "passed_over": tuple(PassedOver(**each) for each in heard["passed_over"]),
        }
    )
