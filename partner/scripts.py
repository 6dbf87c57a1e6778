"""The graph a scripted partner follows. Format of its files: data/README.md."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .patterns import Pattern

PLACEHOLDER: Final = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
ALWAYS_KNOWN: Final = frozenset(("ok", "partner"))
Fact = str | int | float


@dataclass(frozen=True)
class Value:
    """One thing a choice may be; `facts` are what lines can say of it.

    `forms` count at every node, `here` only at one that asks for its slot.
    """

    name: str
    echo: str
    forms: tuple[Pattern, ...]
    here: tuple[Pattern, ...]
    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class Slot:
    """What can be understood: one of `values`, a number, or the learner's own words."""

    name: str
    kind: str
    many: bool
    values: tuple[Value, ...]
    low: int
    high: int
    near: tuple[Pattern, ...]
    patterns: tuple[Pattern, ...]
    here: tuple[Pattern, ...]

    def value(self, name: str) -> Value | None:
        """The value of this name."""
        return next((value for value in self.values if value.name == name), None)


@dataclass(frozen=True)
class Answer:
    """A reply, an aside or a rescue: when it fits, what it says, what it does.

    `sets` fills slots at once, `offers` when the learner says yes next.
    """

    when: tuple[str, ...]
    known: tuple[str, ...]
    says: tuple[str, ...]
    pushback: tuple[str, ...]
    checks: tuple[str, ...]
    sets: Mapping[str, str]
    offers: Mapping[str, str]
    next: str | None
    words: int


@dataclass(frozen=True)
class Node:
    """One question of the partner, and what it makes of the answer."""

    name: str
    says: tuple[str, ...]
    again: tuple[str, ...]
    asks: tuple[str, ...]
    hints: tuple[str, ...]
    replies: tuple[Answer, ...]
    rescue: Answer | None
    next: str | None
    always: bool
    end: bool

    def way_out(self) -> str | None:
        """Where the talk goes on when nothing is understood; None: it ends here."""
        if self.end:
            return None
        if not self.replies:
            return self.next
        ways = [reply.next for reply in (*self.replies, *filter(None, [self.rescue]))]
        return [way for way in ways if way][-1]


@dataclass(frozen=True)
class Script:
    """The whole talk in one language."""

    where: str
    language: str
    address: str
    start: str
    slots: Mapping[str, Slot]
    intents: Mapping[str, tuple[Pattern, ...]]
    nodes: Mapping[str, Node]
    asides: tuple[Answer, ...]
    notices: tuple[Answer, ...]
    meanings: Mapping[str, str]


class NoScript(LookupError):
    """The situation has no script in this language: it needs a language model."""
