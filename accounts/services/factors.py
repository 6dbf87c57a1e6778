"""Second factors: set up, renewed, taken away."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.models import (
    BackupCode,
    BackupCodeDevice,
    DeviceToken,
    RefreshFamily,
    User,
    backup_salt,
)
from accounts.security_log import Kind, record
from accounts.selectors import backup_codes_left

BACKUP_CODES = 10

# Without the letters and digits that are taken for one another; ten of them are 49 bits.
_CODE_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


def take_code(
    user: User, code: str, request: HttpRequest | None = None
) -> second_factor.Verification:
    """Check `code` and use it up; a refused code and a used backup code are in the audit log.

    What comes while the device waits is not looked at, and not recorded: the log stays readable.
    """
    outcome = second_factor.verify(user, code)
    if isinstance(outcome.device, BackupCodeDevice):
        record(user, Kind.BACKUP_CODE_USED, request, left=backup_codes_left(user))
    elif outcome.device is None and not outcome.wait_seconds:
        record(user, Kind.CODE_REFUSED, request)
    return outcome


def begin_totp(user: User) -> TOTPDevice:
    """The authenticator that `user` is setting up: the same one until it is confirmed."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
        return device or TOTPDevice.objects.create(user=user, name="Authenticator", confirmed=False)


@dataclass(frozen=True)
class Confirmation:
    """A second factor switched on, with its backup codes; or how long to wait, or neither."""

    device: TOTPDevice | None = None
    backup_codes: tuple[str, ...] = ()
    wait_seconds: int = 0


def confirm_totp(
    user: User, code: str, request: HttpRequest | None = None, used: object = None
) -> Confirmation:
    """Switch the authenticator on with its first `code`; it takes the place of an older one.

    Where it is the first factor, tokens issued for the password alone end and backup codes are
    made; who has a passkey already keeps the codes they have. `used` is the credential of the
    caller, which has just given the factor and goes on.
    """
    with transaction.atomic():
        waiting = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False)
        device = waiting.first()
        if device is None:
            return Confirmation()
        outcome = second_factor.try_code(device, code)
        if outcome.device is None:
            return Confirmation(wait_seconds=outcome.wait_seconds)
        first = not second_factor.has_factor(user)
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        record(user, Kind.FACTOR_ADDED, request, factor="authenticator")
        return Confirmation(device, after_first_factor(user, used) if first else ())


def after_first_factor(user: User, used: object) -> tuple[str, ...]:
    """What a first factor brings: the end of what was issued for the password alone, and codes."""
    now = timezone.now()
    if isinstance(used, DeviceToken | RefreshFamily):
        type(used).objects.filter(pk=used.pk).update(second_factor=True)
    for model in (DeviceToken, RefreshFamily):
        model.objects.filter(user=user, second_factor=False, ended_at=None).update(ended_at=now)
    return tuple(renew_backup_codes(user))


def renew_backup_codes(user: User, request: HttpRequest | None = None) -> list[str]:
    """Ten new backup codes; the old ones end. This is the only time they can be read."""
    letters = [
        "".join(secrets.choice(_CODE_LETTERS) for _ in range(10)) for _ in range(BACKUP_CODES)
    ]
    with transaction.atomic():
        device, _created = BackupCodeDevice.objects.update_or_create(
            user=user,
            defaults={"name": "Backup codes", "confirmed": True, "salt": backup_salt()},
        )
        device.codes.all().delete()
        BackupCode.objects.bulk_create(
            BackupCode(device=device, digest=device.digest_of(code)) for code in letters
        )
        record(user, Kind.BACKUP_CODES_MADE, request)
    return [f"{code[:5]}-{code[5:]}" for code in letters]


def remove_authenticator(user: User, request: HttpRequest | None = None) -> bool:
    """Take the authenticator app away; False where there is none. Passkeys stay."""
    with transaction.atomic():
        removed: int = TOTPDevice.objects.filter(user=user, confirmed=True).delete()[0]
        if not removed:
            return False
        drop_codes_of_no_factor(user)
        record(user, Kind.FACTOR_REMOVED, request, factor="authenticator")
    return True


def drop_codes_of_no_factor(user: User) -> None:
    """Backup codes stand in for an authenticator or a passkey: without either they end."""
    stood_for = (model for model in second_factor.FACTORS if model is not BackupCodeDevice)
    if not any(model.objects.filter(user=user, confirmed=True).exists() for model in stood_for):
        BackupCodeDevice.objects.filter(user=user).delete()


def remove_second_factor(
    user: User, request: HttpRequest | None = None, *, actor: User | None = None
) -> None:
    """Take every device of `user` away, confirmed or not; `actor` is the staff who did it."""
    with transaction.atomic():
        had = second_factor.has_factor(user)
        for model in second_factor.FACTORS:
            model.objects.filter(user=user).delete()
        if had:
            record(user, Kind.FACTOR_REMOVED, request, actor=actor, factor="all")
