"""The speech sessions app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpeechSessionsConfig(AppConfig):
    """Recordings, their analysis runs and reports."""

    name = "speech_sessions"
    verbose_name = _("speech sessions")
