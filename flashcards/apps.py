"""The app of vocabulary."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FlashcardsConfig(AppConfig):
    """Words met or missed, and when to look at them again."""

    name = "flashcards"
    verbose_name = _("Vocabulary")
