"""Ending a talk: it is stored as a conversation, once."""

import contextlib

from django.db import transaction
from django.utils import timezone

from conversations import events, notices, reviewing, spool, summing_up, tasks, turns
from conversations.limits import DailyLimit
from conversations.models import TalkReview, TutorMessage, TutorSession, VoiceConversation
from conversations.services import stored
from conversations.services.spoken import end_turn
from conversations.services.tutor import SessionEnded, wait_for_answer
from conversations.tutor_selectors import session_of
from flashcards.services import TooManyCards, meet

WAIT_SECONDS = 10.0
MOST_WORDS = 20


def end(session: TutorSession) -> TutorSession:
    """End the talk and store it; one that is over stays as it was stored.

    What is being said is taken in; what still waits for its answer is given WAIT_SECONDS, and is
    kept unanswered then.
    """
    for left in spool.of_session(session.pk):
        with contextlib.suppress(SessionEnded, DailyLimit):
            end_turn(session, left.client_id)
    waiting = turns.next_waiting(session.pk)
    if waiting is not None and tasks.send_turn(waiting):
        wait_for_answer(TutorMessage(pk=waiting), WAIT_SECONDS)
    with transaction.atomic():
        locked = TutorSession.objects.select_for_update().get(pk=session.pk)
        is_first = locked.state == TutorSession.State.OPEN
        if is_first:
            _close(locked)
    ended = session_of(session.user, session.pk)
    if is_first:
        _meet_words(ended)
        events.publish_ended(ended)
    return ended


def _meet_words(session: TutorSession) -> None:
    """Give the learner a card of each word that was new, in the sentence in which it came."""
    said = TutorMessage.objects.filter(session=session).exclude(new_words=[]).order_by("position")
    met = [(each, one.text) for one in said for each in one.new_words if each["word"].strip()]
    for each, sentence in met[:MOST_WORDS]:
        try:
            meet(
                session.user,
                language=session.target_language,
                word=each["word"],
                meaning=each["meaning"],
                sentence=sentence,
                source=session.topic,
            )
        except TooManyCards:
            return


def keep_words(session: TutorSession) -> int:
    """Give the learner a card of each word that came in the talk; how many those were.

    Words that have a card already keep it as it is. Raises TooManyCards; those before it stay.
    """
    review: TalkReview | None = getattr(session, "review", None)
    words = review.facts["new_words"] if review else []
    for each in words:
        meet(
            session.user,
            language=session.target_language,
            word=each["word"],
            meaning=each["meaning"],
            sentence=each["sentence"],
            source=session.topic,
        )
    return len(words)


def _close(session: TutorSession) -> None:
    left = TutorMessage.objects.filter(
        session=session, side=TutorMessage.Side.LEARNER, state=TutorMessage.State.WAITING
    )
    seq = turns.next_seq(session.pk)
    left.update(state=TutorMessage.State.FAILED, notice=notices.ENDED_BEFORE, worker="", seq=seq)
    messages = list(TutorMessage.objects.filter(session=session).order_by("position"))
    session.state = TutorSession.State.ENDED
    session.ended_at = session.changed_at = timezone.now()
    session.seq = seq
    session.conversation = _stored(session, messages)
    session.save(update_fields=("state", "ended_at", "changed_at", "seq", "conversation"))
    if reviewing.begin(session, messages).due_at is not None:
        transaction.on_commit(lambda: tasks.send_review(session.pk), robust=True)


def _stored(session: TutorSession, messages: list[TutorMessage]) -> VoiceConversation | None:
    """The conversation; None where the learner said nothing. Its words are analysed as well."""
    said = [each for each in messages if each.side == TutorMessage.Side.LEARNER and each.text]
    if not said:
        return None
    return stored.create(
        session.user,
        {
            "topic": session.topic,
            "transcription": summing_up.transcript(messages),
            "native_language": session.native_language,
            "target_language": session.target_language,
            "conversation_type": session.conversation_type,
            "duration_minutes": summing_up.minutes(session, messages),
        },
    )
