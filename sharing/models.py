"""A share and its view log, as abstract models: each app makes them concrete for what it shares.

The concrete share has `subject`, a foreign key with `related_name="shares"` and CASCADE, and says
in `OWNER` which way leads from it to the owner. The concrete opening has `share`, a foreign key
with `related_name="openings"` and CASCADE.
"""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """What names a share in its link; without the signature beside it it opens nothing."""
    return secrets.token_urlsafe(12)


LONGEST_PASSWORD = 128


class Share(models.Model):
    """Something that its owner lets one person see, or whoever has the link.

    Of each thing there is one open share by link, and one for each person. It ends at `expires_at`
    or when its owner ends it; the row stays, for its view log. A share for a person whose account
    is gone (`recipient` empty, `by_link` false) opens to nobody.
    """

    OWNER: ClassVar[str]

    key = models.CharField(_("name in the link"), max_length=24, unique=True, default=new_key)
    by_link = models.BooleanField(_("to whoever has the link"), default=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for"),
    )
    password = models.CharField(_("password (hash)"), max_length=128, blank=True)
    include = models.JSONField(_("shows too"), default=list, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ended by its owner"), null=True, blank=True)
    opened = models.PositiveIntegerField(_("times opened"), default=0)
    guesses = models.PositiveSmallIntegerField(_("wrong passwords within an hour"), default=0)
    guesses_since = models.DateTimeField(_("wrong passwords since"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("subject",),
                condition=models.Q(by_link=True, revoked_at=None),
                name="%(class)s_one_link",
            ),
            models.UniqueConstraint(
                fields=("subject", "recipient"),
                condition=models.Q(revoked_at=None),
                name="%(class)s_one_a_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_id} -> {'link' if self.by_link else self.recipient_id}"

    @property
    def is_open(self) -> bool:
        """Whether it has neither ended nor been ended."""
        return self.revoked_at is None and (
            self.expires_at is None or self.expires_at > timezone.now()
        )


class Opening(models.Model):
    """That somebody opened a share; `viewer` is empty for who was not signed in, or is gone."""

    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        abstract = True
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.share_id}: {self.at:%Y-%m-%d %H:%M}"
