"""Situations to talk in, whoever plays the partner. Format: data/README.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .data_files import DATA, Table, read

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
CONVERSATION_TYPES = (
    "practice",
    "lesson",
    "conversation",
    "assessment",
    "pronunciation",
    "vocabulary",
    "grammar",
)


@dataclass(frozen=True)
class Check:
    """One thing that makes a talk a success, in the past tense."""

    id: str
    text: str


@dataclass(frozen=True)
class UsefulWord:
    """A word of the situation, explained in its own language."""

    word: str
    meaning: str


@dataclass(frozen=True)
class Scenario:
    """A situation, whoever plays it; `words` and `opening` are by language code."""

    slug: str
    title: str
    level: str
    category: str
    conversation_type: str
    goal: str
    partner_name: str
    partner_role: str
    manner: str
    checks: tuple[Check, ...]
    words: Mapping[str, tuple[UsefulWord, ...]]
    opening: Mapping[str, str]


class UnknownScenario(LookupError):
    """No situation has this slug."""


def read_scenario(path: Path) -> Scenario:
    """The situation of one file; raises DataError naming what is wrong in it."""
    table = read(path)
    checks = tuple(_check(row) for row in table.tables("checks"))
    if not 1 <= len({check.id for check in checks}) == len(checks):
        raise table.fail("checks", "are none, or one id stands twice")
    opening_table, words_table = table.table("opening"), table.table("words")
    opening = {language: opening_table.text(language) for language in list(opening_table.rows)}
    words = {
        language: tuple(_word(row) for row in words_table.tables(language))
        for language in list(words_table.rows)
    }
    for key, by_language in (("opening", opening), ("words", words)):
        if "en" not in by_language:
            raise table.fail(key, "has no English")
    scenario = Scenario(
        slug=path.stem,
        title=table.text("title"),
        level=table.one_of("level", LEVELS),
        category=table.text("category"),
        conversation_type=table.one_of("conversation_type", CONVERSATION_TYPES),
        goal=table.text("goal"),
        partner_name=table.text("partner_name"),
        partner_role=table.text("partner_role"),
        manner=table.text("manner"),
        checks=checks,
        words=MappingProxyType(words),
        opening=MappingProxyType(opening),
    )
    table.close()
    return scenario


def _check(row: Table) -> Check:
    check = Check(id=row.text("id"), text=row.text("text"))
    row.close()
    return check


def _word(row: Table) -> UsefulWord:
    word = UsefulWord(word=row.text("word"), meaning=row.text("meaning"))
    row.close()
    return word


@cache
def _scenarios() -> Mapping[str, Scenario]:
    found = (read_scenario(path) for path in sorted((DATA / "scenarios").glob("*.toml")))
    order = sorted(found, key=lambda one: (LEVELS.index(one.level), one.title))
    return MappingProxyType({one.slug: one for one in order})


def all_scenarios() -> tuple[Scenario, ...]:
    """Every situation, easiest first, then by title."""
    return tuple(_scenarios().values())


def scenario(slug: str) -> Scenario:
    """One situation; raises UnknownScenario."""
    try:
        return _scenarios()[slug]
    except KeyError:
        raise UnknownScenario(slug) from None


@cache
def script_languages(slug: str) -> tuple[str, ...]:
    """The languages in which the scripted partner plays it, in alphabetical order; none: ()."""
    return tuple(sorted(path.parent.name for path in (DATA / "scripts").glob(f"*/{slug}.toml")))
