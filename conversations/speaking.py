"""The tutor's voice: a reply is spoken sentence by sentence, told as it comes, and kept whole."""

import logging
import time
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from conversations import answering, events, sound, turns
from conversations.models import TutorMessage, TutorSession
from speech.sentences import sentences
from speech.services import speak_sentences, who_speaks

logger = logging.getLogger(__name__)


def is_spoken(session: TutorSession) -> bool:
    """Whether there is a voice for the language of the talk."""
    return bool(who_speaks(session.target_language_code))


def held_by(message: TutorMessage) -> dict[str, Any]:
    """What makes a reply that is stored with an answer its worker's to speak."""
    return {
        "to_speak": True,
        "worker": message.worker,
        "lease_until": timezone.now() + turns.LEASE,
    }


def speak(reply: TutorMessage, session: TutorSession) -> None:
    """Speak a reply that this worker holds, tell each sentence, and keep the whole."""
    began = time.monotonic()
    number = len(sentences(reply.text))
    pieces, spent = [], []
    spoken_by = speak_sentences(
        reply.text,
        language=session.target_language_code,
        voice=session.voice or None,
        speed=answering.persona_of(session).speed,
    )
    for index, spoken in enumerate(spoken_by):
        with default_storage.open(spoken.path) as file:
            pieces.append(file.read())
        if not index:
            first = round(time.monotonic() - began, 3)
        events.publish_audio(reply, index, pieces[-1], last=index == number - 1)
        spent.append(spoken)
    if len(pieces) < number:
        events.publish_audio(reply, len(pieces), b"", last=True)
    if not pieces:
        turns.give_back(reply, to_speak=False)
        return
    timings = {
        "service": spent[0].service.name,
        "leaves_machine": spent[0].service.leaves_machine,
        "first_seconds": first,
        "seconds": round(time.monotonic() - began, 3),
        "cost": _sum([each.cost for each in spent]),
        "passed_over": [
            {"name": one.name, "code": one.code} for each in spent for one in each.passed_over
        ],
    }
    _keep(reply, pieces, timings)


def _keep(reply: TutorMessage, pieces: list[bytes], timings: dict[str, Any]) -> None:
    whole, seconds = sound.joined(pieces)
    field = reply.audio.field
    name = field.storage.save(field.generate_filename(reply, "reply.wav"), ContentFile(whole))
    try:
        turns.give_back(
            reply,
            audio=name,
            audio_type="audio/wav",
            seconds=round(seconds, 3),
            to_speak=False,
            timings=reply.timings | {"speak": timings},
        )
    except turns.LeaseLost:
        field.storage.delete(name)
        raise
    events.publish_message(reply)


def _sum(costs: list[float | None]) -> float | None:
    """None where the price of a part is not known."""
    known = [cost for cost in costs if cost is not None]
    return round(sum(known), 6) if len(known) == len(costs) else None
