"""One action on many sessions of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from speech_sessions.models import SpeechSession
from speech_sessions.services.removal import delete_sessions

BulkAction = Literal["archive", "restore", "delete", "tag"]


@dataclass(frozen=True)
class BulkResult:
    """What became of one of the sessions named; `error` is for the user, empty when `ok`."""

    id: int
    ok: bool
    error: str = ""


def apply_bulk_action(
    user: User, ids: Sequence[int], action: BulkAction, tag: str = ""
) -> list[BulkResult]:
    """Do `action` to those of `user`'s sessions that `ids` names; one result an id, in order.

    `restore` leads archived sessions to analyzed where a report exists, else to pending. `tag` adds
    `tag`. Ids of nobody's or somebody else's sessions are told to be not there.
    """
    with transaction.atomic():
        mine = SpeechSession.objects.filter(user=user, pk__in=ids)
        found = set(mine.values_list("pk", flat=True))
        if action == "delete":
            delete_sessions(mine)
        elif action == "archive":
            mine.update(status=SpeechSession.Status.ARCHIVED, updated_at=timezone.now())
        elif action == "restore":
            _restore(mine.filter(status=SpeechSession.Status.ARCHIVED))
        elif action == "tag":
            _tag(mine, tag.strip())
        else:
            raise ValueError(action)
    missing = _("There is no such session.")
    return [
        BulkResult(pk, ok=True) if pk in found else BulkResult(pk, ok=False, error=missing)
        for pk in dict.fromkeys(ids)
    ]


def _restore(archived: QuerySet[SpeechSession]) -> None:
    archived.update(
        status=Case(
            When(report__isnull=False, then=Value(SpeechSession.Status.ANALYZED.value)),
            default=Value(SpeechSession.Status.PENDING.value),
        ),
        updated_at=timezone.now(),
    )


def _tag(sessions: QuerySet[SpeechSession], tag: str) -> None:
    if not tag:
        raise ValueError("tag")
    untagged = [session for session in sessions.only("tags") if tag not in session.tags]
    for session in untagged:
        session.tags = [*session.tags, tag]
        session.updated_at = timezone.now()
    SpeechSession.objects.bulk_update(untagged, ["tags", "updated_at"])
