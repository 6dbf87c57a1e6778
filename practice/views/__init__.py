"""The pages of practice: what to do, the clock, and how it went."""

from practice.views.home import home
from practice.views.notes import delete, notes
from practice.views.questions import another_question
from practice.views.recordings import RecordingView
from practice.views.session import session
from practice.views.start import start

__all__ = [
    "RecordingView",
    "another_question",
    "delete",
    "home",
    "notes",
    "session",
    "start",
]
