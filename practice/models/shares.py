"""What is shown of practice to others, and who looked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from practice.models.content import Sequence
from practice.models.sessions import PracticeSession
from sharing.models import Opening, Share


class SequenceShare(Share):
    """A link to a sequence of one's own: who is signed in may see it and take a copy."""

    OWNER = "subject__owner"

    subject = models.ForeignKey(Sequence, on_delete=models.CASCADE, related_name="shares")

    class Meta(Share.Meta):
        verbose_name = _("share of a sequence")
        verbose_name_plural = _("shares of sequences")


class SequenceShareOpening(Opening):
    """Who opened it."""

    share = models.ForeignKey(SequenceShare, on_delete=models.CASCADE, related_name="openings")

    class Meta(Opening.Meta):
        verbose_name = _("opening of a shared sequence")
        verbose_name_plural = _("openings of shared sequences")


class PracticeShare(Share):
    """One practice session, shown to one person or to whoever has the link."""

    OWNER = "subject__user"

    class Part(models.TextChoices):
        NUMBERS = "numbers", _("what was measured")
        NOTES = "notes", _("my notes")
        RECORDING = "recording", _("the recording")
        TRANSCRIPT = "transcript", _("the transcript")

    subject = models.ForeignKey(PracticeSession, on_delete=models.CASCADE, related_name="shares")

    class Meta(Share.Meta):
        verbose_name = _("share of a practice session")
        verbose_name_plural = _("shares of practice sessions")

    @property
    def parts(self) -> list[str]:
        """What it shows beside the facts, in words."""
        return [str(part.label) for part in self.Part if part in self.include]


class PracticeShareOpening(Opening):
    """Who opened it."""

    share = models.ForeignKey(PracticeShare, on_delete=models.CASCADE, related_name="openings")

    class Meta(Opening.Meta):
        verbose_name = _("opening of a shared practice session")
        verbose_name_plural = _("openings of shared practice sessions")
