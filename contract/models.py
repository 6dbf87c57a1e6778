"""What must be remembered to keep the promises of the contract."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class IdempotencyKey(models.Model):
    """One creating request of a person under a key of their choice, and its answer once given.

    `status_code` is empty while the first request runs. After `expires_at` the key is free again:
    soon for one that runs (its process may have died), a day after an answer.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status_code = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    location = models.TextField(blank=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = (models.UniqueConstraint(fields=("user", "key"), name="one_request_a_key"),)

    def __str__(self) -> str:
        return self.key
