"""The one thing to practise: as a report says it, and as it is remembered the next day."""

from dataclasses import dataclass
from typing import Any

from django.db.models.fields.json import KeyTransform

from accounts.models import User
from speech_sessions import selectors
from speech_sessions.models import SpeechSession
from speech_sessions.presentation.sentences import advice


@dataclass(frozen=True, slots=True)
class Focus:
    """What a report advises; a sentence is empty where nothing can be claimed.

    `title` is what to remember, `text` why. `hear_from` and `hear_until` are in seconds, None
    without a moment. `measure` names the measure it is about.
    """

    title: str
    text: str
    strength: str
    drill: str
    goal: str
    comparison: str
    measure: str
    hear_from: float | None
    hear_until: float | None
    session: SpeechSession


def focus_of(session: SpeechSession, feedback: dict[str, Any]) -> Focus:
    """The advice of the session's report."""
    clip = feedback.get("clip")
    return Focus(
        title=advice(feedback, "focus"),
        text=advice(feedback, "why"),
        strength=advice(feedback, "strength"),
        drill=advice(feedback, "drill"),
        goal=advice(feedback, "goal"),
        comparison=advice(feedback, "comparison"),
        measure=feedback.get("measure") or "",
        hear_from=clip[0] if clip else None,
        hear_until=clip[1] if clip else None,
        session=session,
    )


def newest_focus(user: User) -> Focus | None:
    """The newest advice that `user` got, None before the first."""
    with_advice = (
        selectors.for_list(selectors.sessions_of(user))
        .filter(report__isnull=False)
        .exclude(status=SpeechSession.Status.ARCHIVED)
        .annotate(feedback=KeyTransform("feedback", "report__document"))
    )
    for session in with_advice[:3]:  # one without advice must not hide the one before it
        focus = focus_of(session, session.feedback or {})
        if focus.title:
            return focus
    return None


def next_focus(user: User) -> str:
    """What to keep in mind while recording the next one; empty before the first advice."""
    focus = newest_focus(user)
    return (focus.drill or focus.title) if focus else ""
