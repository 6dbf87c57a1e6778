"""Making the copy of everything that belongs to a person: one zip, by a worker, piece by piece.

A worker owns a copy's row until `lease_until`, and every write of it names the attempt: one that
lost its row (it slept too long, the person was erased) writes nothing more and leaves no file.
Rows and files go through in blocks, so memory does not grow with them.
"""

import csv
import io
import json
import logging
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path, PurePath
from typing import IO, Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import DataExport, User
from accounts.security_log import Kind, record
from verbalcoach.personal_data import Table, exported

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 3
RESEND_AFTER = timedelta(seconds=30)
BLOCK_BYTES = 1 << 20
ROWS_AT_ONCE = 20
FAILURES_KEPT = timedelta(days=7)
# A spreadsheet runs a cell that begins so; an apostrophe makes it text.
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")

Tell = Callable[[int], None]


class LeaseLost(Exception):
    """The copy belongs to another worker now, or nobody wants it any more."""


def make_export(export_id: int) -> bool:
    """Make the copy, if it waits for somebody; whether it is there now."""
    export = claim(export_id)
    if export is None:
        return False
    target = Path(settings.WORK_DIR) / f"export-{export.pk}-{export.attempt}.zip"
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        if export.attempt > MAX_ATTEMPTS:
            _fail(export, "worker_lost")
            return False
        _write(export, target)
        _store(export, target)
    except LeaseLost:
        logger.info("copy %s went to another worker or was given up", export_id)
        return False
    except SoftTimeLimitExceeded:
        _fail(export, "timed_out")
        return False
    except Exception:
        logger.exception("copy %s broke off", export_id)
        _fail(export, "internal")
        return False
    finally:
        for left_behind in target.parent.glob(f"export-{export.pk}-*.zip"):
            with suppress(ValueError):
                # A newer attempt may be writing its own.
                if int(left_behind.stem.rpartition("-")[2]) <= export.attempt:
                    left_behind.unlink(missing_ok=True)
    return True


def claim(export_id: int) -> DataExport | None:
    """Take the copy for LEASE; None where there is nothing to do or somebody else does it."""
    now = timezone.now()
    free = Q(state=DataExport.State.QUEUED)
    left = Q(state=DataExport.State.RUNNING, lease_until__lte=now)
    taken = DataExport.objects.filter(free | left, pk=export_id).update(
        state=DataExport.State.RUNNING,
        lease_until=now + LEASE,
        attempt=F("attempt") + 1,
        progress=0,
    )
    if not taken:
        return None
    return DataExport.objects.select_related("user").filter(pk=export_id).first()


def abandoned() -> QuerySet[DataExport]:
    """Copies that nobody makes: asked for half a minute ago, or left by a lost worker."""
    now = timezone.now()
    waiting = Q(state=DataExport.State.QUEUED, created_at__lte=now - RESEND_AFTER)
    left = Q(state=DataExport.State.RUNNING, lease_until__lte=now)
    return DataExport.objects.filter(waiting | left).order_by("pk")[:50]


def delete_expired() -> int:
    """Delete copies whose time is over, file first; how many there were."""
    now = timezone.now()
    old = Q(expires_at__lte=now) | Q(
        state=DataExport.State.FAILED, created_at__lte=now - FAILURES_KEPT
    )
    expired = list(DataExport.objects.filter(old))
    for export in expired:
        if export.file:
            export.file.storage.delete(export.file.name)
        DataExport.objects.filter(pk=export.pk).delete()
    return len(expired)


def _write_as(export: DataExport, **values: Any) -> None:
    """Change the row as its worker. Raises LeaseLost."""
    owned = DataExport.objects.filter(
        pk=export.pk, state=DataExport.State.RUNNING, attempt=export.attempt
    )
    if not owned.update(**values):
        raise LeaseLost(export.pk)


def _fail(export: DataExport, code: str) -> None:
    with suppress(LeaseLost):
        _write_as(
            export,
            state=DataExport.State.FAILED,
            error=code,
            lease_until=None,
            finished_at=timezone.now(),
        )


def _write(export: DataExport, target: Path) -> None:
    """Write the zip to a local file. Raises LeaseLost."""
    user = export.user
    tables = exported()
    tell = _reporter(export, sum(_weight(table, user) for table in tables))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        with translation.override(user.interface_language or settings.LANGUAGE_CODE):
            readme = render_to_string("accounts/export_readme.txt", {"user": user})
        archive.writestr("README.txt", readme)
        for table in tables:
            _write_json(archive, table, user, tell)
            _write_csv(archive, table, user)
            _write_files(archive, table, user, tell)


def _store(export: DataExport, target: Path) -> None:
    """Hand the zip over to the storage and say that it is there. Raises LeaseLost."""
    size = target.stat().st_size
    # Copying to a storage far away has no progress to tell.
    _write_as(export, lease_until=timezone.now() + 5 * LEASE, progress=99)
    field = DataExport.file.field
    with target.open("rb") as file:
        name = field.storage.save(field.generate_filename(export, "copy.zip"), File(file))
    try:
        now = timezone.now()
        _write_as(
            export,
            state=DataExport.State.DONE,
            progress=100,
            lease_until=None,
            error="",
            file=name,
            size=size,
            finished_at=now,
            expires_at=now + timedelta(days=settings.EXPORT_KEPT_DAYS),
        )
    except BaseException:
        field.storage.delete(name)
        raise
    record(export.user, Kind.EXPORT_READY, size=size)


def _weight(table: Table, user: User) -> int:
    """What a table counts in the progress: a thousand for each row, and the bytes of its files."""
    weight: int = 1000 * table.rows_of(user).count()
    for _name, stored in _stored_files(table, user):
        with suppress(FileNotFoundError):
            weight += stored.size
    return weight


def _reporter(export: DataExport, total: int) -> Tell:
    """Takes what was done; writes the percentage and renews the lease once a second at most."""
    done, told_at = 0, time.monotonic()

    def tell(more: int) -> None:
        nonlocal done, told_at
        done += more
        if time.monotonic() - told_at >= 1:
            told_at = time.monotonic()
            percent = min(98, 98 * done // max(total, 1))
            _write_as(export, progress=percent, lease_until=timezone.now() + LEASE)

    return tell


def _write_json(archive: zipfile.ZipFile, table: Table, user: User, tell: Tell) -> None:
    columns = [field.attname for field in table.columns()]
    with archive.open(f"{table.name}.json", "w", force_zip64=True) as member:
        member.write(b"[")
        for number, row in enumerate(_values(table, user, columns)):
            text = json.dumps(
                dict(zip(columns, row, strict=True)), cls=_Encoder, ensure_ascii=False, indent=1
            )
            member.write(b",\n" if number else b"\n")
            member.write(text.encode())
            tell(1000)
        member.write(b"\n]\n")


def _write_csv(archive: zipfile.ZipFile, table: Table, user: User) -> None:
    """The same rows for a spreadsheet, without what fits no cell: columns of JSON."""
    fields = table.columns()
    columns = [field.attname for field in fields if not isinstance(field, models.JSONField)]
    with (
        archive.open(f"{table.name}.csv", "w", force_zip64=True) as member,
        io.TextIOWrapper(member, "utf-8-sig", newline="") as text,
    ):
        writer = csv.writer(text)
        writer.writerow(columns)
        for row in _values(table, user, columns):
            writer.writerow([_cell(value) for value in row])


def _write_files(archive: zipfile.ZipFile, table: Table, user: User, tell: Tell) -> None:
    """Stored files as they are; sound and pictures are packed already."""
    for name, stored in _stored_files(table, user):
        info = zipfile.ZipInfo(name, timezone.now().timetuple()[:6])
        info.compress_type = zipfile.ZIP_STORED
        # A recording that is to be deleted goes whenever its time has come.
        with (
            suppress(FileNotFoundError),
            stored.storage.open(stored.name, "rb") as file,
            archive.open(info, "w", force_zip64=True) as member,
        ):
            for block in _blocks(file):
                member.write(block)
                tell(len(block))


def _stored_files(table: Table, user: User) -> Iterator[tuple[str, Any]]:
    """Name in the copy and file, for every file of the table that is really there."""
    for field in table.files():
        rows = table.rows_of(user).exclude(**{field.attname: ""}).only("pk", field.attname)
        for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
            stored = getattr(row, field.attname)
            if stored.storage.exists(stored.name):
                suffix = PurePath(stored.name).suffix
                yield f"{table.name}/{row.pk}-{field.name}{suffix}", stored


def _values(table: Table, user: User, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    rows = table.rows_of(user).values_list(*columns)
    yield from rows.iterator(chunk_size=ROWS_AT_ONCE)


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(BLOCK_BYTES):
        yield block


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA_BEGINS):
        return f"'{value}"
    return "" if value is None else value


class _Encoder(DjangoJSONEncoder):
    """Whatever a column of another kind holds is written as text."""

    def default(self, value: Any) -> Any:
        """Times, UUIDs and decimals as Django writes them; the rest by `str`."""
        try:
            return super().default(value)
        except TypeError:
            return str(value)
