"""Addresses: confirmed, changed, and changed back."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts import links
from accounts.addresses import client_address
from accounts.attempts import EMAIL_CHANGES, MAILS_FROM_ADDRESS, VERIFICATION_MAILS, count
from accounts.links import Purpose
from accounts.models import SecurityEvent, User, normal_email
from accounts.security_log import Kind, record, record_refusal
from accounts.services.ending import end_everything


@dataclass(frozen=True)
class LinkUse:
    """What became of a link: whose it was where it worked; or that its address is taken."""

    user: User | None = None
    address_is_taken: bool = False


def ask_verification(user: User, request: HttpRequest) -> int:
    """Send a link that confirms the address of `user`; seconds to wait where it was too often."""
    wait_seconds = max(count(VERIFICATION_MAILS, str(user.pk)), _mails_wait(request))
    if not wait_seconds and not user.email_verified:
        record(user, Kind.VERIFICATION_ASKED, request, email=user.email)
    return wait_seconds


def verify(token: str, request: HttpRequest) -> LinkUse:
    """Confirm the address that the link of `token` went to, if it still is the person's."""
    event = links.event_of(links.VERIFY, token)
    if event is None:
        return _refuse(links.VERIFY, token, request)
    with transaction.atomic():
        waiting = User.objects.filter(
            pk=event.user_id, email=event.detail["email"], email_verified=False
        )
        if waiting.update(email_verified=True):
            record(event.user, Kind.EMAIL_VERIFIED, request, email=event.detail["email"])
            return LinkUse(event.user)
    return _refuse(links.VERIFY, token, request)


def ask_change(user: User, email: str, request: HttpRequest) -> int:
    """Send a link to the new address `email`; nothing changes before it is used.

    The answer is the same where `email` has an account: its owner is told, by that mail.
    """
    wait_seconds = max(count(EMAIL_CHANGES, str(user.pk)), _mails_wait(request))
    if not wait_seconds:
        record(
            user,
            Kind.EMAIL_CHANGE_ASKED,
            request,
            old=user.email,
            new=normal_email(email),
            epoch=user.credentials_epoch,
        )
    return wait_seconds


def confirm_change(token: str, request: HttpRequest) -> LinkUse:
    """Move the account to the address that the link of `token` went to; both addresses are told.

    One conditional UPDATE decides: the address must still be the one it was asked from, and nobody
    may have signed out everywhere since.
    """
    event = links.event_of(links.CHANGE, token)
    if event is None:
        return _refuse(links.CHANGE, token, request)
    old, new = event.detail["old"], event.detail["new"]
    waiting = User.objects.filter(
        pk=event.user_id, email=old, credentials_epoch=event.detail["epoch"], is_active=True
    )
    try:
        with transaction.atomic():
            user = waiting.select_for_update().first()
            if user is not None and waiting.update(email=new, email_verified=True):
                _tell_of_change(user, new, request)
                user.email = new
                record(user, Kind.EMAIL_VERIFIED, request, mail=True, email=new, changed=True)
                return LinkUse(user)
    except IntegrityError:
        return LinkUse(address_is_taken=True)
    return _refuse(links.CHANGE, token, request)


def undo_change(token: str, request: HttpRequest) -> LinkUse:
    """Give the account back to the old address, as its mailbox asks.

    Whoever changed it knew the password: so every session and token ends, the password works no
    more, and a link to choose a new one goes to the old address.
    """
    event = links.event_of(links.UNDO, token)
    if event is None:
        return _refuse(links.UNDO, token, request)
    old = event.detail["old"]
    try:
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=event.user_id)
            if not _undone(event):
                user.email, user.email_verified = old, True
                user.set_unusable_password()
                user.save(update_fields=["email", "email_verified", "password"])
                end_everything(user)
                record(user, Kind.EMAIL_CHANGED, request, mail=False, new=old, undo_of=event.pk)
                record(user, Kind.RESET_ASKED, request)
                return LinkUse(user)
    except IntegrityError:
        return LinkUse(address_is_taken=True)
    return _refuse(links.UNDO, token, request)


def set_address(user: User, email: str, actor: User) -> None:
    """Give `user` another address, as staff; it is to be confirmed, and the old one is told.

    Raises IntegrityError where another account has it.
    """
    with transaction.atomic():
        before = User.objects.select_for_update().get(pk=user.pk)
        User.objects.filter(pk=user.pk).update(email=email, email_verified=False)
        user.email, user.email_verified = email, False
        _tell_of_change(before, email, actor=actor)
        record(user, Kind.VERIFICATION_ASKED, actor=actor, email=email)


def _tell_of_change(
    before: User, new: str, request: HttpRequest | None = None, actor: User | None = None
) -> None:
    """Write the change down; the old mailbox gets the way back only where it was the person's.

    One that was never confirmed may be a stranger's, whom a slip of the pen must not let in.
    """
    record(
        before,
        Kind.EMAIL_CHANGED,
        request,
        actor=actor,
        mail=before.email_verified,
        old=before.email,
        new=new,
    )


def _undone(event: SecurityEvent) -> bool:
    """Whether the link that this event ordered was used; the person's row must be locked."""
    undone = SecurityEvent.objects.filter(user=event.user_id, kind=Kind.EMAIL_CHANGED)
    return undone.filter(detail__undo_of=event.pk).exists()


def _refuse(purpose: Purpose, token: str, request: HttpRequest) -> LinkUse:
    """The link is used up, too old, or no longer true; one that we made is in the audit log."""
    event = links.expired_event_of(purpose, token)
    if event is not None:
        record_refusal(event.user, Kind.LINK_REFUSED, request, link=purpose.name)
    return LinkUse()


def _mails_wait(request: HttpRequest) -> int:
    address = client_address(request)
    return count(MAILS_FROM_ADDRESS, address) if address else 0
