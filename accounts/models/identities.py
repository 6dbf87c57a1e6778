"""Who a person is at an outside issuer of bearer tokens."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ExternalIdentity(models.Model):
    """The name that an outside issuer knows a person by; only this pair identifies them there."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="external_identities"
    )
    issuer = models.CharField(_("issuer"), max_length=200)
    subject = models.CharField(_("subject"), max_length=255)
    created_at = models.DateTimeField(_("connected"), auto_now_add=True)

    class Meta:
        verbose_name = _("outside identity")
        verbose_name_plural = _("outside identities")
        constraints = (
            models.UniqueConstraint(fields=("issuer", "subject"), name="one_person_a_subject"),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.subject} at {self.issuer}"
