"""Which devices may speak for a person: tokens that last, and families of refresh tokens."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken


class DeviceToken(AbstractAuthToken):
    """A key that lets one device use the API for its owner; only its hash is kept.

    A token that was ended stays until it would have expired, so that its further use is noticed.
    """

    name = models.CharField(_("device"), max_length=100, blank=True)
    second_factor = models.BooleanField(
        _("issued after a second factor"),
        default=False,
        help_text=_("A token without it stops working once its owner has a second factor."),
    )
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    last_address = models.GenericIPAddressField(_("last address"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("device token")
        verbose_name_plural = _("device tokens")
        ordering = ("-created",)

    def __str__(self) -> str:
        return f"{self.name or self.token_key}: {self.user}"


class RefreshFamily(models.Model):
    """One sign-in of a device that renews its access by refresh tokens, each good once.

    `generation` counts the renewals: only the refresh token of the present generation is good. An
    older one that comes back was stolen, and ends the family. Every access token names its family.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="refresh_families"
    )
    name = models.CharField(_("device"), max_length=100, blank=True)
    second_factor = models.BooleanField(_("issued after a second factor"), default=False)
    generation = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    last_address = models.GenericIPAddressField(_("last address"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("refresh family")
        verbose_name_plural = _("refresh families")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.name or self.pk}: {self.user}"


class BrowserSession(models.Model):
    """A browser that somebody is signed in with, so that they can see it and end it.

    It stands beside the session of the same key: ending it deletes both.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="browser_sessions"
    )
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(_("browser"), max_length=300, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    created_at = models.DateTimeField(_("signed in"), auto_now_add=True)
    last_seen_at = models.DateTimeField(_("last seen"), null=True, blank=True)

    class Meta:
        verbose_name = _("browser")
        verbose_name_plural = _("browsers")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.browser}: {self.user_id}"
