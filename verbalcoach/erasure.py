"""Erasing a person: queued work, files, sessions, traces, and last the rows.

Whatever breaks off leaves the order in place and the next turn goes on: every step may be done
twice. Workers that are at it meanwhile find their run or copy gone and leave nothing behind.
"""

import base64
import hashlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import models, transaction
from django.utils import timezone
from redis.exceptions import RedisError

from accounts.models import DataExport, Erasure, SecurityEvent, User
from contract.broker import NO_ANSWER
from conversations.models import TutorMessage, TutorSession, VoiceConversation
from pronunciation.models import Attempt
from speech.models import Hearing
from speech_sessions.models import AnalysisRun
from verbalcoach.personal_data import file_names_of, tables

logger = logging.getLogger(__name__)

QUEUES = ("default", "transcription", "feedback", "tutor")

# Whose rows the ids are that tasks take, by the name of the parameter.
ROWS_BY_PARAMETER: dict[str, tuple[type[models.Model], str]] = {
    "attempt_id": (Attempt, "user"),
    "conversation_id": (VoiceConversation, "user"),
    "event_id": (SecurityEvent, "user"),
    "export_id": (DataExport, "user"),
    "message_id": (TutorMessage, "session__user"),
    "session_id": (TutorSession, "user"),
    "hearing_id": (Hearing, "user"),
    "run_id": (AnalysisRun, "session__user"),
}


def erase_due() -> int:
    """Erase everybody whose days of grace are over; how many there were.

    One that fails is tried again with the next turn, and keeps nobody else waiting.
    """
    erased = 0
    due = Erasure.objects.filter(due_at__lte=timezone.now()).order_by("due_at")
    for order in due.select_related("user"):
        try:
            erase(order.user)
            erased += 1
        except Exception:
            logger.exception("the erasure of user %s broke off; it is tried again", order.user_id)
    return erased


def erase(user: User) -> None:
    """Delete everything that belongs to `user`, wherever it is."""
    pk, email = user.pk, user.email
    _shut(user)
    _forget_queued_work(user)
    _delete_working_files(user)
    _forget_sessions(pk)
    _forget_traces(user)
    with transaction.atomic():
        # Whoever adds a row of this person has to wait, and finds nobody then.
        locked = User.objects.select_for_update().filter(pk=pk).first()
        if locked is None:  # another worker was quicker
            return
        _delete_files(locked)
        locked.delete()
    _forget_cached(pk, email)


def _shut(user: User) -> None:
    """Nobody signs in any more, and whoever works for the person loses the work."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=False)
        runs = AnalysisRun.objects.filter(session__user=user, state__in=AnalysisRun.UNFINISHED)
        runs.update(state=AnalysisRun.State.FAILED, error="superseded", mail_due=False)
        exports = DataExport.objects.filter(user=user).exclude(state=DataExport.State.DONE)
        exports.update(state=DataExport.State.FAILED, lease_until=None)
        SecurityEvent.objects.filter(user=user).update(mail_due=False)


def _delete_files(user: User) -> None:
    for field, name in list(file_names_of(user)):
        field.storage.delete(name)


def _delete_working_files(user: User) -> None:
    """Those of this machine; on others the worker that loses its run deletes its own."""
    runs = AnalysisRun.objects.filter(session__user=user).values_list("pk", flat=True)
    exports = DataExport.objects.filter(user=user).values_list("pk", flat=True)
    talks = TutorSession.objects.filter(user=user).values_list("pk", flat=True)
    patterns = [f"run-{pk}-*" for pk in runs]
    patterns += [f"export-{pk}-*" for pk in exports]
    patterns += [f"tutor-{pk}-*" for pk in talks]
    for pattern in patterns:
        for path in Path(settings.WORK_DIR).glob(pattern):
            path.unlink(missing_ok=True)


def _forget_sessions(pk: int) -> None:
    """Sessions name their user inside their data only."""
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(pk):
            session.delete()


def _forget_traces(user: User) -> None:
    """What tells of the person without belonging to them: by address, or by the admin's history."""
    owned = {table.model for table in tables()}
    for model in apps.get_models():
        if model in owned:
            continue
        for field in model._meta.concrete_fields:  # noqa: SLF001 - Django documents it
            if isinstance(field, models.CharField) and not field.primary_key:
                model._default_manager.filter(**{f"{field.name}__iexact": user.email}).delete()  # noqa: SLF001
    # That staff did something stays, to whom does not.
    for table in tables():
        rows = [str(pk) for pk in table.rows_of(user).values_list("pk", flat=True)]
        about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(table.model))
        for start in range(0, len(rows), 500):
            named = about.filter(object_id__in=rows[start : start + 500])
            named.update(object_id=None, object_repr="erased", change_message="")


def _forget_cached(pk: int, email: str) -> None:
    """Counts of what the person did, under their number or a digest of their address."""
    digest = hashlib.sha256(email.encode()).hexdigest()
    for pattern in (f"throttle_*_{pk}", f"*{digest}*"):
        try:
            cache.delete_pattern(pattern)
        except RedisError as error:
            logger.warning("counts of an erased person stay until they expire (%s)", error)


def _forget_queued_work(user: User) -> None:
    """Take the messages about rows of `user` out of the queues.

    They hold numbers only, and without their rows they do nothing: a broker that is down keeps
    nobody's account alive.
    """
    doomed = {
        parameter: set(model._default_manager.filter(**{path: user}).values_list("pk", flat=True))  # noqa: SLF001
        for parameter, (model, path) in ROWS_BY_PARAMETER.items()
    }
    current_app.loader.import_default_modules()  # what the tasks in the queues are
    try:
        with current_app.connection_for_write() as connection:
            channel = connection.default_channel
            if hasattr(channel, "unacked_key"):  # Redis
                _sweep(channel, doomed)
    except NO_ANSWER as error:
        logger.warning("queued work of user %s was not taken back (%s)", user.pk, error)


def _sweep(channel: Any, doomed: dict[str, set[int]]) -> None:
    client = channel.client
    for queue in QUEUES:
        for raw in client.lrange(queue, 0, -1):
            if _is_about(json.loads(raw), doomed):
                client.lrem(queue, 1, raw)
    # Handed to a worker that has not said it is done; it says so to nobody then.
    for tag, raw in client.hgetall(channel.unacked_key).items():
        if _is_about(json.loads(raw)[0], doomed):
            client.zrem(channel.unacked_index_key, tag)
            client.hdel(channel.unacked_key, tag)


def _is_about(message: dict[str, Any], doomed: dict[str, set[int]]) -> bool:
    """Whether a queued message orders work on one of the rows."""
    task = current_app.tasks.get(message["headers"].get("task", ""))
    if task is None:
        return False
    positional, named, _rest = json.loads(base64.b64decode(message["body"]))
    given = dict(zip(_parameters(task), positional, strict=False)) | named
    return any(value in doomed.get(name, ()) for name, value in given.items())


def _parameters(task: Any) -> Iterator[str]:
    return (name for name in task.run.__annotations__ if name != "return")
