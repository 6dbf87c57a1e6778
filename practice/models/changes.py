"""What other devices must learn: how many changes there were, and what is gone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contract.models import Tombstone


class PracticeFeed(models.Model):
    """The number of changes of a person's sessions so far; each change takes the next."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_feed"
    )
    seq = models.PositiveBigIntegerField(_("changes"), default=0)

    class Meta:
        verbose_name = _("changes of practice")
        verbose_name_plural = _("changes of practice")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.seq}"


class DeletedPractice(Tombstone):
    """What is left of a deleted session or sequence."""

    of = "thing_id"

    class Thing(models.TextChoices):
        SESSION = "session", _("Session")
        SEQUENCE = "sequence", _("Sequence")

    thing = models.CharField(_("what"), max_length=8, choices=Thing)
    thing_id = models.BigIntegerField(_("its id"))

    class Meta:
        verbose_name = _("deleted practice")
        verbose_name_plural = _("deleted practice")
        indexes = (
            models.Index(fields=("user", "thing", "deleted_at"), name="practice_deleted_user"),
        )

    def __str__(self) -> str:
        return f"{self.thing} {self.thing_id}"
