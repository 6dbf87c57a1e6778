"""Taking one's data out, and having it erased."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def export_path(export: "DataExport", file_name: str) -> str:
    """Where the copy is kept: a random name tells nothing and cannot be guessed."""
    return f"exports/{secrets.token_urlsafe(24)}.zip"


class DataExport(models.Model):
    """One copy of everything that belongs to a person, made by a worker.

    A worker owns it while `lease_until` lies ahead, as it does an analysis.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Failed")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_exports"
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(_("progress (%)"), default=0)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=200, blank=True)
    file = models.FileField(_("file"), upload_to=export_path, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)

    class Meta:
        verbose_name = _("copy of data")
        verbose_name_plural = _("copies of data")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=models.Q(state__in=("queued", "running")),
                name="one_export_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.state} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_under_way(self) -> bool:
        """Whether it waits for a worker, or one is at it."""
        return self.state in {self.State.QUEUED, self.State.RUNNING}


class Erasure(models.Model):
    """Somebody's wish to have their account erased, which they may take back until `due_at`."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasure"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), db_index=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.due_at:%Y-%m-%d %H:%M}"
