"""One-time backup codes, a second factor beside the authenticator and passkeys."""

import hashlib
import secrets

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin, TimestampMixin


def backup_salt() -> str:
    """A fresh salt for one set of backup codes."""
    return secrets.token_hex(16)


class BackupCodeDevice(TimestampMixin, ThrottlingMixin, Device):
    """A person's set of one-time backup codes, as one of their second factors."""

    # scrypt's n: 16 MB and a few hundredths of a second for each code that is tried.
    scrypt_cost = 2**14

    salt = models.CharField(max_length=32, default=backup_salt, editable=False)

    class Meta:
        verbose_name = _("backup codes")
        verbose_name_plural = _("backup codes")
        constraints = (models.UniqueConstraint(fields=("user",), name="one_set_of_codes_a_person"),)

    def get_throttle_factor(self) -> int:
        """Seconds to wait after the first wrong code; they double with every further one."""
        return 1

    def digest_of(self, code: str) -> str:
        """What is kept of `code`, however it was typed.

        scrypt, so that who gets hold of a copy of the table cannot try all codes.
        """
        plain = "".join(letter for letter in code.lower() if letter.isalnum())
        return hashlib.scrypt(
            plain.encode(), salt=bytes.fromhex(self.salt), n=self.scrypt_cost, r=8, p=1, dklen=32
        ).hex()

    @transaction.atomic
    def verify_token(self, token: str) -> bool:
        """Whether `token` is one of the unused codes; it is used up by this question.

        One conditional DELETE decides: of two requests with the same code, one deletes no row.
        Together with what follows it, so that a code is not lost to a database that fails then.
        """
        allowed, _refusal = self.verify_is_allowed()
        if not allowed:
            return False
        deleted, _rows = self.codes.filter(digest=self.digest_of(token)).delete()
        if not deleted:
            self.throttle_increment()
            return False
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True


class BackupCode(models.Model):
    """One unused backup code, hashed; using it deletes it."""

    device = models.ForeignKey(BackupCodeDevice, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("backup code")
        verbose_name_plural = _("backup codes")
        constraints = (
            models.UniqueConstraint(fields=("device", "digest"), name="one_code_once_a_device"),
        )

    def __str__(self) -> str:
        return f"{self.device_id}: {self.digest[:8]}"
