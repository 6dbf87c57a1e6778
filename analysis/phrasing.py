"""Which of several wordings is used: one that suits, and the one that was said longest ago."""

import re
from collections.abc import Sequence
from typing import Literal

from analysis.messages import TEMPLATES, say
from analysis.report import Message

Level = Literal["far", "near"]

# Wordings that suit only some kinds of speech; all others suit any.
KINDS: dict[str, frozenset[str]] = {
    "drill_fillers_3": frozenset({"interview", "conversation"}),
    "drill_fast_3": frozenset({"read_aloud"}),
    "drill_fast_4": frozenset({"interview", "conversation"}),
    "drill_little_silence_3": frozenset({"read_aloud"}),
    "drill_mid_clause_3": frozenset({"read_aloud"}),
    "drill_flat_3": frozenset({"read_aloud"}),
    "drill_nothing_3": frozenset({"read_aloud"}),
}
# Drills that suit only who is near the goal already, or only who is far from it.
LEVELS: dict[str, Level] = {"drill_fillers_4": "near", "drill_phrase_3": "near"}


def reworded(
    message: Message | None, kind: str, level: Level, said: Sequence[str]
) -> Message | None:
    """The same with the wording that suits `kind` and `level` and was said longest ago.

    `said`: ids of the sentences of one's last reports, oldest first.
    """
    if message is None:
        return None
    fitting = [name for name in wordings(message.id) if _suits(name, kind, level)]
    return say(oldest(fitting, said), **message.params)


def wordings(role: str) -> list[str]:
    """The ids of every wording of a sentence: `role`, `role_2`, `role_3` and so on."""
    found = [role]
    while (following := f"{role}_{len(found) + 1}") in TEMPLATES:
        found.append(following)
    return found


def role_of(id: str) -> str:  # noqa: A002 (the name in the report)
    """What a wording says, whichever it is."""
    return re.sub(r"_\d+$", "", id)


def oldest(ids: Sequence[str], said: Sequence[str]) -> str:
    """The one that was said longest ago; the first of those that never were."""
    last = {name: place for place, name in enumerate(said)}
    return min(ids, key=lambda name: last.get(name, -1))


def _suits(id: str, kind: str, level: Level) -> bool:  # noqa: A002
    return kind in KINDS.get(id, {kind}) and LEVELS.get(id, level) == level
