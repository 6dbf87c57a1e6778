"""Recordings on their way to the worker that hears."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# Whoever waits takes the answer at once; what is left after that was left by a lost process.
KEPT = timedelta(minutes=5)


def sent_path(hearing: "Hearing", file_name: str) -> str:
    """A random name, which tells nothing and cannot be guessed."""
    return f"speech/sent/{secrets.token_urlsafe(24)}"


class Hearing(models.Model):
    """A recording that somebody waits to have written down; gone with its answer."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    audio = models.FileField(_("recording"), upload_to=sent_path)
    language = models.CharField(_("language"), max_length=35, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True, db_index=True)
    started = models.BooleanField(_("started"), default=False)
    answer = models.JSONField(_("answer"), null=True, blank=True)

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")

    def __str__(self) -> str:
        return f"hearing {self.pk}"
