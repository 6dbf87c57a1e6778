"""The words that a recording leans on, and those that its sentences begin with."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from speech_sessions.presentation.measures import Text
from speech_sessions.presentation.moments import Moments, moments_of


@dataclass(frozen=True, slots=True)
class SaidOften:
    """A word or a few, how often they were said, and where."""

    text: str
    count: int
    moments: Moments


@dataclass(frozen=True, slots=True)
class WordList:
    """Words of one sort, commonest first."""

    title: Text
    meaning: Text
    items: list[SaidOften]


def word_lists(document: dict[str, Any]) -> list[WordList]:
    """The lists that a report has; reports of the first formulas have none."""
    said = document.get("words") or {}
    lists = (
        WordList(
            _("Words you lean on"),
            _("Words with a meaning of their own that come back most."),
            _items(said.get("leaned_on", ())),
        ),
        WordList(
            _("How sentences begin"),
            _("The same beginning again and again makes sentences sound alike."),
            _items(said.get("starters", ())),
        ),
    )
    return [each for each in lists if each.items]


def _items(entries: Any) -> list[SaidOften]:
    return [
        SaidOften(entry["text"], entry["count"], moments_of(entry["evidence"])) for entry in entries
    ]
