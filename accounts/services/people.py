"""Accounts as staff look after them, and the facts that people change of themselves."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Erasure, User
from accounts.security_log import Kind, record
from accounts.services.ending import end_everything
from accounts.services.entrance import register


def change_person(user: User, changes: dict[str, Any]) -> None:
    """Write the checked `changes` of a person's own facts."""
    for name, value in changes.items():
        setattr(user, name, value)
    if changes:
        user.save(update_fields=list(changes))


def make_person(actor: User, fields: dict[str, Any], request: HttpRequest) -> User:
    """An account that the member of staff `actor` makes for somebody.

    Raises IntegrityError where the address has an account already.
    """
    with transaction.atomic():
        user = register(
            fields["email"],
            fields.get("password") or None,
            fields["name"],
            role=fields["role"],
            native_language=fields["native_language"],
        )
        record(user, Kind.OPENED_BY_STAFF, request, actor=actor, what="account made")
        return user


def delete_person(user: User) -> None:
    """Shut the account of `user` at once; what belongs to it is erased by a worker."""
    now = timezone.now()
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=False)
        end_everything(user)
        Erasure.objects.update_or_create(user=user, defaults={"due_at": now})
