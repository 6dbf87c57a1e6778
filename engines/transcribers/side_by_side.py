"""The windows of one batch, worked on side by side.

A decoder writes token by token, and each is too little work to share: with two threads it takes as
long as with one. So a batch is parted among workers that have a share of the threads each. Windows
know nothing of one another, so the outcome is the same (docs/decisions/0018-two-workers.md).
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from faster_whisper.transcribe import get_ctranslate2_storage

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class SideBySide:
    """A CTranslate2 model with `workers` of its own; whatever is not named here it does itself."""

    def __init__(self, model: Any, workers: int) -> None:
        self._model = model
        self._workers = workers
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="recognition")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def each(self, work: Callable[[Item], Outcome], items: Iterable[Item]) -> list[Outcome]:
        """What `work` makes of each item, in order. It must not call `each` itself."""
        if self._workers == 1:
            return [work(item) for item in items]
        return list(self._pool.map(work, items))

    def generate(self, encoded: Any, prompts: Sequence[Any], **options: Any) -> list[Any]:
        """As the model's: a text for each prompt, of the encoded window at the same place."""
        if min(self._workers, len(prompts)) == 1:
            return list(self._model.generate(encoded, prompts, **options))
        states = np.array(encoded)
        most = -(-len(prompts) // self._workers)
        shares = [slice(first, first + most) for first in range(0, len(prompts), most)]
        written = self.each(
            lambda share: self._model.generate(
                get_ctranslate2_storage(states[share]), prompts[share], **options
            ),
            shares,
        )
        return [text for texts in written for text in texts]
