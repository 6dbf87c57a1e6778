"""Puts the product's own admin site in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class ProductAdminConfig(AdminConfig):
    """Django's admin, entered through the product's sign-in."""

    default_site = "accounts.admin_site.ProductAdminSite"

    def ready(self) -> None:
        """Register what the apps offer, but not other people's secrets."""
        super().ready()
        from django.apps import apps
        from django.contrib import admin
        from django_otp.plugins.otp_totp.models import TOTPDevice

        # Its pages show the secret and the QR code: users have "Remove the second factor" instead.
        admin.site.unregister(TOTPDevice)
        for model in apps.get_app_config("social_django").get_models():
            # What other sites gave us about people, and the seeds of sign-ins under way.
            if admin.site.is_registered(model):
                admin.site.unregister(model)
