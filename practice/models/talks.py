"""A talk that somebody brings, and phrases said after a model voice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from practice.models.content import Sequence
from practice.models.sessions import PracticeSession
from speech_sessions.models import LONGEST_SCRIPT


class Talk(models.Model):
    """A talk: the sequence of its sections, each with the time it may take, and its script.

    Title, owner, language and the moment of the last change are those of the sequence.
    """

    sequence = models.OneToOneField(
        Sequence, on_delete=models.CASCADE, primary_key=True, related_name="talk"
    )
    script = models.TextField(_("script"), blank=True, max_length=LONGEST_SCRIPT)

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")

    def __str__(self) -> str:
        return f"{self.sequence_id}: {len(self.script)}"


class ShadowedPhrase(models.Model):
    """How long the model voice took for a phrase, and the learner after it, silence left out."""

    session = models.ForeignKey(
        PracticeSession, on_delete=models.CASCADE, related_name="shadowed_phrases"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("phrase"), max_length=120)
    model_seconds = models.FloatField(_("model voice (s)"), null=True, blank=True)
    own_seconds = models.FloatField(_("own voice (s)"))

    class Meta:
        verbose_name = _("shadowed phrase")
        verbose_name_plural = _("shadowed phrases")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("session", "number"), name="one_take_a_phrase"),
        )

    def __str__(self) -> str:
        return f"{self.session_id}: {self.number}"
