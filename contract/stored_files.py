"""Files that go with their rows."""

import logging
from collections.abc import Iterable

from django.core.files.storage import Storage
from django.db import transaction

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
