"""What somebody practised day by day, and their days in a row."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from practice.models.content import Kind


class PracticeRun(models.Model):
    """A person's newest days in a row and their longest: see `streaks.Run`."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_run"
    )
    last_at = models.DateTimeField(_("last"))
    last_zone = models.CharField(_("time zone"), max_length=64)
    length = models.PositiveIntegerField(_("days"))
    since_freeze = models.PositiveIntegerField(_("days since the last freeze"))
    frozen = models.BooleanField(_("lives by a freeze"), default=False)
    best = models.PositiveIntegerField(_("most days"))

    class Meta:
        verbose_name = _("days in a row")
        verbose_name_plural = _("days in a row")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.length}"


class PracticeDay(models.Model):
    """What a person practised of one kind on one of their days: kept so that years read quickly.

    `first_at` and `last_at` are the first start and the last start of what counts for a streak;
    both are empty where nothing did.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_days"
    )
    date = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    seconds = models.PositiveIntegerField(_("seconds"), default=0)
    sessions = models.PositiveIntegerField(_("sessions"), default=0)
    first_at = models.DateTimeField(_("first"), null=True, blank=True)
    last_at = models.DateTimeField(_("last"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64)

    class Meta:
        verbose_name = _("day of practice")
        verbose_name_plural = _("days of practice")
        ordering = ("date", "kind")
        constraints = (
            models.UniqueConstraint(fields=("user", "date", "kind"), name="one_row_a_day_and_kind"),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.date} {self.kind}"
