"""Passkeys: made, asked, renamed, removed.

Every ceremony begins with a challenge that is kept here, and that its answer deletes: one DELETE
decides, so a challenge is answered once, for the purpose and by the person it was made for.
"""

import hashlib
import struct
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp_webauthn.exceptions import OTPWebAuthnApiError
from django_otp_webauthn.models import WebAuthnCredential, WebAuthnUserHandle
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException

from accounts import second_factor
from accounts.attempts import Limit, count
from accounts.models import PasskeyChallenge, User
from accounts.passkeys import PasskeyCeremony
from accounts.security_log import Kind, record
from accounts.services.factors import after_first_factor, drop_codes_of_no_factor

Purpose = PasskeyChallenge.Purpose

CHALLENGE_LASTS = timedelta(minutes=5)
MAX_PASSKEYS = 20

# For these the device itself must have known its owner, by PIN, finger or face: nothing else
# (a password just given) says who is there.
_VERIFIED_BY_DEVICE = frozenset({Purpose.SIGN_IN, Purpose.CONFIRMATION})

# What the libraries raise for an answer that is malformed or not good.
_REFUSALS = (
    WebAuthnException,
    OTPWebAuthnApiError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    struct.error,
)


class PasskeyRefused(Exception):
    """An answer that is not taken; `code` and `message` are for whoever asked."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


# A challenge is a row: nobody is to fill the table.
_ASKED = Limit("passkeys-asked", attempts=120, seconds=10 * 60)


@dataclass(frozen=True)
class NewPasskey:
    """A passkey just made, with backup codes where it is the first factor."""

    device: WebAuthnCredential
    backup_codes: tuple[str, ...] = ()


def may_ask_passkey(address: str | None) -> int:
    """Seconds to wait before another challenge is given to this address; 0 for go ahead."""
    return count(_ASKED, address) if address else 0


def ask_passkey(request: HttpRequest, purpose: str, user: User | None = None) -> dict[str, Any]:
    """The options for `navigator.credentials.get`, with a fresh challenge.

    `user` is who must answer; without one anybody may, and the answer says who they are.
    """
    options, _state = PasskeyCeremony(request).authenticate_begin(
        user=user, require_user_verification=purpose in _VERIFIED_BY_DEVICE
    )
    _keep(options["challenge"], purpose, user)
    return dict(options)


def ask_for_new_passkey(request: HttpRequest, user: User) -> dict[str, Any]:
    """The options for `navigator.credentials.create`, with a fresh challenge."""
    options, _state = PasskeyCeremony(request).register_begin(user)
    _keep(options["challenge"], Purpose.REGISTRATION, user)
    return dict(options)


def check_passkey(
    request: HttpRequest, purpose: str, credential: dict[str, Any], user: User | None = None
) -> WebAuthnCredential:
    """The passkey that answered rightly, its use noted. Raises PasskeyRefused, with the log told.

    `user` must be who was asked; for signing in, None.
    """
    known = _known(credential)
    challenge = _take(credential, purpose, user)
    if challenge is None:
        if known is not None:
            record(known.user, Kind.CODE_REFUSED, request, factor="passkey", name=known.name)
        raise _too_late()
    if known is None:
        raise PasskeyRefused("passkey_unknown", _("This passkey is not known here any more."))
    try:
        with transaction.atomic():
            # Two answers of one passkey are judged one after the other: the count must rise.
            WebAuthnCredential.objects.select_for_update().get(pk=known.pk)
            _check_owner_handle(credential, known, purpose)
            device = PasskeyCeremony(request).authenticate_complete(
                user=user,
                state={
                    "challenge": challenge,
                    "require_user_verification": purpose in _VERIFIED_BY_DEVICE,
                },
                data=credential,
            )
    except _REFUSALS:
        record(user or known.user, Kind.CODE_REFUSED, request, factor="passkey", name=known.name)
        raise _refused() from None
    if not device.confirmed:
        raise _refused()
    return device


def sign_in_with_passkey(
    request: HttpRequest, credential: dict[str, Any]
) -> tuple[User, WebAuthnCredential]:
    """Who signs in without a password, and their passkey: both steps at once.

    Raises PasskeyRefused, also for somebody suspended, in the words of a passkey not known.
    """
    device = check_passkey(request, Purpose.SIGN_IN, credential)
    user = authenticate(request, webauthn_credential=device)
    if not isinstance(user, User):
        record(device.user, Kind.SIGN_IN_REFUSED, request, factor="passkey", name=device.name)
        raise PasskeyRefused("passkey_unknown", _("This passkey is not known here any more."))
    return user, device


def add_passkey(
    request: HttpRequest, user: User, name: str, credential: dict[str, Any], used: object = None
) -> NewPasskey:
    """Keep the passkey that `credential` announces. Raises PasskeyRefused.

    Where it is the first factor, tokens issued for the password alone end, and there are backup
    codes: a lost device must not lock its owner out. `used` is the credential of the caller.
    """
    challenge = _take(credential, Purpose.REGISTRATION, user)
    if challenge is None:
        raise _too_late()
    state = {"challenge": challenge, "require_user_verification": False}
    try:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)
            if WebAuthnCredential.objects.filter(user=user).count() >= MAX_PASSKEYS:
                raise PasskeyRefused("too_many_passkeys", _("Remove a passkey you no longer use."))
            first = not second_factor.has_factor(user)
            device = PasskeyCeremony(request).register_complete(user, state, credential)
            device.name = name.strip()[:64] or _("Passkey")
            device.save(update_fields=["name"])
            codes = after_first_factor(user, used) if first else ()
            record(user, Kind.FACTOR_ADDED, request, factor="passkey", name=device.name)
    except (IntegrityError, *_REFUSALS):  # a passkey that is kept already, or a bad answer
        raise _refused() from None
    return NewPasskey(device, codes)


def rename_passkey(user: User, pk: int, name: str) -> bool:
    """Call a passkey something else; False where `user` has no such passkey."""
    own = WebAuthnCredential.objects.filter(user=user, pk=pk)
    renamed: int = own.update(name=name.strip()[:64])
    return renamed == 1


def remove_passkey(user: User, pk: int, request: HttpRequest | None = None) -> bool:
    """Remove a passkey; False where `user` has no such passkey.

    Without any authenticator or passkey left, the backup codes end too: the factor is off.
    """
    with transaction.atomic():
        device = WebAuthnCredential.objects.select_for_update().filter(user=user, pk=pk).first()
        if device is None:
            return False
        device.delete()
        drop_codes_of_no_factor(user)
        record(user, Kind.FACTOR_REMOVED, request, factor="passkey", name=device.name)
    return True


def _keep(challenge: str, purpose: str, user: User | None) -> None:
    """Remember a challenge until it is answered or too old; forget the old ones."""
    now = timezone.now()
    PasskeyChallenge.objects.filter(expires_at__lte=now).delete()
    PasskeyChallenge.objects.create(
        digest=_digest(challenge), purpose=purpose, user=user, expires_at=now + CHALLENGE_LASTS
    )


def _take(credential: dict[str, Any], purpose: str, user: User | None) -> str | None:
    """The challenge that `credential` answers, used up; None where it was not asked, or is old."""
    try:
        client_data = base64url_to_bytes(credential["response"]["clientDataJSON"])
        challenge = bytes_to_base64url(parse_client_data_json(client_data).challenge)
    except _REFUSALS:
        raise _refused() from None
    waiting = PasskeyChallenge.objects.filter(
        digest=_digest(challenge), purpose=purpose, user=user, expires_at__gt=timezone.now()
    )
    return challenge if waiting.delete()[0] else None


def _known(credential: dict[str, Any]) -> WebAuthnCredential | None:
    try:
        raw_id = base64url_to_bytes(credential["rawId"])
        return WebAuthnCredential.get_by_credential_id(raw_id)
    except (WebAuthnCredential.DoesNotExist, *_REFUSALS):
        return None


def _check_owner_handle(
    credential: dict[str, Any], device: WebAuthnCredential, purpose: str
) -> None:
    """Who signs in without a name names themselves by the handle that was given to the passkey."""
    handle = credential["response"].get("userHandle")
    if not handle and purpose != Purpose.SIGN_IN:
        return
    if base64url_to_bytes(handle) != WebAuthnUserHandle.get_handle_for_user(device.user):
        raise ValueError("the handle is another person's")


def _digest(challenge: str) -> str:
    return hashlib.sha256(challenge.rstrip("=").encode()).hexdigest()


def _refused() -> PasskeyRefused:
    return PasskeyRefused("passkey_invalid", _("The passkey was not accepted. Try again."))


def _too_late() -> PasskeyRefused:
    return PasskeyRefused("challenge_used", _("That took too long. Try once more."))
