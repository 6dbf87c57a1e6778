"""What somebody means to practise, and when they want to be reminded."""

import secrets

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_WEEKLY_MINUTES = 10_080


def new_calendar_key() -> str:
    """What nobody can guess, for the address of a calendar."""
    return secrets.token_urlsafe(24)


class PracticePlan(models.Model):
    """How much a person means to practise; without minutes, what their languages ask for."""

    class WeekBegins(models.IntegerChoices):
        MONDAY = 1, _("Monday")
        SATURDAY = 6, _("Saturday")
        SUNDAY = 7, _("Sunday")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_plan"
    )
    weekly_minutes = models.PositiveSmallIntegerField(
        _("minutes a week"),
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(MOST_WEEKLY_MINUTES)),
    )
    week_begins = models.PositiveSmallIntegerField(
        _("weeks begin on"), choices=WeekBegins, null=True, blank=True
    )
    calendar_key = models.CharField(
        _("key of the calendar"), max_length=43, unique=True, default=new_calendar_key
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("practice plan")
        verbose_name_plural = _("practice plans")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.weekly_minutes} min"


class Reminder(models.Model):
    """A local time on some weekdays at which a person wants to be reminded.

    `weekdays` are digits from 1 (Monday) to 7. `due_at` is when the next mail is due, worked out
    for `time_zone`: the zone of the profile as it was then. It is empty without mails.
    `last_date` is the newest local date that had its mail, or went by without one.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_reminders"
    )
    at = models.TimeField(_("time"))
    weekdays = models.CharField(
        _("weekdays"), max_length=7, validators=(RegexValidator(r"\A1?2?3?4?5?6?7?\Z"),)
    )
    by_mail = models.BooleanField(_("by e-mail"), default=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    last_date = models.DateField(_("last day"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("practice reminder")
        verbose_name_plural = _("practice reminders")
        ordering = ("at", "id")
        indexes = (
            models.Index(
                fields=("due_at",),
                condition=models.Q(due_at__isnull=False),
                name="practice_reminder_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.at:%H:%M}, {self.weekdays}"

    @property
    def days(self) -> frozenset[int]:
        """The weekdays as numbers, 1 (Monday) to 7."""
        return frozenset(int(digit) for digit in self.weekdays)
