"""The app of timed practice."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PracticeConfig(AppConfig):
    """Brings the product's own sequences and questions in after each migration."""

    name = "practice"
    verbose_name = _("Practice")

    def ready(self) -> None:
        """Listen for the end of migrations."""
        post_migrate.connect(_bring_content, sender=self)


def _bring_content(**_signal: Any) -> None:
    from practice.services import add_missing_content

    add_missing_content()
