"""Challenges that a passkey has to sign, each good for one answer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PasskeyChallenge(models.Model):
    """A challenge that waits for its answer; the answer deletes it, so none is taken twice.

    The challenge itself comes back signed with the answer: its SHA-256 finds the row. `user` is who
    was asked, and None where anybody may answer: signing in without a password.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", _("Sign in")
        SECOND_FACTOR = "second_factor", _("Second factor")
        CONFIRMATION = "confirmation", _("Confirmation")
        REGISTRATION = "registration", _("New passkey")

    digest = models.CharField(max_length=64, primary_key=True)
    purpose = models.CharField(max_length=13, choices=Purpose)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("passkey challenge")
        verbose_name_plural = _("passkey challenges")

    def __str__(self) -> str:
        return f"{self.purpose}: {self.digest[:8]}"
