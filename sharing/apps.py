"""The app of shares; what is shared, and the tables, belong to the apps above."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    """Holds abstract models only."""

    name = "sharing"
    verbose_name = _("Sharing")
