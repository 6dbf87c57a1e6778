"""The front door of the workers."""

from celery import shared_task

from contract.broker import hand_over
from pronunciation import judging, retention

QUEUE = "tutor"


def send(attempt_id: int) -> bool:
    """Have an attempt judged; False where the broker is down: beat sends it again."""
    return hand_over(
        lambda: judge_attempt.apply_async(args=(attempt_id,), queue=QUEUE),
        f"attempt {attempt_id}",
    )


@shared_task(
    name="pronunciation.tasks.judge_attempt",
    soft_time_limit=judging.LEASE.total_seconds() - 10,
    time_limit=judging.LEASE.total_seconds(),
)
def judge_attempt(attempt_id: int) -> None:
    """Judge one attempt, unless somebody else does."""
    judging.judge(attempt_id)


@shared_task(name="pronunciation.tasks.resume_attempts", soft_time_limit=20, time_limit=30)
def resume_attempts() -> None:
    """Send attempts again that wait: told in vain, or left half done."""
    for attempt_id in judging.waiting():
        if not send(attempt_id):
            return


@shared_task(name="pronunciation.tasks.tend_recordings", soft_time_limit=60, time_limit=90)
def tend_recordings() -> None:
    """Delete how sentences were said where their speakers want it kept for a time only."""
    retention.delete_due()
