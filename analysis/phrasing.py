"""Which of several wordings is used: one that suits, and the one that was said longest ago."""

import re
from collections.abc import Sequence
from typing import Literal

from analysis.messages import TEMPLATES, say
from analysis.report import Message

Level = Literal["far", "near"]

_TALK = frozenset({"talk", "practice"})
_ANSWERS = frozenset({"interview", "conversation"})
_READING = frozenset({"read_aloud"})
# Wordings that suit only some kinds of speech; all others suit any.
KINDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            *("drill_fillers_5", "drill_phrase_5", "drill_fast_5", "drill_slow_4"),
            *("drill_little_silence_4", "drill_mid_clause_5", "drill_repetitions_4"),
            *("drill_flat_4", "drill_trailing_off_3", "drill_hedges_3"),
        ),
        _TALK,
    ),
    **dict.fromkeys(
        (
            *("drill_fillers_3", "drill_phrase_4", "drill_fast_4", "drill_slow_3"),
            *("drill_little_silence_5", "drill_mid_clause_4", "drill_repetitions_3"),
            *("drill_flat_5", "drill_trailing_off_4", "drill_nothing_4"),
        ),
        _ANSWERS,
    ),
    **dict.fromkeys(
        (
            *("drill_fillers_6", "drill_fast_3", "drill_slow_5", "drill_little_silence_3"),
            *("drill_mid_clause_3", "drill_flat_3", "drill_trailing_off_5", "drill_nothing_3"),
        ),
        _READING,
    ),
}
# Drills that suit only who is near the goal already, or only who is far from it.
LEVELS: dict[str, Level] = {
    "drill_fillers_2": "far",
    "drill_fillers_4": "near",
    "drill_phrase_3": "near",
    "drill_fast": "far",
    "drill_fast_6": "near",
}


def reworded(
    message: Message | None, kind: str, level: Level, said: Sequence[str]
) -> Message | None:
    """The same with the wording that suits `kind` and `level` and was said longest ago.

    Of those never said, one made for this kind or level goes first. `said`: ids of the sentences of
    one's last reports, oldest first.
    """
    if message is None:
        return None
    fitting = [name for name in wordings(message.id) if _suits(name, kind, level)]
    fitting.sort(key=lambda name: (name not in KINDS, name not in LEVELS))
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
