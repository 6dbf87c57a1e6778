"""The accounts app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
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
