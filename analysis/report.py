"""The report of one recording: typed, versioned, the same as JSON and as the API shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

from analysis.timeline import Event, Span
from engines.transcribers import Timing, Word

REPORT_VERSION = 1

Level = Literal["high", "estimated", "low"]


@dataclass(frozen=True, slots=True)
class Band:
    """Where a value lies in the range that suits its language and kind of speech.

    `label`: "good" from `low` to `high`, "fair" in the wider range around it, else "far".
    `position` tells on which side of good. An end that is None is open.
    """

    label: Literal["good", "fair", "far"]
    position: Literal["below", "inside", "above"]
    low: float | None
    high: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far a value can be trusted, and why, in one sentence."""

    level: Level
    reason: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One number. `value` is None where it is hidden; `reliability.reason` then says why."""

    name: str
    value: float | None
    unit: str
    band: Band | None
    reliability: Reliability
    evidence: tuple[Span, ...]
    formula_version: int


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence by id and parameters, for translation, with its English text."""

    id: str
    params: Mapping[str, float | int | str]
    text: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """What became of asking a language model for other words, by which prompt.

    `outcome`: "used" (`sentences` are shown, by their names), "rejected" (they said something else
    than the facts; `reason` says what) or "unavailable" (nobody answered; `reason` is a code).
    `answers` counts what came, seconds and tokens are those of all. `passed_over`: who was asked in
    vain, and why.
    """

    prompt: str
    outcome: Literal["used", "rejected", "unavailable"]
    reason: str = ""
    provider: str | None = None
    model: str | None = None
    host: str | None = None
    leaves_machine: bool | None = None
    answers: int = 0
    seconds: float | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    passed_over: tuple[str, ...] = ()
    sentences: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What a report's JSON holds of it."""
        return cls(**{**data, "passed_over": tuple(data["passed_over"])})


@dataclass(frozen=True, slots=True)
class Feedback:
    """One thing to keep, one to practise, and where to hear it. None: nothing can be claimed.

    `measure` names the measure the focus is about, `comparison` sets it against one's own last
    five. `clip` is the stretch to listen to, in seconds. The messages are the rules' own sentences;
    `rewording` says what a language model made of them, None where none was asked.
    """

    strength: Message | None = None
    focus: Message | None = None
    why: Message | None = None
    drill: Message | None = None
    goal: Message | None = None
    comparison: Message | None = None
    clip: Span | None = None
    measure: str | None = None
    rewording: Rewording | None = None

    def to_json(self) -> dict[str, Any]:
        """Sentences as they are shown under their names, those of the rules under `messages`."""
        messages: dict[str, Message] = {
            name: message for name in _SENTENCES if (message := getattr(self, name)) is not None
        }
        texts = {name: message.text for name, message in messages.items()}
        shown = {**texts, **(self.rewording.sentences if self.rewording else {})}
        return {
            **{name: shown.get(name) for name in _SENTENCES},
            "clip": list(self.clip) if self.clip else None,
            "measure": self.measure,
            "messages": {name: _message_to_json(message) for name, message in messages.items()},
            "rewording": _rewording_to_json(self.rewording),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The feedback that `to_json` wrote."""
        # Reports of before there was rewording hold the rules' sentences in one place only.
        messages = {
            name: Message(**{"text": data[name], **message})
            for name, message in data["messages"].items()
        }
        clip = Span(*data["clip"]) if data["clip"] else None
        reworded = data.get("rewording")
        return cls(
            **messages,
            clip=clip,
            measure=data["measure"],
            rewording=Rewording.from_json(reworded) if reworded else None,
        )


_SENTENCES = ("strength", "focus", "why", "drill", "goal", "comparison")


@dataclass(frozen=True, slots=True)
class Said:
    """Something said more than once: how often, and when each time (empty without times)."""

    text: str
    count: int
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """The content words leaned on most and the starts of sentences, the commonest first."""

    leaned_on: tuple[Said, ...] = ()
    starters: tuple[Said, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Two lists of `{"text", "count", "evidence": [[start, end]]}`."""
        return {
            "leaned_on": _said_to_json(self.leaned_on),
            "starters": _said_to_json(self.starters),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The lists that `to_json` wrote; empty ones from a report that has none."""
        return cls(
            leaned_on=_said_from_json(data.get("leaned_on", ())),
            starters=_said_from_json(data.get("starters", ())),
        )


def _said_to_json(items: Sequence[Said]) -> list[dict[str, Any]]:
    return [
        {"text": item.text, "count": item.count, "evidence": [list(span) for span in item.evidence]}
        for item in items
    ]


def _said_from_json(items: Sequence[Mapping[str, Any]]) -> tuple[Said, ...]:
    return tuple(
        Said(item["text"], item["count"], tuple(Span(*span) for span in item["evidence"]))
        for item in items
    )


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was measured. Times in seconds from the start of the file.

    `notices` say what limits the report as a whole (a cut-off file, another language than
    declared); `pacing` is the paragraph about pace, sentence by sentence. `series` holds what is
    drawn: "local_pace" as (time, words per minute).
    """

    duration_seconds: float
    language: str
    kind: str
    text: str
    words: tuple[Word, ...]
    timing: Timing
    language_confidence: float | None
    measures: tuple[Measure, ...]
    events: tuple[Event, ...]
    series: Mapping[str, Sequence[tuple[float, float]]]
    engine: Mapping[str, Any]
    pacing: tuple[Message, ...]
    notices: tuple[Message, ...] = ()
    feedback: Feedback = field(default_factory=Feedback)
    wording: Wording = field(default_factory=Wording)
    version: int = REPORT_VERSION

    def measure(self, name: str) -> Measure | None:
        """The measure of that name, None where the report has none."""
        return next((measure for measure in self.measures if measure.name == name), None)

    def value(self, name: str) -> float | None:
        """The value of a measure; None where it is hidden or missing."""
        measure = self.measure(name)
        return measure.value if measure else None

    def events_of(self, kind: str) -> list[Event]:
        """The events of one type, in the order of time."""
        return [event for event in self.events if event.type == kind]

    @property
    def confidence(self) -> float | None:
        """Mean confidence of the recognised words, 0-1."""
        known = [word.confidence for word in self.words if word.confidence is not None]
        return round(sum(known) / len(known), 3) if known else None

    def to_json(self) -> dict[str, Any]:
        """Only lists, dicts, strings, numbers and None."""
        return {
            "version": self.version,
            "duration_seconds": self.duration_seconds,
            "language": self.language,
            "language_confidence": self.language_confidence,
            "kind": self.kind,
            "transcript": {
                "text": self.text,
                "timing": self.timing,
                "words": [asdict(word) for word in self.words],
            },
            "measures": [
                {**asdict(measure), "evidence": [list(span) for span in measure.evidence]}
                for measure in self.measures
            ],
            "events": [asdict(event) for event in self.events],
            "series": {name: [list(point) for point in self.series[name]] for name in self.series},
            "words": self.wording.to_json(),
            "feedback": self.feedback.to_json(),
            "pacing": [_message_to_json(sentence) for sentence in self.pacing],
            "notices": [_message_to_json(notice) for notice in self.notices],
            "engine": dict(self.engine),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The report that `to_json` wrote."""
        return cls(
            version=data["version"],
            duration_seconds=data["duration_seconds"],
            language=data["language"],
            language_confidence=data["language_confidence"],
            kind=data["kind"],
            text=data["transcript"]["text"],
            timing=data["transcript"]["timing"],
            words=tuple(Word(**word) for word in data["transcript"]["words"]),
            measures=tuple(_measure_from_json(measure) for measure in data["measures"]),
            events=tuple(Event(**event) for event in data["events"]),
            series={
                name: [(time, value) for time, value in points]
                for name, points in data["series"].items()
            },
            # Reports of the first version have no lists of words.
            wording=Wording.from_json(data.get("words", {})),
            feedback=Feedback.from_json(data["feedback"]),
            pacing=tuple(Message(**sentence) for sentence in data["pacing"]),
            notices=tuple(Message(**notice) for notice in data["notices"]),
            engine=data["engine"],
        )


def _rewording_to_json(rewording: Rewording | None) -> dict[str, Any] | None:
    if rewording is None:
        return None
    return {**asdict(rewording), "passed_over": list(rewording.passed_over)}


def _message_to_json(message: Message) -> dict[str, Any]:
    return {"id": message.id, "params": dict(message.params), "text": message.text}


def _measure_from_json(data: Mapping[str, Any]) -> Measure:
    return Measure(
        **{
            **data,
            "band": Band(**data["band"]) if data["band"] else None,
            "reliability": Reliability(**data["reliability"]),
            "evidence": tuple(Span(*span) for span in data["evidence"]),
        }
    )
