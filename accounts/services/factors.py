"""Second factors: set up, renewed, taken away."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.models import BackupCode, BackupCodeDevice, DeviceToken, User, backup_salt

BACKUP_CODES = 10

# Without the letters and digits that are taken for one another; ten of them are 49 bits.
_CODE_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


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


def confirm_totp(user: User, code: str) -> Confirmation:
    """Switch the second factor on with a first `code` of the new authenticator.

    Tokens that were issued for the password alone end here.
    """
    with transaction.atomic():
        waiting = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False)
        device = waiting.first()
        if device is None:
            return Confirmation()
        outcome = second_factor.try_code(device, code)
        if outcome.device is None:
            return Confirmation(wait_seconds=outcome.wait_seconds)
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        DeviceToken.objects.filter(user=user, second_factor=False).delete()
        return Confirmation(device, tuple(renew_backup_codes(user)))


def renew_backup_codes(user: User) -> list[str]:
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
    return [f"{code[:5]}-{code[5:]}" for code in letters]


def remove_second_factor(user: User) -> None:
    """Take every device of `user` away, confirmed or not."""
    with transaction.atomic():
        for model in second_factor.FACTORS:
            model.objects.filter(user=user).delete()
