"""The one place that writes the audit log; services and doors tell it what happened."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.addresses import client_address, device_of
from accounts.models import SecurityEvent, User
from accounts.tasks import order_mail

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

# What was asked for is a mail.
MAIL_ASKED = frozenset({Kind.RESET_ASKED, Kind.VERIFICATION_ASKED, Kind.EMAIL_CHANGE_ASKED})

# What a stranger can make happen at will is told in so many rows an hour, however often it happens.
REPEATS_WITHIN = timedelta(hours=1)
MOST_ROWS = 20


def record(
    user: User,
    kind: SecurityEvent.Kind,
    request: HttpRequest | None = None,
    *,
    actor: User | None = None,
    mail: bool | None = None,
    **detail: Any,
) -> SecurityEvent:
    """Write down that `kind` happened to the account of `user`; serious events are mailed.

    `request` tells from where, `actor` names the member of staff who did it, `detail` is what the
    page needs to tell it in words: no secrets. `mail` overrides whether a mail goes out.
    """
    event = SecurityEvent.objects.create(
        user=user,
        kind=kind,
        address=client_address(request) if request else None,
        device=device_of(request) if request else "",
        actor=actor,
        detail=detail,
        mail_due=kind in SERIOUS | MAIL_ASKED if mail is None else mail,
    )
    if event.mail_due:
        transaction.on_commit(partial(order_mail, event.pk))
    return event


def record_refusal(
    user: User,
    kind: SecurityEvent.Kind,
    request: HttpRequest | None = None,
    *,
    mail: bool = False,
    **detail: Any,
) -> SecurityEvent:
    """Write down something that a stranger can make happen as often as they like.

    Within an hour the same from one address raises `detail["times"]` of one row; beyond 20
    addresses the newest row stands for all further ones, and `detail["addresses"]` says so. A mail
    goes out at most once a day for each kind.
    """
    address = client_address(request) if request else None
    now = timezone.now()
    with transaction.atomic():
        recent = SecurityEvent.objects.filter(user=user, kind=kind, at__gt=now - REPEATS_WITHIN)
        row = recent.filter(address=address).select_for_update().first()
        if row is None and recent.count() >= MOST_ROWS:
            row = recent.select_for_update().first()
        if row is not None:
            row.detail["times"] = row.detail.get("times", 1) + 1
            if row.address != address:
                row.detail["addresses"] = "more"
            row.save(update_fields=["detail"])
            return row
        return record(user, kind, request, mail=mail and not _mailed(user, kind), **detail)


def _mailed(user: User, kind: SecurityEvent.Kind) -> bool:
    """Whether a mail of this kind was ordered for `user` within a day."""
    day: QuerySet[SecurityEvent] = SecurityEvent.objects.filter(
        user=user, kind=kind, at__gt=timezone.now() - timedelta(days=1)
    )
    return day.filter(mail_due=True).exists() or day.filter(mailed_at__isnull=False).exists()
