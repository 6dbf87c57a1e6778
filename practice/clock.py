"""What the clock of the page starts from: everything that another device needs to go on."""

from typing import Any

from django.utils import timezone

from practice.models import PracticeSession
from practice.steps import running_seconds, steps_of


def clock_of(session: PracticeSession) -> dict[str, Any]:
    """The running time, whether it stands, the steps, and which of them are done.

    `elapsed` is in seconds without the breaks, `now` the server's moment it holds for, `took` the
    seconds of each step that is done. A step that is gone back to is no longer done; the time it
    had is part of `stepBegan`.
    """
    now = timezone.now()
    marked = list(session.steps.all())
    took = [step.seconds or 0 for step in marked if step.completed]
    return {
        "id": session.pk,
        "now": now.timestamp(),
        "elapsed": running_seconds(session, now),
        "paused": session.paused_at is not None,
        "step": len(took),
        "stepBegan": sum(step.seconds or 0 for step in marked),
        "took": took,
        "steps": steps_of(session),
    }
