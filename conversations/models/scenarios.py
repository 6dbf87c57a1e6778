"""Situations that a learner thought of."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import LearningProfile
from conversations.models.stored import VoiceConversation


class CustomScenario(models.Model):
    """A situation of one's own: who the partner is, what one wants to reach, and how it begins.

    `checks` holds up to six sentences, each of which says one thing to get done.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="custom_scenarios"
    )
    title = models.CharField(_("title"), max_length=100)
    goal = models.CharField(_("goal"), max_length=300)
    partner_name = models.CharField(_("partner's name"), max_length=60, blank=True)
    partner_role = models.CharField(_("partner's role"), max_length=200)
    level = models.CharField(
        _("level"), max_length=2, choices=LearningProfile.Level, default=LearningProfile.Level.B1
    )
    conversation_type = models.CharField(
        _("type"),
        max_length=13,
        choices=VoiceConversation.Type,
        default=VoiceConversation.Type.PRACTICE,
    )
    opening = models.CharField(_("the partner's first words"), max_length=500, blank=True)
    checks = models.JSONField(_("what to get done"), default=list, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("situation of one's own")
        verbose_name_plural = _("situations of one's own")
        ordering = ("-updated_at", "-id")
        indexes = (models.Index(fields=("user", "-updated_at"), name="custom_scenario_user"),)

    def __str__(self) -> str:
        return self.title
