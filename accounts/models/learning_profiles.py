"""Which languages a person learns, how far they are, and what they want of it."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.languages import name_of


class LearningProfile(models.Model):
    """One person's learning of one language.

    The languages stand as they were sent; `target_language_code` is the BCP 47 code of the target,
    or the name in lower case where it is unknown, and makes one profile a language.
    """

    class Level(models.TextChoices):
        A1 = "A1", _("A1: first words")
        A2 = "A2", _("A2: simple, everyday sentences")
        B1 = "B1", _("B1: gets by when travelling")
        B2 = "B2", _("B2: talks freely about most things")
        C1 = "C1", _("C1: fluent, also at work")
        C2 = "C2", _("C2: close to a native speaker")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="learning_profiles"
    )
    target_language = models.CharField(_("language to learn"), max_length=35)
    target_language_code = models.CharField(max_length=35, editable=False)
    native_language = models.CharField(_("native language"), max_length=35, blank=True)
    cefr_level = models.CharField(_("level"), max_length=2, choices=Level, default=Level.A1)
    goals = models.TextField(_("goals"), blank=True, max_length=1000)
    weekly_minutes = models.PositiveSmallIntegerField(
        _("minutes a week"), default=60, validators=(MaxValueValidator(10_080),)
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("learning profile")
        verbose_name_plural = _("learning profiles")
        ordering = ("target_language", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "target_language_code"), name="one_profile_a_language"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.target_language} {self.cefr_level}"

    @property
    def language_name(self) -> str:
        """What to call the language on a page."""
        return name_of(self.target_language)
