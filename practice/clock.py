"""What the clock of the page starts from: everything that another device needs to go on."""

from typing import Any

from django.utils import timezone

from practice.models import PracticeSession


def clock_of(session: PracticeSession) -> dict[str, Any]:
    """The running time, whether it stands, the steps, and which of them are done.

    `elapsed` is in seconds without the breaks, `now` the server's moment it holds for, `took` the
    seconds of each step that is done. A step that is gone back to is no longer done; the time it
    had is part of `stepBegan`.
    """
    now = timezone.now()
    until = session.paused_at or now
    breaks = sum(
        (each.ended_at - each.started_at).total_seconds()
        for each in session.pauses.all()
        if each.ended_at
    )
    marked = list(session.steps.all())
    took = [step.seconds or 0 for step in marked if step.completed]
    steps = session.sequence.steps.all() if session.sequence else ()
    return {
        "id": session.pk,
        "now": now.timestamp(),
        "elapsed": max(0.0, (until - session.started_at).total_seconds() - breaks),
        "paused": session.paused_at is not None,
        "step": len(took),
        "stepBegan": sum(step.seconds or 0 for step in marked),
        "took": took,
        "steps": [
            {"title": step.title, "seconds": step.seconds, "spoken": step.is_spoken}
            for step in steps
        ],
    }
