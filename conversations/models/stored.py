"""Talks with a spoken partner, and what was learned from them."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import LONGEST as LONGEST_LANGUAGE
from accounts.languages import name_of
from contract.models import Tombstone

MOST_MINUTES = 1440


class VoiceConversation(models.Model):
    """One talk, as a client stored it.

    What a client or the learner wrote of it stands in `written_feedback`; what the analysis of its
    words found, and what was measured in a talk with the tutor, stand beside it, each in its own
    place, so that whoever is done last takes nothing from the others. The two scores are copied
    into columns of their own, so that years of them read quickly.
    """

    class Type(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        LESSON = "lesson", _("Lesson")
        CONVERSATION = "conversation", _("Conversation")
        ASSESSMENT = "assessment", _("Assessment")
        PRONUNCIATION = "pronunciation", _("Pronunciation")
        VOCABULARY = "vocabulary", _("Vocabulary")
        GRAMMAR = "grammar", _("Grammar")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="voice_conversations"
    )
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    transcription = models.TextField(_("what was said"), max_length=200_000, blank=True)
    native_language = models.CharField(
        _("native language"), max_length=LONGEST_LANGUAGE, blank=True
    )
    target_language = models.CharField(_("language"), max_length=LONGEST_LANGUAGE)
    target_language_code = models.CharField(max_length=LONGEST_LANGUAGE, editable=False)
    conversation_type = models.CharField(
        _("type"), max_length=13, choices=Type, default=Type.PRACTICE
    )
    duration_minutes = models.FloatField(
        _("minutes"),
        default=0,
        validators=(MinValueValidator(0), MaxValueValidator(MOST_MINUTES)),
    )
    written_feedback = models.JSONField(_("feedback as written"), default=dict, blank=True)
    found_feedback = models.JSONField(_("feedback by analysis"), default=dict, blank=True)
    measured_feedback = models.JSONField(_("feedback by measuring"), default=dict, blank=True)
    feedback_due_at = models.DateTimeField(_("analysis due"), null=True, blank=True)
    feedback_attempts = models.PositiveSmallIntegerField(_("tries of the analysis"), default=0)
    grammar_score = models.FloatField(_("grammar"), null=True, blank=True)
    pronunciation_score = models.FloatField(_("pronunciation"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("user", "-created_at", "-id"), name="conversation_user_created"),
            models.Index(fields=("user", "updated_at"), name="conversation_user_updated"),
            models.Index(
                fields=("feedback_due_at",),
                condition=models.Q(feedback_due_at__isnull=False),
                name="conversation_feedback_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.topic or self.conversation_type}"

    @property
    def ai_feedback(self) -> dict[str, Any]:
        """Everything known; what was written stands before what was measured and found."""
        return {**self.found_feedback, **self.measured_feedback, **self.written_feedback}

    @property
    def language_name(self) -> str:
        """What to call the language on a page."""
        return name_of(self.target_language)


class DeletedConversation(Tombstone):
    """What is left of a deleted conversation."""

    of = "conversation_id"

    conversation_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("deleted conversation")
        verbose_name_plural = _("deleted conversations")
        indexes = (models.Index(fields=("user", "deleted_at"), name="deleted_conversation_user"),)
