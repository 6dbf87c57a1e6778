"""The app of conversations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    """Talks with a spoken partner, and what was learned from them."""

    name = "conversations"
    verbose_name = _("Conversations")
