"""What the clock of the page starts from: everything that another device needs to go on."""

from typing import Any

from django.utils import timezone

from practice.models import PracticeSession


def clock_of(session: PracticeSession) -> dict[str, Any]:
    """The running time, whether it stands, the steps, and which of them are done.

    `elapsed` is in seconds without the breaks, `now` the server's moment it holds for.
    """
    now = timezone.now()
    until = session.paused_at or now
    breaks = sum(
        (each.ended_at - each.started_at).total_seconds()
        for each in session.pauses.all()
        if each.ended_at
    )
    done = [step.seconds or 0 for step in session.steps.all()]
    steps = session.sequence.steps.all() if session.sequence else ()
    return {
        "id": session.pk,
        "elapsed": max(0.0, (until - session.started_at).total_seconds() - breaks),
        "paused": session.paused_at is not None,
        "step": len(done),
        "stepBegan": sum(done),
        "steps": [
            {"title": step.title, "seconds": step.seconds, "spoken": step.is_spoken}
            for step in steps
        ],
    }
