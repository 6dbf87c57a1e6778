"""Prompts: files whose names end in a version. A prompt that was used is never changed."""

from functools import cache
from pathlib import Path


@cache
def prompt(version: str) -> str:
    """The text of a prompt such as "feedback-1"."""
    return (Path(__file__).parent / f"{version}.md").read_text("utf-8")
