"""Asking to have one's account erased, and taking that back within the days of grace."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Erasure, User
from accounts.security_log import Kind, record
from accounts.services.ending import end_everything


def ask_erasure(user: User, request: HttpRequest | None = None) -> Erasure:
    """Order the erasure of `user`; the one that was ordered before stands.

    Everything that speaks for them ends now: sessions, tokens, families. Signing in again leads to
    the page that takes the order back, and nowhere else.
    """
    due = timezone.now() + timedelta(days=settings.ERASURE_GRACE_DAYS)
    try:
        with transaction.atomic():
            erasure = Erasure.objects.create(user=user, due_at=due)
            end_everything(user)
            record(user, Kind.ERASURE_ASKED, request, due=due.isoformat())
    except IntegrityError:
        return Erasure.objects.get(user=user)
    return erasure


def cancel_erasure(user: User, request: HttpRequest | None = None) -> bool:
    """Take the order back; False where its day has come, or there is none."""
    with transaction.atomic():
        waiting = Erasure.objects.filter(user=user, due_at__gt=timezone.now())
        if not waiting.delete()[0]:
            return False
        record(user, Kind.ERASURE_CANCELLED, request)
    return True


def erasure_of(user: User | AnonymousUser) -> Erasure | None:
    """The order to erase `user`, if there is one."""
    if not user.is_authenticated:
        return None
    try:
        found: Erasure = user.erasure  # there already, for who came with a session
    except Erasure.DoesNotExist:
        return None
    return found
