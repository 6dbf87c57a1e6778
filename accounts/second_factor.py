"""The gate of the second factor: who needs one, whether it was given, and the checking of a code.

`owed(user, given=...)` is the one gate, whatever way the first step went (password, passkey, the
sign-in of another site, token, JWT). Who asks it:

- pages: `accounts.middleware.SecondFactorMiddleware`, for sessions;
- the API: `accounts.permissions.SecondFactorGiven`; each authentication class puts an object on
  `request.auth` that says `second_factor: bool` (whether it was issued after a factor) and, where
  it has asked the database already, `owner_has_factor: bool`;
- WebSockets: `is_satisfied(user, session)`, or `owed(user, given=...)` for who came with a ticket.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from accounts.models import BackupCodeDevice, User

# What a person types in; wrong guesses are counted a device.
CODE_FACTORS: tuple[type[Device], ...] = (TOTPDevice, BackupCodeDevice)

# A device of any of these kinds means that its owner is asked for a second factor.
FACTORS: tuple[type[Device], ...] = (*CODE_FACTORS, WebAuthnCredential)

_TOTP_CODE = re.compile(r"[0-9]{6}", re.ASCII)


class Owed(Enum):
    """What stands between somebody who took the first step and their data."""

    NOTHING = "nothing"
    CODE = "code"  # or a passkey: they have a factor and did not give it
    SET_UP = "set_up"  # they must have a factor and have none


@dataclass(frozen=True)
class Verification:
    """What became of a code: the device that took it, or how long to wait before the next try."""

    device: Device | None = None
    wait_seconds: int = 0


def has_factor_where(user_id: OuterRef) -> Q:
    """The condition "this user has a confirmed device", for a query that knows the user's id."""
    condition = Q()
    for model in FACTORS:
        condition |= Q(Exists(model.objects.filter(user_id=user_id, confirmed=True)))
    return condition


def has_factor(user: User | AnonymousUser) -> bool:
    """Whether a confirmed device belongs to `user`. One query."""
    if not user.is_authenticated:
        return False
    return User.objects.filter(has_factor_where(OuterRef("pk")), pk=user.pk).exists()


def must_have_factor(user: User) -> bool:
    """Whether `user` may do nothing before they have set up a factor.

    Staff must; but who has just made the first superuser on a laptop (DEBUG on) is let in.
    """
    fresh_installation = settings.DEBUG and user.is_superuser
    return user.must_use_second_factor or (user.is_staff and not fresh_installation)


def owed(user: User | AnonymousUser, *, given: bool, has_device: bool | None = None) -> Owed:
    """What `user`, who has taken the first step, still has to do; the one gate of all doors.

    `given` says whether the credential they came with was made after a second factor;
    `has_device` saves the query where the caller knows whether a confirmed device is theirs.
    """
    if given or not user.is_authenticated:
        return Owed.NOTHING
    if has_factor(user) if has_device is None else has_device:
        return Owed.CODE
    return Owed.SET_UP if must_have_factor(user) else Owed.NOTHING


def is_required(user: User | AnonymousUser) -> bool:
    """Whether `user` must give a second factor: they have a device, or are asked to have one."""
    return owed(user, given=False) is not Owed.NOTHING


def is_verified(user: User | AnonymousUser, session: Mapping[str, Any] | None = None) -> bool:
    """Whether the session that `user` came with has given a second factor.

    Requests carry the answer on the user (django-otp's middleware put it there); who has no request
    hands over the session.
    """
    if not user.is_authenticated:
        return False
    if session is None:
        return getattr(user, "otp_device", None) is not None
    device = Device.from_persistent_id(session.get(DEVICE_ID_SESSION_KEY) or "")
    return device is not None and device.confirmed and device.user_id == user.pk


def is_satisfied(user: User | AnonymousUser, session: Mapping[str, Any] | None = None) -> bool:
    """Whether nothing stands between a signed-in `user` and their data."""
    return owed(user, given=is_verified(user, session)) is Owed.NOTHING


def verify(user: User, code: str) -> Verification:
    """Check `code`, an authenticator's six digits or a backup code, and use it up.

    The devices' rows are locked meanwhile, so that of two requests with one code one succeeds, and
    wrong guesses sent at once are counted one by one.
    """
    model = TOTPDevice if _TOTP_CODE.fullmatch("".join(code.split())) else BackupCodeDevice
    wait_seconds = 0
    with transaction.atomic():
        for device in model.objects.filter(user=user, confirmed=True).select_for_update():
            outcome = try_code(device, code)
            if outcome.device is not None:
                _forget_failures(user)
                return outcome
            wait_seconds = max(wait_seconds, outcome.wait_seconds)
    return Verification(wait_seconds=wait_seconds)


def try_code(device: Device, code: str) -> Verification:
    """Ask one device about `code`; its row must be locked."""
    allowed, refusal = device.verify_is_allowed()
    if not allowed:
        left = refusal["locked_until"] - timezone.now()
        return Verification(wait_seconds=max(ceil(left.total_seconds()), 1))
    return Verification(device if device.verify_token("".join(code.split())) else None)


def _forget_failures(user: User) -> None:
    """The right person is here: what somebody else guessed wrong must not keep them waiting."""
    for model in CODE_FACTORS:
        model.objects.filter(user=user, throttling_failure_count__gt=0).update(
            throttling_failure_count=0, throttling_failure_timestamp=None
        )
