"""One turn of a scripted partner: what was said and a state go in, a reply and a state come out.

Pure, and the same for the same seed: no clock, no files but the data, no chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .moves import Moves
from .patterns import plain
from .personas import Persona
from .phrases import phrases
from .recasts import Correction, findings_in
from .scenarios import Scenario
from .script_files import script
from .talk_state import Talk, talk_from
from .understanding import understand
from .wording import Wording, sentences

__all__ = ["Correction", "Reply", "answer", "open_dialogue"]


LONGEST = 2000
"""Characters of a turn that are read: three minutes of speech, and a bound for the matching."""


@dataclass(frozen=True)
class Reply:
    """What the partner says to one turn.

    `corrections` holds one at most, the most useful; all stand in `state["kept"]` for the summary.
    `checks_met` are those met by now, in the order they were met. `state` is JSON-able, to be given
    back with the next turn as it is.
    """

    text: str
    corrections: tuple[Correction, ...] = ()
    hints: tuple[str, ...] = ()
    checks_met: tuple[str, ...] = ()
    finished: bool = False
    understood: bool = True
    state: dict[str, Any] = field(default_factory=dict)


def open_dialogue(scenario: Scenario, language: str, persona: Persona, *, seed: int) -> Reply:
    """The first thing the partner says; raises NoScript where only a language model can play."""
    found = script(scenario.slug, language)
    talk = Talk(node=found.start, seed=seed)
    wording = Wording(scenario, found, phrases(language), persona, talk)
    moves = Moves(found, wording, talk)
    moves.enter(found.start, opening=True)
    return _reply(talk, moves, [], ())


def answer(
    scenario: Scenario, language: str, persona: Persona, state: Mapping[str, Any], said: str
) -> Reply:
    """The partner's reply to a turn; `state` is that of the reply before, and is left as it is.

    Raises NoScript as `open_dialogue`, BadState for a state of another script.
    """
    found = script(scenario.slug, language)
    shared = phrases(language)
    talk = talk_from(state, found)
    talk.turn += 1
    wording = Wording(scenario, found, shared, persona, talk)
    moves = Moves(found, wording, talk)
    if talk.finished:
        moves.say(wording.shared_line("over"))
        return _reply(talk, moves, [], ())
    said = said[:LONGEST]
    findings = findings_in(said, language)
    shown = _shown(talk, [finding.correction for finding in findings])
    recasts = [
        finding.recast for finding in findings if finding.correction in shown and finding.recast
    ]
    moves.take_turn(understand(said, found, shared, found.nodes[talk.node]))
    return _reply(talk, moves, recasts, shown)


def _shown(talk: Talk, corrections: list[Correction]) -> tuple[Correction, ...]:
    """The one correction to show now: the most useful one of a kind not shown lately."""
    lately = {kept["rule"] for kept in talk.kept[-3:] if kept["shown"]}
    fresh = [one for one in corrections if one.rule not in lately] or corrections
    shown = tuple(fresh[:1])
    talk.kept += [
        {
            "turn": talk.turn,
            "said": one.said,
            "better": one.better,
            "why": one.why,
            "rule": one.rule,
            "shown": one in shown,
        }
        for one in corrections
    ]
    return shown


def _reply(talk: Talk, moves: Moves, recasts: list[str], shown: tuple[Correction, ...]) -> Reply:
    lines = [line for line in moves.lines if line]
    if recasts and moves.taken and not talk.finished:
        so_far = plain(" ".join(lines))
        better = recasts[0].rstrip(".")
        # A reply that says the same again would sound like an echo.
        if any(len(word) > 2 and word not in so_far for word in plain(better).split()):
            lines.insert(0, moves.wording.shared_line("recast", better=better))
    text = _said_once(lines, talk, moves)
    talk.said = text
    return Reply(
        text=text,
        corrections=shown,
        hints=() if talk.finished else moves.hints(),
        checks_met=tuple(talk.met),
        finished=talk.finished,
        understood=moves.understood,
        state=talk.as_state(),
    )


def _said_once(lines: list[str], talk: Talk, moves: Moves) -> str:
    """The lines as one text: no sentence follows itself, nor the last one of the turn before."""
    before = sentences(talk.said)[-1:]
    kept: list[str] = []
    for line in lines:
        for part in sentences(line):
            if part != (kept or before or [""])[-1]:
                kept.append(part)
    if not kept:
        kept = [moves.wording.shared_line("all_right")]
        if kept[-1:] == before:
            kept = [moves.wording.shared_line("all_right")]
    return " ".join(kept)
