"""Files that go with their rows, or before them."""

import logging
from collections.abc import Iterable

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Model

logger = logging.getLogger(__name__)


def delete_on_commit(storage: Storage, names: Iterable[str | None]) -> None:
    """Delete files once the transaction is committed; of one that cannot be, the log tells."""
    files = [name for name in names if name]

    def delete() -> None:
        for name in files:
            try:
                storage.delete(name)
            except OSError:
                logger.exception("a file of what was deleted is left in storage: %s", name)

    if files:
        transaction.on_commit(delete, robust=True)


def delete_file_of(row: Model, column: str) -> bool:
    """Delete the file in `column` of a row that stays, then empty the column; whether that is done.

    The file goes first: where that fails, or breaks off before the column is empty, the row still
    names it and whoever deletes next tries again.
    """
    file = getattr(row, column)
    try:
        file.storage.delete(str(file.name))
    except OSError:
        logger.exception(
            "the file of %s %s was not deleted; tried again", type(row).__name__, row.pk
        )
        return False
    return bool(type(row)._default_manager.filter(pk=row.pk).update(**{column: ""}))  # noqa: SLF001
