"""What staff do to an account; its owner sees each in their audit log, with who did it.

The log of a learner keeps no address of staff: what an address stands for there is their own.
"""

from django.db import transaction

from accounts.models import User
from accounts.security_log import Kind, record
from accounts.services.ending import end_everything
from accounts.services.factors import remove_second_factor


def suspend(user: User, actor: User) -> bool:
    """Shut the account, and end whatever is signed in. False where it was shut already."""
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            return False
        user.is_active = False
        end_everything(user)
        record(user, Kind.SUSPENDED, actor=actor)
    return True


def restore(user: User, actor: User) -> bool:
    """Open a suspended account again; its owner signs in anew. False where it was open."""
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            return False
        user.is_active = True
        record(user, Kind.RESTORED, actor=actor)
    return True


def reset_second_factor(user: User, actor: User) -> None:
    """For who lost phone and codes: every factor goes, and whatever was signed in with one ends."""
    with transaction.atomic():
        remove_second_factor(user, actor=actor)
        end_everything(user)


def sign_out_by_staff(user: User, actor: User) -> None:
    """End every browser, token and app of `user`."""
    with transaction.atomic():
        end_everything(user)
        record(user, Kind.SIGNED_OUT_EVERYWHERE, actor=actor)


def password_was_set(user: User, actor: User) -> None:
    """A new password by staff ends what the old one opened."""
    with transaction.atomic():
        end_everything(user)
        record(user, Kind.PASSWORD_CHANGED, actor=actor)
