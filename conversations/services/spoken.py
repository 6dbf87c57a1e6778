"""Turns that come frame by frame: kept as they come, heard in between, stored at the end."""

import logging

from django.core.cache import cache
from redis.exceptions import RedisError

from conversations import limits, spool, tasks
from conversations.models import TutorMessage, TutorSession
from conversations.services.tutor import SessionEnded, take_audio
from conversations.sound import BYTES_A_SAMPLE, SAMPLE_RATE, wav_of

logger = logging.getLogger(__name__)

PARTIAL_SECONDS = 1.5
# Less is a slip of the finger.
SHORTEST_BYTES = SAMPLE_RATE * BYTES_A_SAMPLE // 5


class TooManyVoices(Exception):
    """So many turns of one talk are being spoken that another one is not begun."""


def begin_turn(session: TutorSession, client_id: str) -> int:
    """Make room for a turn's frames; how many samples of it are there from before.

    Raises SessionEnded, DailyLimit, TooManyVoices.
    """
    if session.state == TutorSession.State.ENDED:
        raise SessionEnded
    limits.check(session.user)
    others = [each for each in spool.of_session(session.pk) if each.client_id != client_id]
    if len(others) >= spool.MOST_AT_ONCE:
        raise TooManyVoices
    return spool.Spool(session.pk, client_id).open() // BYTES_A_SAMPLE


def add_frames(
    session_id: int, client_id: str, frames: bytes, *, is_heard_live: bool = False
) -> bool:
    """Keep frames, and have what came so far heard now and then; False where it is too long.

    Where somebody hears them live, nobody else is asked.
    """
    has_room = spool.Spool(session_id, client_id).add(frames)
    if is_heard_live:
        return has_room
    try:
        if cache.add(f"tutor-partial:{session_id}", 1, timeout=PARTIAL_SECONDS):
            tasks.send_hearing(session_id)
    except RedisError as error:
        logger.warning("no captions for talk %s: %s", session_id, error)
    return has_room


def end_turn(session: TutorSession, client_id: str) -> TutorMessage | None:
    """Store the turn and have it answered; None where next to nothing was said.

    Raises SessionEnded, DailyLimit; the frames stay then.
    """
    spooled = spool.Spool(session.pk, client_id)
    frames = spooled.read()
    if len(frames) < SHORTEST_BYTES:
        spooled.drop()
        return TutorMessage.objects.filter(session=session, client_id=client_id).first()
    message = take_audio(session, wav_of(frames), client_id)
    spooled.drop()
    return message


def cancel_turn(session_id: int, client_id: str) -> None:
    """Forget what was said of a turn."""
    spool.Spool(session_id, client_id).drop()


def take_in_left_turns() -> int:
    """Store turns whose speaker went away in the middle; how many."""
    taken = 0
    for left in spool.left_behind():
        session = TutorSession.objects.select_related("user").filter(pk=left.session_id).first()
        if session is None or session.state == TutorSession.State.ENDED:
            left.drop()
            continue
        try:
            taken += end_turn(session, left.client_id) is not None
        except limits.DailyLimit:
            logger.info("a turn of talk %s waits for tomorrow", session.pk)
    return taken
