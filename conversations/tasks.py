"""The front door of the workers."""

from celery import shared_task

from contract.broker import hand_over
from conversations import feedback


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
