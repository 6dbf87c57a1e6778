"""Which rows and files belong to a person, found from the models themselves.

A row is a person's where deleting the person would delete it: a chain of foreign keys with CASCADE
leads from it to the user. A new app so stands in everybody's copy, and in every erasure, without
anybody having to think of it; what is left out of the copy is named here, with the reason.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Field, FileField, Q, QuerySet

from accounts.models import User

# Models that hold something of a person and stay out of the copy, by their labels, and why.
NOT_EXPORTED = {
    "accounts.BackupCode": "Only digests of codes; who reads them learns nothing.",
    "accounts.PasskeyChallenge": "A question to a passkey that is answered within minutes.",
    "accounts.DataExport": "The copies themselves: each would hold the one before.",
    "admin.LogEntry": "What staff did in the admin is the record of the installation.",
    "contract.IdempotencyKey": "Answers to calls, kept for a day; their content is in the rows.",
    "speech.Hearing": "A recording that is heard and deleted while its sender waits.",
    "django_otp_webauthn.WebAuthnAttestation": "The maker's certificate of a key, no word of one.",
}

# Columns that open a door, or say how to: they are nobody's to read, not even the owner's.
SECRETS = {
    "accounts.User": {"password", "credentials_epoch"},
    "accounts.BackupCodeDevice": {"salt"},
    "accounts.BrowserSession": {"session_key"},
    "accounts.DeviceToken": {"digest", "token_key"},
    "otp_totp.TOTPDevice": {"key"},
    "practice.PracticePlan": {"calendar_key"},
}
# A column of such a name is secret wherever it stands.
SECRET_NAMES = frozenset({"access_token", "digest", "password", "private_key", "secret", "token"})

# Somebody else's person in a row of one's own: who of the staff it was stays with the staff.
THIRD_PARTIES = {"accounts.SecurityEvent": {"actor_id"}}

_DEEPEST = 6
_WORD_BEGINS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True)
class Table:
    """The rows of one model that belong to people, and the ways that lead to their owner."""

    model: type[models.Model]
    paths: tuple[str, ...]

    @property
    def label(self) -> str:
        """`speech_sessions.SpeechReport`."""
        return self.model._meta.label  # noqa: SLF001 - Django documents it

    @property
    def name(self) -> str:
        """`speech_sessions/speech_report`: where it stands in the copy."""
        meta = self.model._meta  # noqa: SLF001
        words = _WORD_BEGINS.sub("_", meta.object_name or "").lower()
        return f"{meta.app_label}/{words}"

    def rows_of(self, user: User) -> QuerySet[Any]:
        """The rows of `user`."""
        condition = Q()
        for path in self.paths:
            condition |= Q(**{path: user.pk})
        found: QuerySet[Any] = self.model._default_manager.filter(condition)  # noqa: SLF001
        return found.order_by("pk")

    def columns(self) -> list["Field[Any, Any]"]:
        """The columns that are shown to their owner."""
        hidden = SECRETS.get(self.label, set()) | THIRD_PARTIES.get(self.label, set())
        return [
            field
            for field in self.model._meta.concrete_fields  # noqa: SLF001
            if field.attname not in hidden
            and field.name not in SECRET_NAMES
            and not isinstance(field, models.BinaryField)
        ]

    def files(self) -> list[FileField]:
        """The columns that name a stored file."""
        fields = self.model._meta.concrete_fields  # noqa: SLF001
        return [field for field in fields if isinstance(field, FileField)]


@cache
def tables() -> tuple[Table, ...]:
    """Every model whose rows belong to a person, the person's own row first."""
    owned = [Table(User, ("pk",))]
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):  # noqa: SLF001
        paths = sorted(_paths_from(model, ()))
        if paths and model is not User:
            shortest = min(path.count("__") for path in paths)
            owned.append(Table(model, tuple(p for p in paths if p.count("__") == shortest)))
    return tuple(owned)


def exported() -> list[Table]:
    """The tables that stand in the copy."""
    return [table for table in tables() if table.label not in NOT_EXPORTED]


def file_names_of(user: User) -> Iterator[tuple[FileField, str]]:
    """Every file in a storage that a row of `user` names, with the column that names it."""
    for table in tables():
        for field in table.files():
            names = table.rows_of(user).values_list(field.attname, flat=True)
            for name in names.iterator():
                if name:
                    yield field, name


def _paths_from(model: type[models.Model], seen: tuple[type[models.Model], ...]) -> Iterator[str]:
    """The chains of CASCADE from `model` to the user, as filters spell them."""
    if len(seen) > _DEEPEST:
        return
    for field in model._meta.concrete_fields:  # noqa: SLF001
        remote = field.remote_field
        if remote is None or getattr(remote, "on_delete", None) is not models.CASCADE:
            continue
        target = field.related_model
        if target is User:
            yield field.name
        elif isinstance(target, type) and target is not model and target not in seen:
            for rest in _paths_from(target, (*seen, model)):
                yield f"{field.name}__{rest}"
