"""Asking one model after another until one answers."""

import time
from collections.abc import Sequence
from dataclasses import replace

from engines.language_models import (
    Answer,
    Failure,
    LanguageModelError,
    LanguageModelOptions,
    Request,
    make,
)


def ask_in_turn(
    models: Sequence[LanguageModelOptions], request: Request, *, seconds: float
) -> Answer:
    """The answer of the first of `models` that gives one, within `seconds` for all of them.

    Each may take an equal part of what time is left, so that a silent first one leaves some to the
    next. The answer says who was passed over and why. Raises the last one's LanguageModelError.
    """
    until = time.monotonic() + seconds
    failures: list[Failure] = []
    detail = "There was no time left." if models else "No language model is set up."
    last = LanguageModelError("engine_unavailable", permanent=not models, detail=detail)
    for place, options in enumerate(models):
        left = until - time.monotonic()
        if left <= 0:
            break
        try:
            answer = make(options).ask(request, seconds=left / (len(models) - place))
        except LanguageModelError as error:
            failures.append(
                Failure(f"{options.provider} {options.model}", error.code, error.detail)
            )
            last = error
        else:
            return replace(answer, passed_over=tuple(failures))
    raise last
