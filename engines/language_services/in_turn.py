"""Asking these services within bounds, and one after another."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from engines.asking import Bounds
from engines.in_turn import first_answer
from engines.language_services import (
    Entry,
    GrammarHit,
    LanguageServiceError,
    Service,
    ServiceOptions,
    dictionary,
    grammar_checker,
    translator,
)
from engines.made_once import MadeOnce

Answer = TypeVar("Answer")

_bounds_of: MadeOnce[ServiceOptions, Bounds] = MadeOnce(
    lambda options: Bounds(LanguageServiceError, timeout=options.timeout, retries=options.retries)
)


@dataclass(frozen=True, slots=True)
class Told(Generic[Answer]):
    """An answer, who gave it, and how long that took with every try and wait."""

    answer: Answer
    service: str
    leaves_machine: bool
    seconds: float


def translate(
    services: Sequence[ServiceOptions],
    text: str,
    *,
    source: str | None,
    target: str,
    seconds: float,
) -> Told[str]:
    """`text` in `target`, by the first that answers. Raises the last one's LanguageServiceError."""

    def ask(options: ServiceOptions, timeout: float) -> str:
        return translator(options).translate(text, source=source, target=target, timeout=timeout)

    return _told(services, translator, ask, seconds)


def look_up(
    services: Sequence[ServiceOptions], word: str, *, language: str, seconds: float
) -> Told[Entry]:
    """What `word` means, by the first that knows. Raises the last one's LanguageServiceError."""

    def ask(options: ServiceOptions, timeout: float) -> Entry:
        return dictionary(options).look_up(word, language=language, timeout=timeout)

    return _told(services, dictionary, ask, seconds)


def check_grammar(
    services: Sequence[ServiceOptions], text: str, *, language: str, seconds: float
) -> Told[tuple[GrammarHit, ...]]:
    """What could be said better. Raises the last one's LanguageServiceError."""

    def ask(options: ServiceOptions, timeout: float) -> tuple[GrammarHit, ...]:
        return grammar_checker(options).check(text, language=language, timeout=timeout)

    return _told(services, grammar_checker, ask, seconds)


def _told(
    services: Sequence[ServiceOptions],
    made: Callable[[ServiceOptions], Service],
    ask: Callable[[ServiceOptions, float], Answer],
    seconds: float,
) -> Told[Answer]:
    began = time.monotonic()

    def within(options: ServiceOptions, left: float) -> Answer:
        return _bounds_of(options).ask(lambda timeout, tries: ask(options, timeout), seconds=left)

    detail = "There was no time left." if services else "No such service is set up."
    answer, options, _ = first_answer(
        services,
        within,
        seconds=seconds,
        nobody=LanguageServiceError("engine_unavailable", permanent=not services, detail=detail),
    )
    service = made(options)
    took = round(time.monotonic() - began, 3)
    return Told(answer, service.name, service.leaves_machine, took)
