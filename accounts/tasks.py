"""The front door of the workers: mails about accounts, and what is forgotten after its time."""

from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts import lock_out, mails
from accounts.models import BrowserSession, DeviceToken, RefreshFamily, SecurityEvent
from contract.broker import hand_over

AUDIT_LOG_LASTS = timedelta(days=2 * 365)
MAILS_AT_ONCE = 100


def order_mail(event_id: int) -> bool:
    """Hand a mail to a worker; False where the broker is down: beat orders it again."""
    return hand_over(lambda: mail_event.apply_async(args=(event_id,)), f"mail of event {event_id}")


@shared_task(name="accounts.tasks.mail_event", soft_time_limit=30, time_limit=40)
def mail_event(event_id: int) -> None:
    """Send the mail that an event ordered."""
    mails.send(event_id)


@shared_task(name="accounts.tasks.send_due_mails", soft_time_limit=20, time_limit=30)
def send_due_mails() -> None:
    """Order the mails again that nobody has sent, and give up those that came too late."""
    mails.give_up_old()
    for event_id in mails.due().values_list("pk", flat=True)[:MAILS_AT_ONCE]:
        if not order_mail(event_id):
            return


@shared_task(name="accounts.tasks.forget_old_rows", soft_time_limit=240, time_limit=300)
def forget_old_rows() -> None:
    """Delete what counts no more: old attempts, expired sessions and tokens, a log of years ago."""
    lock_out.old_attempts().delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    lasting = Session.objects.filter(session_key=OuterRef("session_key"))
    BrowserSession.objects.filter(~Exists(lasting)).delete()
    DeviceToken.objects.filter(expiry__lte=timezone.now()).delete()
    RefreshFamily.objects.filter(expires_at__lte=timezone.now()).delete()
    SecurityEvent.objects.filter(at__lt=timezone.now() - AUDIT_LOG_LASTS).delete()
