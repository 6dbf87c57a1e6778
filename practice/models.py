"""What one can practise, and each time somebody did."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_SESSION = 14_400  # seconds


class Kind(models.TextChoices):
    """What somebody practises."""

    FREE = "free", _("Free practice")
    TABLE_TOPICS = "table_topics", _("Table topics")
    INTERVIEW = "interview", _("Interview questions")
    PRESENTATION = "presentation", _("Presentation")
    READ_ALOUD = "read_aloud", _("Reading aloud")
    SHADOWING = "shadowing", _("Shadowing")
    FILLER_FREE = "filler_free", _("Filler-free challenge")
    PACE_LADDER = "pace_ladder", _("Pace ladder")
    WARM_UP = "warm_up", _("Warm-up")
    CUSTOM = "custom", _("My own")


class Sequence(models.Model):
    """Steps to go through in order; without an owner it is one of the product's own."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="practice_sequences",
        verbose_name=_("owner"),
    )
    name = models.SlugField(
        _("name in data files"), max_length=60, unique=True, null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True, max_length=1000)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CUSTOM)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("sequence")
        verbose_name_plural = _("sequences")
        ordering = ("kind", "title", "id")

    def __str__(self) -> str:
        return self.title

    @property
    def total_seconds(self) -> int:
        """How long all steps take."""
        return sum(step.seconds for step in self.steps.all())


class Step(models.Model):
    """One step of a sequence: what to do, and for how long."""

    sequence = models.ForeignKey(Sequence, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(_("number"), validators=(MinValueValidator(1),))
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("what to do"), blank=True, max_length=1000)
    seconds = models.PositiveSmallIntegerField(
        _("seconds"), validators=(MinValueValidator(1), MaxValueValidator(LONGEST_SESSION))
    )
    is_spoken = models.BooleanField(_("is spoken"), default=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("sequence_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("sequence", "number"), name="one_step_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Question(models.Model):
    """Something to speak about."""

    class Category(models.TextChoices):
        TABLE_TOPICS = "table_topics", _("Table topics")
        INTERVIEW = "interview", _("Interview")
        STORY = "story", _("Tell a story")
        OPINION = "opinion", _("Give an opinion")
        EXPLAIN = "explain", _("Explain")
        WORK = "work", _("At work")

    class Level(models.TextChoices):
        EASY = "easy", _("Easy")
        MEDIUM = "medium", _("Medium")
        HARD = "hard", _("Hard")

    name = models.SlugField(_("name in data files"), max_length=60, unique=True)
    category = models.CharField(_("category"), max_length=12, choices=Category)
    level = models.CharField(_("level"), max_length=6, choices=Level, default=Level.MEDIUM)
    role = models.CharField(_("role"), max_length=60, blank=True)
    competence = models.CharField(_("competence"), max_length=60, blank=True)
    text = models.CharField(_("question"), max_length=300)
    follow_ups = models.JSONField(_("follow-up questions"), default=list, blank=True)
    is_offered = models.BooleanField(_("is offered"), default=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("category", "id")
        indexes = (models.Index(fields=("category", "level"), name="question_category_level"),)

    def __str__(self) -> str:
        return self.text


class PracticeSession(models.Model):
    """One time somebody practised against the clock.

    `duration_seconds` is what the client says: phones practise offline and report later.
    `elapsed_seconds` is what passed here between start and end without pauses, and a claim of over
    a minute more is marked. `local_date` is the day of the start in the zone the person was in.
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
    time_zone = models.CharField(_("time zone"), max_length=64)
    local_date = models.DateField(_("day"))
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("practice session")
        verbose_name_plural = _("practice sessions")
        ordering = ("-started_at", "-id")
        indexes = (
            models.Index(fields=("user", "-started_at", "-id"), name="practice_user_started"),
            models.Index(fields=("user", "updated_at"), name="practice_user_updated"),
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
    """How one step of a session went."""

    session = models.ForeignKey(PracticeSession, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(_("number"))
    completed = models.BooleanField(_("done"), default=False)
    seconds = models.PositiveIntegerField(_("seconds"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of a session")
        verbose_name_plural = _("steps of a session")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("session", "number"), name="one_record_a_step"),
        )

    def __str__(self) -> str:
        return f"{self.session_id}: {self.number}"


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
