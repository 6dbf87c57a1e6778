"""Prompts: files whose names end in a version. A prompt that was used is never changed."""

import functools
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "prompts"
FEEDBACK = "feedback-1"
FEEDBACK_AGAIN = "feedback-again-1"


@functools.cache
def prompt(version: str) -> str:
    """The text of a prompt such as "feedback-1"."""
    return (FOLDER / f"{version}.md").read_text(encoding="utf-8")
