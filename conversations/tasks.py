"""The front door of the workers."""

from celery import shared_task
from django.conf import settings

from contract.broker import hand_over
from conversations import captions, feedback, retention, reviewing, turns, tutoring


def send(conversation_id: int) -> bool:
    """Have a conversation analysed; False where the broker is down: beat sends it again."""
    return hand_over(
        lambda: find_feedback.apply_async(args=(conversation_id,), queue="feedback"),
        f"conversation {conversation_id}",
    )


@shared_task(
    name="conversations.tasks.find_feedback",
    soft_time_limit=feedback.LEASE.total_seconds() - 10,
    time_limit=feedback.LEASE.total_seconds(),
)
def find_feedback(conversation_id: int) -> None:
    """Analyse one conversation, unless somebody else does."""
    feedback.find(conversation_id)


@shared_task(name="conversations.tasks.resume_feedback", soft_time_limit=20, time_limit=30)
def resume_feedback() -> None:
    """Send conversations again that wait for their analysis: told in vain, or left half done."""
    for conversation_id in feedback.waiting():
        if not send(conversation_id):
            return


def send_review(session_id: int) -> bool:
    """Have the turns of a talk measured; False where the broker is down: beat sends it again."""
    return hand_over(
        lambda: review_talk.apply_async(args=(session_id,), queue="transcription"),
        f"review of talk {session_id}",
    )


@shared_task(
    name="conversations.tasks.review_talk",
    soft_time_limit=settings.ANALYSIS_HARD_TIME_LIMIT - 60,
    time_limit=settings.ANALYSIS_HARD_TIME_LIMIT,
)
def review_talk(session_id: int) -> None:
    """Measure the turns of one talk, unless somebody else does."""
    reviewing.work(session_id)


@shared_task(name="conversations.tasks.resume_reviews", soft_time_limit=20, time_limit=30)
def resume_reviews() -> None:
    """Send talks again that wait to be measured: told in vain, or left half done."""
    for session_id in reviewing.waiting():
        if not send_review(session_id):
            return


def send_turn(message_id: int) -> bool:
    """Have a learner's turn answered; False where the broker is down: beat sends it again."""
    return hand_over(
        lambda: answer_turn.apply_async(args=(message_id,), queue="tutor"), f"turn {message_id}"
    )


@shared_task(
    name="conversations.tasks.answer_turn",
    soft_time_limit=turns.LEASE_SECONDS - 5,
    time_limit=turns.LEASE_SECONDS,
)
def answer_turn(message_id: int) -> None:
    """Answer one turn, unless somebody else does; then the next that waits in its talk."""
    following = tutoring.take_turn(message_id)
    if following is not None:
        send_turn(following)


@shared_task(name="conversations.tasks.resume_turns", soft_time_limit=20, time_limit=30)
def resume_turns() -> None:
    """Send turns again that wait: told in vain, or left by a worker that is no more."""
    for message_id in turns.abandoned():
        if not send_turn(message_id):
            return


def send_hearing(session_id: int) -> bool:
    """Have what is being said written along; False where the broker is down: then it is not."""
    return hand_over(
        lambda: hear_so_far.apply_async(args=(session_id,), queue="tutor", expires=3.0),
        f"captions of talk {session_id}",
    )


# Ending a worker costs its loaded model, and with it more than a late caption.
@shared_task(name="conversations.tasks.hear_so_far", soft_time_limit=30, time_limit=60)
def hear_so_far(session_id: int) -> None:
    """Write along with the turn that is being spoken."""
    captions.hear_so_far(session_id)


@shared_task(name="conversations.tasks.tend_sound", soft_time_limit=60, time_limit=90)
def tend_sound() -> None:
    """Delete what was said where its speaker wants it kept for a time only."""
    retention.delete_due()
