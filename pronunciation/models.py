"""A sentence that somebody said, and what was made of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.languages import LONGEST as LONGEST_LANGUAGE

LONGEST_TEXT = 400


def attempt_path(attempt: "Attempt", file_name: str) -> str:
    """A name nobody can guess; what the learner called the file is not kept."""
    ending = file_name.rpartition(".")[2]
    return f"pronunciation/{attempt.user_id}/{get_random_string(32)}.{ending}"


class Attempt(models.Model):
    """One try at a sentence.

    `result` is what analysis.pronunciation found (Assessment.to_json) with, beside it, `pitch` of
    the learner and `model` of the model voice, where there is one: a list of Hz every 32 ms, 0
    where there is no voice, and the sound's name in the storage.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pronunciation_attempts"
    )
    language = models.CharField(_("language"), max_length=LONGEST_LANGUAGE)
    text = models.CharField(_("sentence"), max_length=LONGEST_TEXT)
    audio = models.FileField(_("recording"), upload_to=attempt_path, max_length=200)
    audio_type = models.CharField(max_length=100, editable=False)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    error = models.CharField(_("why it failed"), max_length=40, blank=True)
    result = models.JSONField(_("what was found"), default=dict, blank=True)
    overall = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    heard_by = models.CharField(_("heard by"), max_length=100, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("attempt at a sentence")
        verbose_name_plural = _("attempts at sentences")
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("user", "-created_at", "-id"), name="attempt_user_created"),
            models.Index(
                fields=("created_at",),
                condition=models.Q(state="waiting"),
                name="attempt_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.text[:40]}"
