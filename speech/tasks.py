"""The front door of the worker that hears."""

from celery import shared_task

from contract.broker import hand_over
from speech import cache, hearings, listening


def send(hearing_id: int) -> bool:
    """Have a recording heard; False where the broker is down."""
    return hand_over(
        lambda: transcribe.apply_async(args=(hearing_id,), queue="tutor"), f"hearing {hearing_id}"
    )


@shared_task(name="speech.tasks.transcribe", soft_time_limit=110, time_limit=120)
def transcribe(hearing_id: int) -> None:
    """Hear one recording."""
    hearings.work(hearing_id, listening.hear)


@shared_task(name="speech.tasks.tidy", soft_time_limit=50, time_limit=60)
def tidy() -> None:
    """Delete recordings that lost processes left, and sounds that the cache has no room for."""
    hearings.forget_lost()
    cache.make_room()
