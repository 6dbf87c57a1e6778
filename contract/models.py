"""What must be remembered to keep the promises of the contract."""

from datetime import datetime
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
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


_Left_co = TypeVar("_Left_co", bound="Tombstone", covariant=True)


class TombstoneQuerySet(models.QuerySet[_Left_co]):
    """Tombstones of one kind of thing."""

    def since(self, moment: datetime) -> Self:
        """Those of what was deleted after `moment`, in the order in which it went."""
        return self.filter(deleted_at__gt=moment).order_by("deleted_at", "id")


class Tombstone(models.Model):
    """What is left of a deleted thing, so that offline clients learn that it is gone."""

    # The column that holds the id of what is gone.
    of: ClassVar[str]

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    deleted_at = models.DateTimeField(default=timezone.now)

    objects = TombstoneQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.gone_id)

    @property
    def gone_id(self) -> int:
        """The id that the deleted thing had."""
        found: int = getattr(self, self.of)
        return found
