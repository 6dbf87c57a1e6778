"""New passwords, and what ends with the old one."""

import time

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpRequest
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode

from accounts import lock_out
from accounts.addresses import client_address
from accounts.attempts import MAILS_FROM_ADDRESS, RESET_MAILS, count
from accounts.even_answers import wait_for_next
from accounts.models import User, normal_email
from accounts.security_log import Kind, record, record_refusal
from accounts.services.ending import end_everything, end_everything_else
from accounts.tasks import order_mail

# Everybody who asks for a link is answered at the next of these beats (seconds).
RESET_ANSWERS_EVERY = 0.2

_NO_EVENT = 0


def ask_reset(email: str, request: HttpRequest) -> int:
    """Have a reset link sent to `email`, where an active person has it; else do as much for nobody.

    The link is made by the worker that sends the mail. The answer, and the time it takes, do not
    tell whether there is an account. The seconds to wait, where this address asked too often.
    """
    started = time.monotonic()
    address = client_address(request)
    wait_seconds = count(MAILS_FROM_ADDRESS, address) if address else 0
    if wait_seconds:
        return wait_seconds
    person = User.objects.filter(email=normal_email(email), is_active=True).first()
    if count(RESET_MAILS, normal_email(email)) == 0 and person is not None:
        record(person, Kind.RESET_ASKED, request)
    else:
        order_mail(_NO_EVENT)
    wait_for_next(RESET_ANSWERS_EVERY, since=started)
    return 0


def set_password(user: User, password: str, request: HttpRequest | None = None) -> None:
    """Give `user` a new password: everything that speaks for them ends.

    Only the session of `request` goes on, where the person themselves asks with it.
    """
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        lock_out.forget_attempts_on(user.email)
        if request is not None and _is_session_of(user, request):
            end_everything_else(request, user)
        else:
            end_everything(user)
        record(user, Kind.PASSWORD_CHANGED, request)


def reset_password(user: User, password: str, request: HttpRequest | None = None) -> bool:
    """The same for `user` as a link in a mail found them; False where the link was used meanwhile.

    The password that the link was made for must still stand: one conditional UPDATE decides. Having
    read the mail shows that the address is theirs.
    """
    with transaction.atomic():
        unchanged = User.objects.filter(pk=user.pk, password=user.password)
        user.set_password(password)
        if unchanged.update(password=user.password, email_verified=True):
            lock_out.forget_attempts_on(user.email)
            end_everything(user)
            record(user, Kind.PASSWORD_CHANGED, request, by_mail=True)
            return True
    refuse_reset_link(user, request)
    return False


def refuse_reset_link(user: User, request: HttpRequest | None) -> None:
    """Write down that a used or expired reset link of `user` was opened."""
    record_refusal(user, Kind.LINK_REFUSED, request, link="reset")


def user_of_reset_link(uid: str, token: str, request: HttpRequest) -> User | None:
    """Whose password the link may set; None, and a line in their log, where it works no more."""
    try:
        pk = int(force_str(urlsafe_base64_decode(uid)))
    except (ValueError, OverflowError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first() if pk < 2**63 else None
    if user is None:
        return None
    if default_token_generator.check_token(user, token):
        return user
    refuse_reset_link(user, request)
    return None


def _is_session_of(user: User, request: HttpRequest) -> bool:
    """Whether a browser's session of `user` asks, and not a token."""
    session_user = getattr(request, "session", {}).get(SESSION_KEY)
    return session_user == str(user.pk) and "Authorization" not in request.headers
