"""What one can practise, and each time somebody did."""

from practice.models.content import LONGEST_SESSION, Kind, Question, Sequence, Step
from practice.models.days import PracticeDay, PracticeRun
from practice.models.sessions import PracticePause, PracticeSession, PracticeStep

__all__ = [
    "LONGEST_SESSION",
    "Kind",
    "PracticeDay",
    "PracticePause",
    "PracticeRun",
    "PracticeSession",
    "PracticeStep",
    "Question",
    "Sequence",
    "Step",
]
