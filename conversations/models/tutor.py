"""A talk with the tutor while it goes on: the session, and what both sides said."""

import secrets
from pathlib import PurePath

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import LONGEST as LONGEST_LANGUAGE
from accounts.models import LearningProfile
from conversations.models.scenarios import CustomScenario
from conversations.models.stored import VoiceConversation

SHORTEST_PATIENCE, LONGEST_PATIENCE = 0.8, 6.0
LONGEST_TEXT = 4000
LONGEST_CLIENT_ID = 64


def turn_audio_path(message: "TutorMessage", file_name: str) -> str:
    """Where the sound of a turn is kept: a random name tells nothing and cannot be guessed."""
    extension = PurePath(file_name).suffix.lower()[:10]
    return f"{timezone.now():conversations/%Y/%m/%d}/{secrets.token_urlsafe(24)}{extension}"


class TutorSession(models.Model):
    """One talk with the tutor.

    `seq` rises with every change that is told to who listens. `dialogue` is where the scripted
    partner stands in its script; it belongs to that partner alone.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ENDED = "ended", _("Ended")

    class AnsweredBy(models.TextChoices):
        MODEL = "model", _("Language model")
        SCRIPT = "script", _("Script")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tutor_sessions"
    )
    target_language = models.CharField(_("language"), max_length=LONGEST_LANGUAGE)
    target_language_code = models.CharField(max_length=LONGEST_LANGUAGE, editable=False)
    native_language = models.CharField(
        _("native language"), max_length=LONGEST_LANGUAGE, blank=True
    )
    level = models.CharField(_("level"), max_length=2, choices=LearningProfile.Level)
    conversation_type = models.CharField(_("type"), max_length=13, choices=VoiceConversation.Type)
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    scenario = models.CharField(_("situation"), max_length=100, blank=True)
    custom_scenario = models.ForeignKey(
        CustomScenario,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("situation of one's own"),
    )
    persona = models.CharField(_("partner's manner"), max_length=50)
    voice = models.CharField(_("voice"), max_length=100, blank=True)
    patience_seconds = models.FloatField(
        _("patience (s)"),
        validators=(MinValueValidator(SHORTEST_PATIENCE), MaxValueValidator(LONGEST_PATIENCE)),
    )
    state = models.CharField(_("state"), max_length=5, choices=State, default=State.OPEN)
    seed = models.PositiveIntegerField(editable=False)
    dialogue = models.JSONField(_("place in the script"), default=dict, blank=True)
    answered_by = models.CharField(max_length=6, choices=AnsweredBy, blank=True)
    checks_met = models.JSONField(_("what was got done"), default=list, blank=True)
    seq = models.PositiveBigIntegerField(default=0)
    conversation = models.OneToOneField(
        VoiceConversation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tutor_session",
        verbose_name=_("stored conversation"),
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("talk with the tutor")
        verbose_name_plural = _("talks with the tutor")
        ordering = ("-started_at", "-id")
        indexes = (
            models.Index(fields=("user", "-started_at", "-id"), name="tutor_session_user_started"),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.topic or self.scenario or self.conversation_type}"


class TutorMessage(models.Model):
    """What one side said.

    The opening stands at position 0, the learner's turns at 1, 3, 5, …, each answer right after its
    turn: the place of an answer is taken once, whoever works on it. A learner's message waits until
    it is answered; who works on it holds a lease.
    """

    class Side(models.TextChoices):
        LEARNER = "learner", _("Learner")
        TUTOR = "tutor", _("Tutor")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ANSWERED = "answered", _("Answered")
        FAILED = "failed", _("Failed")

    session = models.ForeignKey(TutorSession, on_delete=models.CASCADE, related_name="messages")
    position = models.PositiveIntegerField()
    side = models.CharField(_("side"), max_length=7, choices=Side)
    state = models.CharField(_("state"), max_length=8, choices=State)
    text = models.TextField(_("text"), blank=True, max_length=LONGEST_TEXT)
    audio = models.FileField(_("sound"), upload_to=turn_audio_path, blank=True, max_length=200)
    audio_type = models.CharField(_("type of the sound"), max_length=100, blank=True)
    seconds = models.FloatField(_("length (s)"), default=0)
    words = models.JSONField(_("words with their times"), default=list, blank=True)
    corrections = models.JSONField(_("corrections"), default=list, blank=True)
    hints = models.JSONField(_("hints"), default=list, blank=True)
    checks_met = models.JSONField(_("what was got done"), default=list, blank=True)
    new_words = models.JSONField(_("new words"), default=list, blank=True)
    notice = models.CharField(_("notice"), max_length=30, blank=True)
    timings = models.JSONField(_("what it took"), default=dict, blank=True)
    client_id = models.CharField(max_length=LONGEST_CLIENT_ID, null=True, blank=True)
    to_speak = models.BooleanField(_("to be spoken"), default=False)
    worker = models.CharField(max_length=64, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    seq = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    # Of this instance alone: whether a worker was told, as long as it waits.
    is_on_its_way = True

    class Meta:
        verbose_name = _("turn of a talk")
        verbose_name_plural = _("turns of talks")
        ordering = ("session", "position")
        constraints = (
            models.UniqueConstraint(fields=("session", "position"), name="one_turn_a_position"),
            models.UniqueConstraint(fields=("session", "client_id"), name="one_turn_a_client_id"),
        )
        indexes = (
            models.Index(
                fields=("created_at",),
                condition=models.Q(state="waiting") | models.Q(to_speak=True),
                name="turn_waiting",
            ),
            models.Index(fields=("session", "seq"), name="turn_session_seq"),
            # What somebody said today, without reading what they ever said (limits.check).
            models.Index(
                fields=("session", "created_at"),
                condition=models.Q(side="learner"),
                name="turn_learner_created",
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id}/{self.position} {self.side}"
