"""Making, ending and opening shares. The apps above say what is shared; here is who may see it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import attempts
from accounts.models import User, normal_email
from sharing.models import Share

# More than a class; less than a list of addresses to try.
NEW_SHARES = attempts.Limit("shares", attempts=60, seconds=60 * 60)

MOST_GUESSES = 10
GUESSES_WITHIN = timedelta(hours=1)

# Reading on, listening again: one line of the view log an hour for each viewer.
TOLD_EVERY = timedelta(hours=1)

CHANGEABLE = frozenset({"include", "expires_at", "password"})


class NotConfirmed(Exception):
    """Whoever shares has not confirmed their e-mail address; `str()` says so."""

    def __str__(self) -> str:
        return _("Confirm your e-mail address first: then you can share.")


class NobodyThere(Exception):
    """No account has this address confirmed, or it is the owner's own; `str()` says so."""


class TooMany(Exception):
    """Too many attempts within an hour; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(_("Too many attempts. Wait a little."))
        self.wait = wait


def share(
    subject: models.Model, owner: User, email: str | None, terms: Mapping[str, Any]
) -> tuple[Share, bool]:
    """The open share of `subject` with who has `email`, or (None) by link; whether it is new.

    There is one of each: a second call changes it. `terms` may name `include` (a list),
    `expires_at` (a moment to come, or None: until it is ended) and `password` (plain; empty takes
    it off); what is left out stays as it was. Raises NotConfirmed, NobodyThere, TooMany.
    """
    if not owner.email_verified:
        raise NotConfirmed
    if unknown := set(terms) - CHANGEABLE:
        raise ValueError(f"These terms do not exist: {', '.join(sorted(unknown))}.")
    if wait := attempts.count(NEW_SHARES, str(owner.pk)):
        raise TooMany(wait)
    recipient = None if email is None else _person_at(email, owner)
    with transaction.atomic():
        # Two requests at once make one share.
        type(subject)._default_manager.select_for_update().get(pk=subject.pk)  # noqa: SLF001
        found, is_new = _present_or_new(subject, recipient)
        for name, value in terms.items():
            setattr(found, name, _hashed(value) if name == "password" else value)
        found.save()
    return found, is_new


def revoke(shares: "models.QuerySet[Any]") -> int:
    """End these at once; how many there were."""
    return shares.filter(revoked_at=None).update(revoked_at=timezone.now())


def note_opening(opened: Share, viewer: User | None, owner: User) -> None:
    """Count that `viewer` (None: not signed in) opened it, unless it is the owner who looks."""
    if viewer == owner:
        return
    type(opened)._default_manager.filter(pk=opened.pk).update(opened=F("opened") + 1)  # noqa: SLF001
    log: Any = opened.openings  # type: ignore[attr-defined]
    if not log.filter(viewer=viewer, at__gt=timezone.now() - TOLD_EVERY).exists():
        log.create(viewer=viewer)


def guess(opened: Share, password: str) -> bool:
    """Whether `password` is that of the share.

    A guess is counted before it is looked at, so that guesses sent at once are counted too; the
    right one forgets them. Raises TooMany after ten within an hour.
    """
    now = timezone.now()
    with transaction.atomic():
        locked = type(opened)._default_manager.select_for_update().get(pk=opened.pk)  # noqa: SLF001
        if locked.guesses_since is None or locked.guesses_since <= now - GUESSES_WITHIN:
            locked.guesses, locked.guesses_since = 0, now
        if locked.guesses >= MOST_GUESSES:
            left = locked.guesses_since + GUESSES_WITHIN - now
            raise TooMany(max(1, int(left.total_seconds())))
        locked.guesses += 1
        locked.save(update_fields=["guesses", "guesses_since"])
    if not check_password(password, locked.password):
        return False
    type(opened)._default_manager.filter(pk=opened.pk).update(guesses=0)  # noqa: SLF001
    return True


def _present_or_new(subject: Any, recipient: User | None) -> tuple[Share, bool]:
    """The open one; one that has run out is closed, so that its link stays dead."""
    who = {"by_link": True} if recipient is None else {"recipient": recipient}
    present: Share | None = subject.shares.filter(**who, revoked_at=None).first()
    if present is not None and present.is_open:
        return present, False
    if present is not None:
        revoke(subject.shares.filter(pk=present.pk))
    new: Share = subject.shares.model(subject=subject, **who)
    return new, True


def _hashed(password: str | None) -> str:
    return make_password(password) if password else ""


def _person_at(email: str, owner: User) -> User:
    address = normal_email(email)
    if address == owner.email:
        raise NobodyThere(_("This is your own address."))
    person = User.objects.filter(email=address, email_verified=True, is_active=True).first()
    if person is None:
        raise NobodyThere(
            _("Nobody with this confirmed address has an account here. Share a link instead.")
        )
    return person
