"""Mails about an account: claimed from the audit log, written in the person's language, sent.

A security event whose `mail_due` is set is the order for its mail. Whoever sends it claims it by
one conditional UPDATE and owns it for a minute; a failure frees it for a later time. So a worker
that is killed loses nothing, and a mail goes out twice only where the server took it and the worker
died before it could say so.
"""

import logging
import smtplib
from datetime import timedelta
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts import links
from accounts.browser_names import browser_name
from accounts.letters import letter
from accounts.models import SecurityEvent, User

logger = logging.getLogger(__name__)

Kind = SecurityEvent.Kind

# How long a claim lasts, and how long to wait after each failure; then the mail is given up.
LEASE = timedelta(minutes=1)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60))
TOO_OLD = timedelta(days=2)


def due() -> QuerySet[SecurityEvent]:
    """Events whose mail may be sent now, the oldest first."""
    now = timezone.now()
    free = Q(mail_after=None) | Q(mail_after__lte=now)
    untried = Q(mail_attempts__lte=len(PAUSES))
    return SecurityEvent.objects.filter(free, untried, mail_due=True).order_by("at")


def give_up_old() -> int:
    """Stop trying mails that came too late or failed too often; how many there were."""
    old, tried = Q(at__lte=timezone.now() - TOO_OLD), Q(mail_attempts__gt=len(PAUSES))
    return SecurityEvent.objects.filter(old | tried, mail_due=True).update(mail_due=False)


def send(event_id: int) -> bool:
    """Send the mail of this event, once; whether it went out now."""
    claimed = due().filter(pk=event_id).order_by()
    if not claimed.update(mail_attempts=F("mail_attempts") + 1, mail_after=timezone.now() + LEASE):
        return False
    event = SecurityEvent.objects.select_related("user").get(pk=event_id)
    try:
        written(event).send()
    except (OSError, smtplib.SMTPException) as error:
        _put_off(event, error)
        return False
    SecurityEvent.objects.filter(pk=event_id).update(mail_due=False, mailed_at=timezone.now())
    return True


def _put_off(event: SecurityEvent, error: Exception) -> None:
    """Try again later, or no more: a server that knows no such mailbox will not come to know it."""
    failures = event.mail_attempts
    hopeless = isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _reason in error.recipients.values()
    )
    again = not hopeless and failures <= len(PAUSES)
    # What the server said may repeat the address: the log gets only the kind of failure.
    logger.warning(
        "mail of event %s not sent (%s), %s",
        event.pk,
        type(error).__name__,
        "will be tried again" if again else "given up",
    )
    SecurityEvent.objects.filter(pk=event.pk).update(
        mail_due=again, mail_after=timezone.now() + PAUSES[failures - 1] if again else None
    )


def written(event: SecurityEvent) -> EmailMessage:
    """The mail of an event, in the language and time zone of whom it is for."""
    template = f"accounts/mail/{event.kind}.txt"
    return letter(event.user, template, _context(event), to=_recipient(event))


def _recipient(event: SecurityEvent) -> str:
    """Whom it is for: the person, where they are now unless the event names another address."""
    if event.kind == Kind.EMAIL_CHANGE_ASKED:
        return str(event.detail["new"])
    if event.kind == Kind.EMAIL_CHANGED:
        return str(event.detail["old"])
    return event.user.email


def _context(event: SecurityEvent) -> dict[str, Any]:
    """What the templates may name; `link` is the only secret, made here and kept nowhere."""
    return {
        "event": event,
        "user": event.user,
        "detail": event.detail,
        "due": parse_datetime(event.detail.get("due", "")),
        "browser": browser_name(event.device),
        "link": _link(event),
        "activity": links.address("accounts:activity"),
        "security": links.address("accounts:security"),
        "reset": links.address("accounts:password_reset"),
        "address_is_taken": event.kind == Kind.EMAIL_CHANGE_ASKED
        and User.objects.filter(email=event.detail["new"]).exists(),
    }


def _link(event: SecurityEvent) -> str:
    """The link that acts for its reader, where the event ordered one."""
    if event.kind == Kind.RESET_ASKED:
        uid = urlsafe_base64_encode(force_bytes(event.user.pk))
        token = default_token_generator.make_token(event.user)
        return links.address("accounts:password_reset_confirm", uid, token)
    pages = {
        Kind.VERIFICATION_ASKED: ("accounts:email_verify", links.VERIFY),
        Kind.EMAIL_CHANGE_ASKED: ("accounts:email_change_confirm", links.CHANGE),
        Kind.EMAIL_CHANGED: ("accounts:email_change_undo", links.UNDO),
    }
    page = pages.get(Kind(event.kind))
    return links.address(page[0], links.token_for(page[1], event)) if page else ""
