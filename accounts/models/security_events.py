"""What happened to an account, for its owner to see: the audit log."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SecurityEvent(models.Model):
    """Something that touched the security of one account.

    `actor` is the member of staff who did it, where it was not the owner. Serious events are told
    by mail: `mail_due` until that mail is sent. The row is the only order for a mail of the
    account, so one that could not be sent is sent later, and is never sent twice on purpose.
    """

    class Kind(models.TextChoices):
        SIGNED_UP = "signed_up", _("Account made")
        SIGNED_IN = "signed_in", _("Signed in")
        NEW_DEVICE = "new_device", _("Signed in with a new browser or device")
        SIGN_IN_REFUSED = "sign_in_refused", _("Wrong password")
        LOCKED_OUT = "locked_out", _("Too many attempts to sign in")
        CODE_REFUSED = "code_refused", _("Wrong or used code")
        SIGNED_OUT_EVERYWHERE = "signed_out_everywhere", _("Signed out everywhere")
        SESSION_ENDED = "session_ended", _("Browser signed out")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        RESET_ASKED = "reset_asked", _("Asked for a new password")
        LINK_REFUSED = "link_refused", _("A used or expired link was opened")
        VERIFICATION_ASKED = "verification_asked", _("Asked to confirm the e-mail address")
        EMAIL_VERIFIED = "email_verified", _("E-mail address confirmed")
        EMAIL_CHANGE_ASKED = "email_change_asked", _("Asked to change the e-mail address")
        EMAIL_CHANGED = "email_changed", _("E-mail address changed")
        FACTOR_ADDED = "factor_added", _("Second factor added")
        FACTOR_REMOVED = "factor_removed", _("Second factor removed")
        BACKUP_CODES_MADE = "backup_codes_made", _("New backup codes made")
        BACKUP_CODE_USED = "backup_code_used", _("Backup code used")
        TOKEN_MADE = "token_made", _("Token made")
        TOKEN_ENDED = "token_ended", _("Token ended")
        TOKEN_REFUSED = "token_refused", _("An ended token was used")
        TOKEN_NEW_ADDRESS = "token_new_address", _("Token used from a new address")
        REFRESH_REUSED = "refresh_reused", _("A used refresh token came back: that sign-in ended")
        IDENTITY_LINKED = "identity_linked", _("Other account connected")
        IDENTITY_UNLINKED = "identity_unlinked", _("Other account disconnected")
        EXPORT_ASKED = "export_asked", _("Asked for a copy of the data")
        EXPORT_READY = "export_ready", _("Copy of the data ready")
        EXPORT_FETCHED = "export_fetched", _("Copy of the data downloaded")
        ERASURE_ASKED = "erasure_asked", _("Asked to erase the account")
        ERASURE_CANCELLED = "erasure_cancelled", _("Erasure cancelled")
        SUSPENDED = "suspended", _("Account suspended")
        RESTORED = "restored", _("Account restored")
        OPENED_BY_STAFF = "opened_by_staff", _("Opened by staff")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="security_events"
    )
    kind = models.CharField(_("what"), max_length=24, choices=Kind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    device = models.CharField(_("browser or device"), max_length=300, blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    mail_due = models.BooleanField(_("mail waits to be sent"), default=False)
    mail_attempts = models.PositiveSmallIntegerField(_("attempts to mail"), default=0)
    mail_after = models.DateTimeField(
        _("not mailed before"),
        null=True,
        blank=True,
        help_text=_("A worker that sends it owns it until then; a failed one waits until then."),
    )
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("user", "-at", "-id"), name="event_user_at"),
            models.Index(fields=("at",), condition=models.Q(mail_due=True), name="event_mail_due"),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.at:%Y-%m-%d %H:%M}"
