"""What the pages of a practice show of its talk: the script, and the time each section took."""

import re
from dataclasses import dataclass
from typing import Any

from practice.models import Kind, PracticeSession, Talk
from practice.talk_selectors import USUAL_PACE, usual_pace

_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a script, and how many words it has."""

    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Prompter:
    """A script, and the pace (words a minute) it scrolls at: measured, or the usual one."""

    paragraphs: list[Paragraph]
    pace: int
    is_own_pace: bool
    language: str


@dataclass(frozen=True, slots=True)
class SectionTaken:
    """A section against its time (s); `taken` and `over` are None where it was not finished."""

    title: str
    planned: int
    taken: int | None

    @property
    def over(self) -> int | None:
        """How much longer than planned; below 0 shorter."""
        return None if self.taken is None else self.taken - self.planned

    @property
    def under(self) -> int | None:
        """How much shorter than planned."""
        return None if self.over is None else -self.over


def talk_of(session: PracticeSession) -> Talk | None:
    """The talk that `session` rehearses; None for other practice."""
    if session.kind != Kind.PRESENTATION or session.sequence_id is None:
        return None
    return Talk.objects.select_related("sequence").filter(pk=session.sequence_id).first()


def prompter_of(talk: Talk) -> Prompter | None:
    """What scrolls; None where the talk has no script."""
    if not talk.script:
        return None
    language = talk.sequence.language
    own = usual_pace(talk.sequence.owner, language) if talk.sequence.owner else None
    parts = (part.strip() for part in _BETWEEN_PARAGRAPHS.split(talk.script))
    return Prompter(
        [Paragraph(part, len(part.split())) for part in parts if part],
        round(own or USUAL_PACE),
        own is not None,
        language,
    )


def sections_taken(session: PracticeSession) -> list[SectionTaken]:
    """Each section that was reached with the time it took, then those that were not."""
    if session.kind != Kind.PRESENTATION:
        return []
    marked = {step.number: step for step in session.steps.all() if step.completed}
    planned = session.sequence.steps.all() if session.sequence else ()
    found = {step.number: SectionTaken(step.title, step.seconds, None) for step in planned}
    for number, step in marked.items():
        if step.planned_seconds is not None:
            found[number] = SectionTaken(step.title, step.planned_seconds, step.seconds)
    return [found[number] for number in sorted(found)]


def script_said(session: PracticeSession, document: dict[str, Any] | None) -> int | None:
    """How much of the talk's script was said, in percent of its words; None where nobody knows."""
    if session.kind != Kind.PRESENTATION or document is None:
        return None
    measures = {measure["name"]: measure["value"] for measure in document["measures"]}
    share = measures.get("reading_completeness")
    return None if share is None else round(100 * share)
