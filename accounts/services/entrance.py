"""Coming in: signing in and up, and how often somebody may try."""

from dataclasses import dataclass

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest

from accounts.addresses import client_address
from accounts.attempts import RESET_MAILS, SIGN_UPS, count, count_attempt, forget_attempts
from accounts.models import User, normal_email


@dataclass(frozen=True)
class SignIn:
    """What became of a name and a password: the person, or how long to wait, or neither."""

    user: User | None = None
    wait_seconds: int = 0


def sign_in(request: HttpRequest, email: str, password: str) -> SignIn:
    """The active user with this address and password; attempts are counted and bounded.

    An unknown address costs a password hash too, so that time does not tell who has an account.
    """
    address = client_address(request)
    wait_seconds = count_attempt(email, address)
    if wait_seconds:
        return SignIn(wait_seconds=wait_seconds)
    user = authenticate(request, username=email, password=password)
    if not isinstance(user, User):
        return SignIn()
    forget_attempts(email, address)
    return SignIn(user)


def check_password(user: User, password: str) -> int | None:
    """None where `password` is the one of `user`, else the seconds to wait (0: just wrong)."""
    wait_seconds = count_attempt(user.email, None)
    if wait_seconds:
        return wait_seconds
    if not user.check_password(password):
        return 0
    forget_attempts(user.email, None)
    return None


def may_send_reset(email: str) -> bool:
    """Whether another reset link may go to `email`: nobody's mailbox is to be filled."""
    return count(RESET_MAILS, normal_email(email)) == 0


def may_register(request: HttpRequest) -> int:
    """Seconds to wait before another account may be made from this address; 0 for go ahead."""
    address = client_address(request)
    return count(SIGN_UPS, address) if address else 0


def register(email: str, password: str, name: str = "") -> User:
    """A new learner. Raises IntegrityError where the address has an account already."""
    with transaction.atomic():
        return User.objects.create_user(email, password, name=name)
