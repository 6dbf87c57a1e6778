"""Each time somebody practised against the clock, with its breaks and steps."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practice.models.content import LONGEST_SESSION, Kind, Question, Sequence


class PracticeSession(models.Model):
    """One time somebody practised against the clock.

    `duration_seconds` is what the client says: phones practise offline and report later.
    `elapsed_seconds` is what passed here between start and end without pauses, and a claim of over
    a minute more is marked. `local_date` is the day of the start in the zone the person was in.
    `planned_seconds` is the length of a practice without a sequence. `further_prompts` are texts,
    as they were asked; `checklist` names the parts of a structured answer that its speaker found.
    `client_id` is the name under which a device started it offline, `seq` the number of its last
    change among all changes of its person.
    """

    class Status(models.TextChoices):
        COMPLETED = "completed", _("Completed")
        PARTIAL = "partial", _("Partly done")
        ABANDONED = "abandoned", _("Broken off")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_sessions"
    )
    sequence = models.ForeignKey(
        Sequence, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    question = models.ForeignKey(
        Question, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recording = models.ForeignKey(
        "speech_sessions.SpeechSession",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="practice_sessions",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.FREE)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    completed_at = models.DateTimeField(_("ended"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused since"), null=True, blank=True)
    duration_seconds = models.PositiveIntegerField(
        _("duration (s)"), default=0, validators=(MaxValueValidator(LONGEST_SESSION),)
    )
    elapsed_seconds = models.PositiveIntegerField(_("passed here (s)"), null=True, blank=True)
    exceeds_clock = models.BooleanField(_("claims more than passed here"), default=False)
    completion_status = models.CharField(
        _("outcome"), max_length=9, choices=Status, default=Status.ABANDONED
    )
    steps_completed = models.PositiveSmallIntegerField(_("steps done"), default=0)
    notes = models.TextField(_("notes"), blank=True, max_length=5000)
    reflection = models.TextField(_("reflection"), blank=True, max_length=5000)
    planned_seconds = models.PositiveIntegerField(_("seconds planned"), null=True, blank=True)
    further_prompts = models.JSONField(_("questions after the first"), default=list, blank=True)
    checklist = models.JSONField(_("parts of the answer"), default=list, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64)
    local_date = models.DateField(_("day"))
    client_id = models.CharField(_("name on the device"), max_length=64, null=True, blank=True)
    seq = models.PositiveBigIntegerField(_("number of the last change"), default=0)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("practice session")
        verbose_name_plural = _("practice sessions")
        ordering = ("-started_at", "-id")
        indexes = (
            models.Index(fields=("user", "-started_at", "-id"), name="practice_user_started"),
            models.Index(fields=("user", "updated_at"), name="practice_user_updated"),
            models.Index(fields=("user", "seq"), name="practice_user_seq"),
            # Covers the statistics.
            models.Index(
                fields=("user", "completion_status", "duration_seconds"),
                name="practice_user_totals",
            ),
            models.Index(
                fields=("user", "-started_at", "-id"),
                condition=models.Q(completed_at=None),
                name="practice_user_open",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("user", "client_id"), name="one_practice_a_client_id"),
            models.CheckConstraint(
                condition=models.Q(duration_seconds__lte=LONGEST_SESSION),
                name="practice_within_four_hours",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.started_at:%Y-%m-%d %H:%M}"


class PracticePause(models.Model):
    """A break within a session; open while `ended_at` is empty."""

    session = models.ForeignKey(PracticeSession, on_delete=models.CASCADE, related_name="pauses")
    started_at = models.DateTimeField(_("from"), default=timezone.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        ordering = ("started_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("session",),
                condition=models.Q(ended_at=None),
                name="one_open_break_a_session",
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id}: {self.started_at:%H:%M:%S}"


class PracticeStep(models.Model):
    """How one step of a session went; its title and time as they were then.

    `recorded_from` and `recorded_until` are where the session's recording holds it, in seconds.
    """

    session = models.ForeignKey(PracticeSession, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(_("number"))
    completed = models.BooleanField(_("done"), default=False)
    seconds = models.PositiveIntegerField(_("seconds"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    planned_seconds = models.PositiveIntegerField(_("seconds planned"), null=True, blank=True)
    recorded_from = models.FloatField(_("recorded from (s)"), null=True, blank=True)
    recorded_until = models.FloatField(_("recorded until (s)"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of a session")
        verbose_name_plural = _("steps of a session")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("session", "number"), name="one_record_a_step"),
        )

    def __str__(self) -> str:
        return f"{self.session_id}: {self.number}"
