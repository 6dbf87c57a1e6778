"""Asking one engine after another until one answers."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from engines.errors import EngineError

Candidate = TypeVar("Candidate")
Answer = TypeVar("Answer")
Failures = list[tuple[Candidate, EngineError]]


def first_answer(
    candidates: Sequence[Candidate],
    ask: Callable[[Candidate, float], Answer],
    *,
    seconds: float,
    nobody: EngineError,
    at_once: Callable[[Candidate], bool] = lambda candidate: False,
) -> tuple[Answer, Candidate, "Failures[Candidate]"]:
    """The first answer, who gave it, and who was asked before with their errors.

    `ask` is given a candidate and the seconds that it may take: an equal part of what is left of
    `seconds`, so that a silent first one leaves some to the next. One that answers `at_once` is
    asked however little is left. Raises the last one's EngineError, or `nobody` where nobody was
    asked.
    """
    until = time.monotonic() + seconds
    failures: Failures[Candidate] = []
    last = nobody
    for place, candidate in enumerate(candidates):
        left = until - time.monotonic()
        if left <= 0 and not at_once(candidate):
            continue
        try:
            answer = ask(candidate, left / (len(candidates) - place))
        except EngineError as error:
            failures.append((candidate, error))
            last = error
        else:
            return answer, candidate, failures
    raise last
