"""The app of hearing and speaking."""

import importlib

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpeechConfig(AppConfig):
    """Speech to text and text to speech."""

    name = "speech"
    verbose_name = _("Speech")

    def ready(self) -> None:
        """Let the worker that hears load its engines when it starts."""
        importlib.import_module("speech.warming")
