"""The accounts app."""

from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, sign-in, second factors, tokens."""

    name = "accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        """Listen to sign-ins, through whichever door."""
        from accounts import receivers

        user_logged_in.connect(receivers.on_signed_in, dispatch_uid="accounts.signed_in")
        user_logged_out.connect(receivers.on_signed_out, dispatch_uid="accounts.signed_out")
        checks.register(site_url_is_said, checks.Tags.security, deploy=True)


def site_url_is_said(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Without SITE_URL the links of every mail lead to the reader's own machine."""
    if urlsplit(settings.SITE_URL).hostname not in {"localhost", "127.0.0.1", "::1"}:
        return []
    hint = "Set SITE_URL to the address that people type, such as https://coach.example.org."
    return [checks.Warning("Links in mails lead to localhost.", hint=hint, id="accounts.W001")]
