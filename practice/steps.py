"""The steps of one session as its speaker goes through them, each with what is asked in it."""

from datetime import datetime
from itertools import takewhile
from typing import TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _

from practice.models import Kind, PracticeSession, Step

# Parts of a structured answer, in their order.
PARTS = ("situation", "task", "action", "result")
# A microphone takes a moment to open, and steps are told in whole seconds.
_SLACK_SECONDS = 3.0
_READY_SECONDS = 15
_THINK_SECONDS = 30
_SPEAK_SECONDS = 120


class AnswerPart(TypedDict):
    """A part of a structured answer, and the question that it answers."""

    name: str
    label: str
    question: str


class SessionStep(TypedDict):
    """One step. `prompt` is the question of this step, `reading` the text to read aloud.

    `breathing` holds the seconds in, (held,) out; it is empty where nothing is breathed. `pace` is
    the pace to hold in words a minute.
    """

    title: str
    text: str
    seconds: int
    spoken: bool
    prompt: str
    reading: str
    breathing: list[int]
    pace: int | None


def steps_of(session: PracticeSession) -> list[SessionStep]:
    """The steps of `session`; none where it is only a clock."""
    if session.sequence:
        steps = [_of(step) for step in session.sequence.steps.all()]
    else:
        steps = _without_sequence(session)
    return _with_prompts(session, steps)


def prompts_of(session: PracticeSession) -> list[str]:
    """What was asked, in its order; nothing where it was not about a question."""
    return [session.question.text, *session.further_prompts] if session.question else []


def answer_parts(session: PracticeSession) -> list[AnswerPart]:
    """The parts to look for in a structured answer; none where no such answer was given."""
    if session.kind != Kind.INTERVIEW:
        return []
    labels = {
        "situation": (_("Situation"), _("Where and when was it, and who was there?")),
        "task": (_("Task"), _("What was yours to do?")),
        "action": (_("Action"), _("What did you do yourself, step by step?")),
        "result": (_("Result"), _("What came of it, in a number or a fact?")),
    }
    return [{"name": part, "label": labels[part][0], "question": labels[part][1]} for part in PARTS]


def running_seconds(session: PracticeSession, now: datetime) -> float:
    """How long `session` has run at `now`, its breaks left out."""
    breaks = sum(
        (each.ended_at - each.started_at).total_seconds()
        for each in session.pauses.all()
        if each.ended_at
    )
    until = session.paused_at or now
    return max(0.0, (until - session.started_at).total_seconds() - breaks)


def may_ask_another(session: PracticeSession) -> bool:
    """Whether nobody has spoken yet: the time before that has neither been ended nor run out."""
    if session.completed_at is not None or session.question is None:
        return False
    quiet = list(takewhile(lambda step: not step["spoken"], steps_of(session)))
    if not quiet or sum(step.completed for step in session.steps.all()) >= len(quiet):
        return False
    return running_seconds(session, timezone.now()) < sum(step["seconds"] for step in quiet)


def texts_read(session: PracticeSession) -> list[str]:
    """The texts that were read aloud, in their order; the first where no step was ended."""
    done = {step.number for step in session.steps.all() if step.completed}
    readings = [
        (number, step["reading"])
        for number, step in enumerate(steps_of(session), start=1)
        if step["reading"] and step["spoken"]
    ]
    return [text for number, text in readings if number in done] or [
        text for _number, text in readings[:1]
    ]


def recorded_spans(
    session: PracticeSession, recorded_seconds: float
) -> dict[int, tuple[float, float]]:
    """Where the session's recording (of so many seconds) holds each spoken step, by its number.

    What a client said counts. Else the recording ran while a spoken step did, so it holds them one
    after the other; where its length says otherwise, nothing is known. What follows the last step
    that was ended belongs to the next one.
    """
    marked = {step.number: step for step in session.steps.all()}
    said = {
        number: (step.recorded_from, step.recorded_until)
        for number, step in marked.items()
        if step.recorded_from is not None and step.recorded_until is not None
    }
    if said:
        return said
    spans: dict[int, tuple[float, float]] = {}
    at = 0.0
    for number, step in enumerate(steps_of(session), start=1):
        if not step["spoken"]:
            continue
        mark = marked.get(number)
        if mark is None or mark.seconds is None:
            if recorded_seconds - at > _SLACK_SECONDS:
                spans[number] = (at, recorded_seconds)
            return spans if at - recorded_seconds <= _SLACK_SECONDS else {}
        spans[number] = (at, at + mark.seconds)
        at += mark.seconds
    return spans if abs(at - recorded_seconds) <= _SLACK_SECONDS else {}


def _of(step: Step) -> SessionStep:
    return {
        "title": step.title,
        "text": step.text,
        "seconds": step.seconds,
        "spoken": step.is_spoken,
        "prompt": "",
        "reading": step.reading.strip(),
        "breathing": [int(seconds) for seconds in step.breathing.split("-") if seconds],
        "pace": step.words_per_minute,
    }


def _without_sequence(session: PracticeSession) -> list[SessionStep]:
    """A question wants time to think first; a practice of a chosen length is one step."""
    if session.question is None and not session.planned_seconds:
        return []
    length = session.planned_seconds or _SPEAK_SECONDS
    if session.question is None:
        return [_step(_("Speak"), "", length)]
    if session.kind == Kind.FILLER_FREE:
        return [
            _step(
                _("Get ready"), _("Breathe out. Where does it begin?"), _READY_SECONDS, spoken=False
            ),
            _step(_("Speak"), _("Where an um wants to come, close your mouth: a pause."), length),
        ]
    return [
        _step(_("Think"), _("Find one point and one example."), _THINK_SECONDS, spoken=False),
        _step(_("Speak"), _("Say the point, tell the example, say the point again."), length),
    ]


def _step(title: str, text: str, seconds: int, *, spoken: bool = True) -> SessionStep:
    return {
        "title": title,
        "text": text,
        "seconds": seconds,
        "spoken": spoken,
        "prompt": "",
        "reading": "",
        "breathing": [],
        "pace": None,
    }


def _with_prompts(session: PracticeSession, steps: list[SessionStep]) -> list[SessionStep]:
    """Each spoken step asks the next question; before it, one thinks about the same.

    Where the questions end, the last one stays.
    """
    prompts = prompts_of(session)
    if not prompts:
        return steps
    asked = 0
    for step in steps:
        step["prompt"] = prompts[min(asked, len(prompts) - 1)]
        asked += step["spoken"]
    return steps
