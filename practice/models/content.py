"""What one can practise: sequences of steps, and questions."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
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


class Level(models.TextChoices):
    """How much an exercise asks of somebody."""

    EASY = "easy", _("Easy")
    MEDIUM = "medium", _("Medium")
    HARD = "hard", _("Hard")


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
    language = models.CharField(_("language"), max_length=35, blank=True, default="")
    level = models.CharField(_("level"), max_length=6, choices=Level, blank=True, default="")
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
    words_per_minute = models.PositiveSmallIntegerField(
        _("pace to hold (words a minute)"), null=True, blank=True
    )
    reading = models.TextField(_("text to read aloud"), blank=True, max_length=5000, default="")
    breathing = models.CharField(
        _("breathing"),
        blank=True,
        default="",
        max_length=12,
        validators=(RegexValidator(r"^[1-9]\d?(-\d\d?){1,2}$"),),
        help_text=_("Seconds in, out: 4-6. With a pause after each breath in: 4-2-6."),
    )

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
