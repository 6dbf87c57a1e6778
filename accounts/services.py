"""Everything that changes an account: signing in and up, passwords, second factors, tokens."""

import secrets
from dataclasses import dataclass

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.addresses import client_address
from accounts.attempts import RESET_MAILS, SIGN_UPS, count, count_attempt, forget_attempts
from accounts.models import (
    BackupCode,
    BackupCodeDevice,
    DeviceToken,
    User,
    backup_salt,
    normal_email,
)

BACKUP_CODES = 10

# Without the letters and digits that are taken for one another; ten of them are 49 bits.
_CODE_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


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


def set_password(user: User, password: str) -> None:
    """Give `user` a new password: it ends their other sessions, and every device token."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        DeviceToken.objects.filter(user=user).delete()


def reset_password(user: User, password: str) -> bool:
    """The same for `user` as a link in a mail found them; False where the link was used meanwhile.

    The password that the link was made for must still stand: one conditional UPDATE decides. Having
    read the mail shows that the address is theirs.
    """
    with transaction.atomic():
        unchanged = User.objects.filter(pk=user.pk, password=user.password)
        user.set_password(password)
        if not unchanged.update(password=user.password, email_verified=True):
            return False
        DeviceToken.objects.filter(user=user).delete()
        return True


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


def issue_token(user: User, name: str, *, second_factor: bool) -> tuple[DeviceToken, str]:
    """A new device token, and its key, which is not kept.

    `second_factor` says whether whoever asks has given one; it stands on the token.
    """
    token, key = DeviceToken.objects.create(
        user=user, name=name.strip()[:100], second_factor=second_factor
    )
    return token, key


def revoke_tokens(user: User, digest: str | None = None) -> int:
    """End the token of `user` with this `digest`, or all of them; how many there were."""
    tokens = DeviceToken.objects.filter(user=user)
    if digest is not None:
        tokens = tokens.filter(digest=digest)
    ended: int = tokens.delete()[0]
    return ended
