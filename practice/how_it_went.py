"""How one practice went: what its page and the API say of it once it has ended."""

from dataclasses import dataclass, field
from typing import Any

from practice.earlier import tries_before, values_before
from practice.models import Kind, PracticeSession
from practice.results import FillerFree, Rung, Target, filler_free, ladder
from practice.steps import recorded_spans, steps_of
from speech_sessions import selectors
from speech_sessions.presentation.focus import Focus, focus_of
from speech_sessions.presentation.headlines import Headline, headlines
from speech_sessions.presentation.measures import measure_called
from speech_sessions.presentation.sentences import sentence

# The words of the report for what was read aloud.
_READING = ("reading_accuracy", "reading_completeness")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the reading against its text."""

    name: str
    label: str
    said: str
    value: float


@dataclass(slots=True)
class HowItWent:
    """What was measured. Without a recording `state` is None, without a report the rest is empty.

    `fillers` is None where it is too early to say; `tries` are the challenge's tries before,
    newest first. `rungs` are the steps of a pace ladder.
    """

    state: dict[str, Any] | None = None
    document: dict[str, Any] | None = None
    focus: Focus | None = None
    headlines: list[Headline] = field(default_factory=list)
    fillers: FillerFree | None = None
    tries: list[tuple[PracticeSession, FillerFree]] = field(default_factory=list)
    rungs: list[Rung] = field(default_factory=list)
    reading: list[Figure] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def is_reported(self) -> bool:
        """Whether there is a report."""
        return self.document is not None

    @property
    def best_before(self) -> float | None:
        """The longest stretch without a filler of the tries before (s)."""
        return max((found.longest for _tried, found in self.tries), default=None)

    @property
    def held(self) -> int:
        """How many paces were held."""
        return sum(rung.verdict == "held" for rung in self.rungs)

    @property
    def to_hold(self) -> int:
        """How many paces there were to hold."""
        return sum(rung.target is not None for rung in self.rungs)


def how_it_went(session: PracticeSession) -> HowItWent:
    """What became of the recording of an ended session, against one's own earlier ones."""
    recording = session.recording
    document = selectors.report_document(recording) if recording else None
    found = HowItWent()
    if session.kind == Kind.PACE_LADDER:
        found.rungs = _rungs(session, document)
    if recording is None:
        return found
    found.state = dict(selectors.analysis_state(recording))
    if document is None:
        return found
    found.document = document
    focus = focus_of(recording, document["feedback"] or {})
    found.focus = focus if focus.title or focus.strength else None
    earlier = values_before(session)
    found.headlines = headlines(document, lambda name: earlier.get(name, ()), {})
    found.notices = [sentence(notice) for notice in document["notices"]]
    found.reading = _reading(document)
    if session.kind == Kind.FILLER_FREE:
        found.fillers = filler_free(document)
        found.tries = tries_before(session)
    return found


def _rungs(session: PracticeSession, document: dict[str, Any] | None) -> list[Rung]:
    spans = recorded_spans(session, document["duration_seconds"]) if document else {}
    targets = [
        Target(step["title"], step["pace"], *spans.get(number, (None, None)))
        for number, step in enumerate(steps_of(session), start=1)
        if step["spoken"]
    ]
    return ladder(document, targets)


def _reading(document: dict[str, Any]) -> list[Figure]:
    by_name = {entry["name"]: entry for entry in document["measures"]}
    return [
        Figure(name, str(measure_called(name).label), measure_called(name).said(value), value)
        for name in _READING
        if name in by_name and (value := by_name[name]["value"]) is not None
    ]
