"""Links that act for whoever reads a mail: signed and short-lived.

A link names the event that ordered it; the event says for which address it was made. What makes it
good once is not here but in the one conditional UPDATE that uses it (services/emails.py).
"""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import SecurityEvent


@dataclass(frozen=True)
class Purpose:
    """What a link does, for how long, and which event ordered it."""

    name: str
    lasts: timedelta
    ordered_by: SecurityEvent.Kind


VERIFY = Purpose("verify", timedelta(days=3), SecurityEvent.Kind.VERIFICATION_ASKED)
CHANGE = Purpose("change", timedelta(days=1), SecurityEvent.Kind.EMAIL_CHANGE_ASKED)
UNDO = Purpose("undo", timedelta(days=7), SecurityEvent.Kind.EMAIL_CHANGED)


def token_for(purpose: Purpose, event: SecurityEvent) -> str:
    """What the link carries."""
    return signing.dumps(event.pk, salt=f"accounts.links.{purpose.name}")


def event_of(purpose: Purpose, token: str) -> SecurityEvent | None:
    """The event that ordered the link, with its user; None where it is forged or too old."""
    try:
        pk = signing.loads(token, salt=f"accounts.links.{purpose.name}", max_age=purpose.lasts)
    except signing.BadSignature:
        return None
    events = SecurityEvent.objects.select_related("user")
    return events.filter(pk=pk, kind=purpose.ordered_by).first()


def expired_event_of(purpose: Purpose, token: str) -> SecurityEvent | None:
    """The event of a link whose signature holds, however old; for the audit log."""
    try:
        pk = signing.loads(token, salt=f"accounts.links.{purpose.name}")
    except signing.BadSignature:
        return None
    return SecurityEvent.objects.select_related("user").filter(pk=pk).first()


def address(name: str, *args: str | int) -> str:
    """The whole address of the page called `name`, whatever host a request came to."""
    return urljoin(settings.SITE_URL, reverse(name, args=args))
