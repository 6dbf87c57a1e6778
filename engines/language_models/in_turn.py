"""Asking one model after another until one answers."""

from collections.abc import Sequence
from dataclasses import replace

from engines.in_turn import first_answer
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

    The answer says who was passed over and why. Raises the last one's LanguageModelError.
    """
    detail = "There was no time left." if models else "No language model is set up."
    answer, _, failures = first_answer(
        models,
        lambda options, left: make(options).ask(request, seconds=left),
        seconds=seconds,
        nobody=LanguageModelError("engine_unavailable", permanent=not models, detail=detail),
    )
    passed_over = tuple(
        Failure(f"{options.provider} {options.model}", error.code, error.detail)
        for options, error in failures
    )
    return replace(answer, passed_over=passed_over)
