"""What every script of a language shares: built-in intents, repair lines, words of manner."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .data_files import DATA, read
from .pattern_tables import patterns_under
from .patterns import Pattern
from .personas import MANNERS

# Answered by the player itself, before a script's own replies.
URGENT = ("distress", "stop", "meaning", "what_is", "real_question")
# Answered by the player where no reply of the node names them and none of its slots was heard.
PLAYER = (
    "repeat",
    "slower",
    "help",
    "dont_know",
    "rude",
    "how_are_you",
    "name_question",
    "where_from",
)
# Courtesies: an open question takes them as part of the answer.
LIGHT = (
    "yes",
    "no",
    "please",
    "thanks",
    "greeting",
    "bye",
    "sorry",
    "change",
    "enough",
    "want",
    "my_name",
)
INTENTS = frozenset((*URGENT, *PLAYER, *LIGHT))

# Every list of lines the player says, with the least number of paraphrases.
LINES: Mapping[str, int] = MappingProxyType(
    {
        "silence": 3,
        "not_understood": 3,
        "did_you_mean": 2,
        "hint": 2,
        "foreign": 2,
        "go_on": 2,
        "changed": 2,
        "added": 2,
        "noted": 2,
        "kept": 2,
        "which": 2,
        "what_instead": 2,
        "more": 2,
        "repeat": 3,
        "slower": 2,
        "help": 2,
        "dont_know": 2,
        "meaning": 2,
        "meaning_unknown": 2,
        "rude": 2,
        "how_are_you": 2,
        "name_question": 2,
        "where_from": 2,
        "real_question": 2,
        "greeting": 2,
        "thanks": 2,
        "sorry": 2,
        "my_name": 2,
        "all_right": 2,
        "stop": 2,
        "over": 2,
        "distress": 1,
        "recast": 3,
    }
)


@dataclass(frozen=True)
class Phrases:
    """One language's share of every script."""

    language: str
    intents: Mapping[str, tuple[Pattern, ...]]
    lines: Mapping[str, tuple[str, ...]]
    ok: Mapping[str, tuple[str, ...]]
    joiner: str
    mirror: Mapping[str, Mapping[str, str]]
    negations: frozenset[str]
    questions: frozenset[str]
    leads: frozenset[str]
    common: frozenset[str]
    foreign: Mapping[str, frozenset[str]]


class NoPhrases(LookupError):
    """The scripted partner does not speak this language."""


@cache
def phrases(language: str) -> Phrases:
    """The shared phrases of a language; raises NoPhrases, or DataError for a wrong file."""
    path = DATA / "phrases" / f"{language}.toml"
    if not path.is_file():
        raise NoPhrases(language)
    file = read(path)
    intents, lines, ok = file.table("intents"), file.table("lines"), file.table("ok")
    mirror, foreign = file.table("mirror"), file.table("foreign")
    found = Phrases(
        language=language,
        intents={name: patterns_under(intents, name) for name in sorted(INTENTS)},
        lines={name: lines.lines(name, least) for name, least in LINES.items()},
        ok={manner: ok.lines(manner, 3) for manner in MANNERS},
        joiner=file.text("joiner"),
        mirror={
            address: {word: words.text(word) for word in list(words.rows)}
            for address, words in mirror.each().items()
        },
        negations=frozenset(file.lines("negations", 1)),
        questions=frozenset(" ".join(file.lines("questions", 1)).split()),
        leads=frozenset(" ".join(file.lines("leads", 1)).split()),
        common=frozenset(" ".join(file.lines("common", 1)).split()),
        foreign={
            name: frozenset(" ".join(foreign.lines(name)).split()) for name in list(foreign.rows)
        },
    )
    for table in (file, intents, lines, ok, foreign):
        table.close()
    return found
