"""Turns of a talk that the learner's device has with a realtime model: kept here as they end.

The model hears and answers by itself; what both sides said comes as text, each once by its
`client_id`, so that the talk is stored like any other and the usual partner can take over.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from conversations import answering, events, limits, turns
from conversations.limits import DailyLimit
from conversations.models import TutorMessage, TutorSession
from conversations.models.tutor import LONGEST_TEXT
from conversations.services.tutor import SessionEnded

_Side = TutorMessage.Side


@dataclass(frozen=True, slots=True)
class Said:
    """What one side said. `seconds`: how long a learner spoke, 0 where that is not known."""

    side: str
    text: str
    client_id: str
    seconds: float = 0.0


def keep_said(session: TutorSession, said: Said) -> TutorMessage:
    """Keep a turn, in the order in which they come, once. Raises SessionEnded.

    A day's limit refuses no turn: it was said already. `may_go_on` tells whether another may be.
    """
    with transaction.atomic():
        locked = TutorSession.objects.select_for_update().get(pk=session.pk)
        kept = TutorMessage.objects.filter(session=session)
        known = kept.filter(client_id=said.client_id).first()
        if known is not None:
            return known
        if locked.state == TutorSession.State.ENDED:
            raise SessionEnded
        seq = turns.next_seq(session.pk)
        last = kept.order_by("-position").first()
        message = TutorMessage.objects.create(
            session=session,
            position=_place_after(last, said.side),
            side=said.side,
            state=TutorMessage.State.ANSWERED,
            text=said.text.strip()[:LONGEST_TEXT],
            seconds=said.seconds,
            corrections=_corrections(session, last, said.side),
            client_id=said.client_id,
            seq=seq,
            answered_at=timezone.now(),
        )
        if said.side == _Side.LEARNER:
            _keep_script_in_step(locked, message.text)
    events.publish_message(message)
    return message


def may_go_on(session: TutorSession) -> bool:
    """Whether the learner has anything left of the day's talking."""
    try:
        limits.check(session.user)
    except DailyLimit:
        return False
    return True


def _place_after(last: TutorMessage | None, side: str) -> int:
    """The next odd position for the learner, the next even one for the tutor.

    The place beside a turn that still waits belongs to its answer.
    """
    if last is None:
        return 1 if side == _Side.LEARNER else 0
    place = last.position + 1
    if last.state == TutorMessage.State.WAITING:
        place += 1
    is_learners = place % 2 == 1
    return place if is_learners == (side == _Side.LEARNER) else place + 1


def _corrections(
    session: TutorSession, last: TutorMessage | None, side: str
) -> list[dict[str, str]]:
    """What the rules would say otherwise in the turn that is answered."""
    if side != _Side.TUTOR or last is None or last.side != _Side.LEARNER:
        return []
    return answering.by_rules(session, last.text)


def _keep_script_in_step(session: TutorSession, said: str) -> None:
    """The scripted partner follows, so that it can take over, and sees what was got done."""
    follows = answering.by_script(session, said)
    if follows is None:
        return
    met = list(dict.fromkeys([*session.checks_met, *follows.checks_met]))
    TutorSession.objects.filter(pk=session.pk).update(dialogue=follows.dialogue, checks_met=met)
