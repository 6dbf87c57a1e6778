"""The app of pronunciation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PronunciationConfig(AppConfig):
    """A sentence said again and again, and how each try went."""

    name = "pronunciation"
    verbose_name = _("Pronunciation")
