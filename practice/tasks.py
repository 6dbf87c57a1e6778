"""The front door of the workers."""

from celery import shared_task

from practice import reminders


@shared_task(name="practice.tasks.send_due_reminders", soft_time_limit=240, time_limit=300)
def send_due_reminders() -> None:
    """Send the reminders that are due."""
    reminders.send_due()
