"""What a finished talk came to, and the turns as they are heard for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conversations.models.tutor import TutorMessage, TutorSession


class TalkReview(models.Model):
    """The facts of a talk that is over: `facts` holds them as `reviewing` found them.

    Who measures the turns has the row until `due_at`; None: there is nothing left to do.
    """

    session = models.OneToOneField(TutorSession, on_delete=models.CASCADE, related_name="review")
    facts = models.JSONField(_("what was found"), default=dict, blank=True)
    turns_to_measure = models.PositiveSmallIntegerField(_("spoken turns"), default=0)
    turns_measured = models.PositiveSmallIntegerField(_("of them measured"), default=0)
    due_at = models.DateTimeField(_("measuring due"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("tries since the last turn"), default=0)

    class Meta:
        verbose_name = _("review of a talk")
        verbose_name_plural = _("reviews of talks")
        indexes = (
            models.Index(
                fields=("due_at",),
                condition=models.Q(due_at__isnull=False),
                name="talk_review_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id}: {self.turns_measured}/{self.turns_to_measure}"


class HeardTurn(models.Model):
    """A turn as the engine of recordings heard it, until all turns of its talk are measured.

    `heard` is what `analysis.turns.Turn` writes; empty where the sound could not be read.
    """

    message = models.OneToOneField(TutorMessage, on_delete=models.CASCADE, related_name="heard")
    heard = models.JSONField(_("words and speech"), default=dict, blank=True)

    class Meta:
        verbose_name = _("turn being measured")
        verbose_name_plural = _("turns being measured")

    def __str__(self) -> str:
        return str(self.message_id)
