"""Coming in: signing in and up, and how often somebody may try."""

import time
from dataclasses import dataclass

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest

from accounts import lock_out
from accounts.addresses import client_address
from accounts.attempts import SIGN_UPS, count
from accounts.even_answers import wait_for_next
from accounts.models import User, normal_email
from accounts.security_log import Kind, record, record_refusal

# Refused sign-ins are answered at the next of these beats (seconds), whether there is an account.
REFUSALS_EVERY = 0.05


@dataclass(frozen=True)
class SignIn:
    """What became of a name and a password: the person, or how long to wait, or neither."""

    user: User | None = None
    wait_seconds: int = 0


def sign_in(request: HttpRequest, email: str, password: str) -> SignIn:
    """The active user with this address and password; attempts are counted and bounded.

    An unknown address costs a password hash too, and what is written for a known one hides in the
    time that every refusal takes, so that time does not tell who has an account.
    """
    started = time.monotonic()
    user = authenticate(request, username=email, password=password)
    if isinstance(user, User):
        lock_out.forget_attempts(email, client_address(request))
        return SignIn(user)
    wait_seconds: int = getattr(request, "lock_out_seconds", 0)
    known = User.objects.filter(email=normal_email(email)).first()
    if known is not None:
        refuse(known, request, wait_seconds)
    wait_for_next(REFUSALS_EVERY, since=started)
    return SignIn(wait_seconds=wait_seconds)


def refuse(user: User, request: HttpRequest | None, wait_seconds: int) -> None:
    """Write down a wrong password, or that there were too many."""
    if wait_seconds:
        record_refusal(user, Kind.LOCKED_OUT, request, mail=True)
    else:
        record_refusal(user, Kind.SIGN_IN_REFUSED, request)


def check_password(user: User, password: str, request: HttpRequest) -> int | None:
    """None where `password` is the one of `user`, else the seconds to wait (0: just wrong).

    For somebody who is signed in already: wherever they are, they are counted together.
    """
    wait_seconds = lock_out.count_attempt(user.email, None)
    if not wait_seconds and user.check_password(password):
        lock_out.forget_attempts(user.email, None)
        return None
    refuse(user, request, wait_seconds)
    return wait_seconds


def may_register(request: HttpRequest) -> int:
    """Seconds to wait before another account may be made from this address; 0 for go ahead."""
    address = client_address(request)
    return count(SIGN_UPS, address) if address else 0


def register(
    email: str,
    password: str | None,
    name: str = "",
    request: HttpRequest | None = None,
    **fields: str,
) -> User:
    """A new learner, to whom a mail goes to confirm the address.

    Raises IntegrityError where the address has an account already.
    """
    with transaction.atomic():
        user = User.objects.create_user(email, password, name=name, **fields)
        record(user, Kind.SIGNED_UP, request)
        record(user, Kind.VERIFICATION_ASKED, request, email=user.email)
        return user
