"""Decoded recordings while their runs last: made where they are needed, on whichever machine."""

import contextlib
import hashlib
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage

from analysis.errors import AnalysisError
from speech_sessions.models import AnalysisRun

KEPT_SECONDS = 24 * 60 * 60


def path_of(run: AnalysisRun) -> Path:
    """Where this machine keeps the run's decoded samples; the file need not be there."""
    return path_for(run.pk, str(run.session.audio_file.name))


def path_for(run_id: int, audio_name: str) -> Path:
    """The same for the run of this number on the recording stored under this name.

    Recordings have random names, so another installation's run of the same number has another file.
    """
    recording = hashlib.sha256(audio_name.encode()).hexdigest()[:16]
    return Path(settings.WORK_DIR) / f"run-{run_id}-{recording}.pcm"


def remove(run: AnalysisRun) -> None:
    """Delete the run's decoded samples, if this machine has them."""
    path_of(run).unlink(missing_ok=True)


def delete(paths: Iterable[Path]) -> None:
    """Delete samples of runs whose rows are gone already."""
    for path in paths:
        path.unlink(missing_ok=True)


def remove_if_over(run: AnalysisRun) -> None:
    """Delete them where nobody will work on the run any more: it ended, or was deleted."""
    unfinished = AnalysisRun.objects.filter(pk=run.pk, state__in=AnalysisRun.UNFINISHED)
    if not unfinished.exists():
        remove(run)


def sweep() -> None:
    """Delete what lost workers left behind a day ago or earlier."""
    folder = Path(settings.WORK_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - KEPT_SECONDS:
                path.unlink()


@contextlib.contextmanager
def original(run: AnalysisRun) -> Iterator[Path]:
    """The stored recording as a local file: itself where the storage is local, else a copy.

    Raises AnalysisError `recording_missing`.
    """
    file = run.session.audio_file
    local = _local_path(file.storage, str(file.name))
    with contextlib.ExitStack() as stack:
        try:
            if local is None:
                local = stack.enter_context(_copy(file.storage, str(file.name)))
            else:
                local.stat()
        except FileNotFoundError as error:
            raise AnalysisError(
                "recording_missing",
                permanent=True,
                detail=f"{file.name} is not in the storage.",
            ) from error
        yield local


@contextlib.contextmanager
def _copy(storage: Storage, name: str) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile(dir=settings.WORK_DIR) as copy:
        with storage.open(name, "rb") as stored:
            shutil.copyfileobj(stored, copy, 1 << 20)
        copy.flush()
        yield Path(copy.name)


def _local_path(storage: Storage, name: str) -> Path | None:
    try:
        return Path(storage.path(name))
    except NotImplementedError:
        return None
