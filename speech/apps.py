"""The app of hearing and speaking."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpeechConfig(AppConfig):
    """Speech to text and text to speech."""

    name = "speech"
    verbose_name = _("Speech")
