"""What a talk remembers between turns, as JSON can hold it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from .scripts import Script


@dataclass
class Talk:
    """The state of one talk. `kept` are all corrections, for the summary at the end."""

    node: str
    seed: int
    turn: int = 0
    slots: dict[str, list[str]] = field(default_factory=dict)
    met: list[str] = field(default_factory=list)
    misses: int = 0
    silences: int = 0
    asked_more: bool = False
    changing: bool = False
    guess: list[str] = field(default_factory=list)
    pressed: int | None = None
    objected: list[str] = field(default_factory=list)
    said: str = ""
    lines: dict[str, int] = field(default_factory=dict)
    kept: list[dict[str, Any]] = field(default_factory=list)
    finished: bool = False

    def as_state(self) -> dict[str, Any]:
        """A plain dict of its own, to be stored as JSON."""
        return asdict(self)


class BadState(ValueError):
    """A stored state is not of this script."""


def talk_from(state: Mapping[str, Any], script: Script) -> Talk:
    """The talk a stored state holds; raises BadState where it cannot be of this script."""
    known = {key: state[key] for key in Talk.__dataclass_fields__ if key in state}
    try:
        talk = Talk(**known)
    except TypeError as error:
        raise BadState(str(error)) from None
    unknown = set(talk.slots) - set(script.slots)
    if talk.node not in script.nodes or unknown:
        raise BadState(f"there is no node {talk.node!r}, or no slots {sorted(unknown)}")
    talk.slots = {name: list(values) for name, values in talk.slots.items()}
    talk.met, talk.guess = list(talk.met), list(talk.guess)
    talk.lines, talk.kept, talk.objected = dict(talk.lines), list(talk.kept), list(talk.objected)
    return talk
