"""Asking for a copy of one's data, and fetching it."""

from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import DataExport, User
from accounts.security_log import Kind, record
from contract.broker import hand_over

# Whoever reads all apps makes it; this app knows the work by its name only.
TASK = "verbalcoach.tasks.make_export"
_SALT = "accounts.exports.link"


class ExportUnderWay(Exception):
    """A copy is being made already; `str()` says so to the user."""

    def __init__(self) -> None:
        super().__init__(_("A copy is being made already. Wait until it is ready."))


def request_export(user: User, request: HttpRequest | None = None) -> DataExport:
    """Order a copy of everything of `user`; the one before is deleted. Raises ExportUnderWay."""
    try:
        with transaction.atomic():
            export = DataExport.objects.create(user=user)
            older = DataExport.objects.filter(user=user).exclude(pk=export.pk)
            names = [name for name in older.values_list("file", flat=True) if name]
            older.delete()
            record(user, Kind.EXPORT_ASKED, request)
            transaction.on_commit(lambda: _begin(export, names), robust=True)
    except IntegrityError as error:  # the constraint lets one be under way
        raise ExportUnderWay from error
    return export


def send(export: DataExport) -> bool:
    """Tell a worker; False where the broker is down: beat tells it again."""
    queue = settings.CELERY_TASK_DEFAULT_QUEUE
    return hand_over(
        lambda: current_app.send_task(TASK, args=(export.pk,), queue=queue), f"copy {export.pk}"
    )


def newest_export(user: User) -> DataExport | None:
    """The copy that was asked for last, whatever became of it; one whose time is over is none."""
    export = DataExport.objects.filter(user=user).first()
    if export and export.expires_at and export.expires_at <= timezone.now():
        return None
    return export


def link_of(export: DataExport) -> str:
    """What opens the copy for a few minutes, in the hands of its owner only."""
    return signing.dumps([export.pk, export.user_id], salt=_SALT)


def export_of_link(user: User, link: str) -> DataExport | None:
    """The copy that `link` opens for `user`; None where it is too old, another's or gone."""
    lasts = timedelta(seconds=settings.EXPORT_LINK_SECONDS)
    try:
        export_id, user_id = signing.loads(link, salt=_SALT, max_age=lasts)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    newest = newest_export(user)
    if newest is None or (export_id, user_id) != (newest.pk, user.pk) or not newest.file:
        return None
    return newest


def file_name_of(export: DataExport) -> str:
    """What a browser calls the copy: it names the day."""
    product = slugify(settings.APP_NAME) or "copy"
    return f"{product}-{timezone.localtime(export.created_at):%Y-%m-%d}.zip"


def note_download(export: DataExport, request: HttpRequest) -> None:
    """Write down that the copy was fetched: when somebody begins at its beginning."""
    wanted = request.headers.get("Range", "").replace(" ", "")
    if request.method == "GET" and (not wanted or wanted.startswith("bytes=0-")):
        record(export.user, Kind.EXPORT_FETCHED, request)


def _begin(export: DataExport, old_files: list[str]) -> None:
    for name in old_files:
        DataExport.file.field.storage.delete(name)
    send(export)
