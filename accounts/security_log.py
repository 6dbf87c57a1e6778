"""The one place that writes the audit log; services and doors tell it what happened."""

from typing import Any

from django.http import HttpRequest

from accounts.addresses import client_address
from accounts.models import SecurityEvent, User

Kind = SecurityEvent.Kind

# What its owner has to hear of even if they never look: a mail goes out.
SERIOUS = frozenset(
    {
        Kind.NEW_DEVICE,
        Kind.LOCKED_OUT,
        Kind.PASSWORD_CHANGED,
        Kind.EMAIL_CHANGED,
        Kind.FACTOR_ADDED,
        Kind.FACTOR_REMOVED,
        Kind.BACKUP_CODE_USED,
        Kind.TOKEN_NEW_ADDRESS,
        Kind.REFRESH_REUSED,
        Kind.IDENTITY_LINKED,
        Kind.EXPORT_ASKED,
        Kind.ERASURE_ASKED,
        Kind.SUSPENDED,
    }
)


def record(
    user: User,
    kind: SecurityEvent.Kind,
    request: HttpRequest | None = None,
    *,
    actor: User | None = None,
    **detail: Any,
) -> SecurityEvent:
    """Write down that `kind` happened to the account of `user`; serious events are mailed.

    `request` tells from where, `actor` names the member of staff who did it, `detail` is what the
    page needs to tell it in words: no secrets.
    """
    return SecurityEvent.objects.create(
        user=user,
        kind=kind,
        address=client_address(request) if request else None,
        device=device_of(request) if request else "",
        actor=actor,
        detail=detail,
        mail_due=kind in SERIOUS,
    )


def device_of(request: HttpRequest) -> str:
    """What the browser or program calls itself, cut to what is kept."""
    return request.headers.get("User-Agent", "")[:300]
