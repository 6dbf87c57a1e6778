"""Who works on a turn: taken, kept and finished by conditional updates of its row.

A learner's message waits until its answer stands beside it. Turns of a talk are answered in order:
one is taken only when none before it waits. A worker that lost its lease writes nothing more.
"""

import os
import socket
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from conversations.models import TutorMessage, TutorSession

# Longer than hearing, answering and speaking may take together.
LEASE_SECONDS = 75
LEASE = timedelta(seconds=LEASE_SECONDS)
MOST_ATTEMPTS = 3
# Beat leaves what was just sent to the message that was sent for it.
RESEND_AFTER = timedelta(seconds=15)
RESEND_AT_ONCE = 50
# A reply that nobody spoke for so long is not spoken any more.
SPOKEN_WITHIN = timedelta(minutes=5)

_Message = TutorMessage
_WAITING = Q(side=_Message.Side.LEARNER, state=_Message.State.WAITING)


class LeaseLost(Exception):
    """The turn belongs to somebody else now, or is done, or gone."""


def claim(message_id: int) -> TutorMessage | None:
    """Take a learner's turn for LEASE; None where it is done, not its turn, or somebody's."""
    earlier = _Message.objects.filter(
        _WAITING, session=OuterRef("session"), position__lt=OuterRef("position")
    )
    return _taken(_Message.objects.filter(_WAITING, ~Exists(earlier), pk=message_id))


def claim_to_speak(message_id: int) -> TutorMessage | None:
    """Take a reply that is to be spoken for LEASE; None where it was, or somebody does it."""
    return _taken(_Message.objects.filter(pk=message_id, to_speak=True))


def _taken(messages: "QuerySet[TutorMessage]") -> TutorMessage | None:
    now = timezone.now()
    worker = f"{socket.gethostname()[:20]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    pk = messages.values_list("pk", flat=True).first()
    if pk is None or not messages.filter(free).update(
        worker=worker, lease_until=now + LEASE, attempts=F("attempts") + 1
    ):
        return None
    session = _Message.objects.select_related("session__user", "session__custom_scenario")
    return session.filter(pk=pk, worker=worker).first()


def write(message: TutorMessage, **values: Any) -> None:
    """Change the turn, as its worker, and tell its session's listeners by a new `seq`.

    Raises LeaseLost.
    """
    with transaction.atomic():
        seq = next_seq(message.session_id)
        _write(message, seq=seq, **values)


def finish(
    message: TutorMessage, reply: TutorMessage, on_session: Mapping[str, Any], **values: Any
) -> None:
    """Store the answer and that the turn has it, both or neither. Raises LeaseLost."""
    with transaction.atomic():
        seq = next_seq(message.session_id, step=2)
        _write(message, seq=seq - 1, lease_until=None, worker="", **values)
        reply.session_id, reply.position, reply.seq = message.session_id, message.position + 1, seq
        reply.save()
        TutorSession.objects.filter(pk=message.session_id).update(**on_session)


def give_back(message: TutorMessage, **values: Any) -> None:
    """Finish without an answer, or with what is left to do. Raises LeaseLost."""
    write(message, lease_until=None, worker="", **values)


def _write(message: TutorMessage, **values: Any) -> None:
    own = _Message.objects.filter(pk=message.pk, worker=message.worker)
    if not message.worker or not own.update(**values):
        raise LeaseLost(message.pk)
    for name, value in values.items():
        setattr(message, name, value)


def next_seq(session_id: int, step: int = 1) -> int:
    """The next number of a change, with the session locked until the transaction ends."""
    moved = TutorSession.objects.filter(pk=session_id).update(
        seq=F("seq") + step, changed_at=timezone.now()
    )
    if not moved:
        raise LeaseLost(session_id)
    return TutorSession.objects.values_list("seq", flat=True).get(pk=session_id)


def next_waiting(session_id: int) -> int | None:
    """The first turn of a session that waits for its answer."""
    waiting = _Message.objects.filter(_WAITING, session=session_id).order_by("position")
    return waiting.values_list("pk", flat=True).first()


def abandoned() -> list[int]:
    """Turns and replies that nobody works on, oldest first."""
    now = timezone.now()
    free = Q(lease_until__lte=now) | Q(lease_until=None, created_at__lte=now - RESEND_AFTER)
    to_speak = Q(to_speak=True, created_at__gt=now - SPOKEN_WITHIN)
    found = _Message.objects.filter(_WAITING | to_speak, free).order_by("created_at")
    return list(found.values_list("pk", flat=True)[:RESEND_AT_ONCE])
