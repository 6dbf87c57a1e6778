"""What one can practise, and each time somebody did."""

from practice.models.changes import DeletedPractice, PracticeFeed
from practice.models.content import LONGEST_SESSION, Kind, Level, Question, Sequence, Step
from practice.models.days import PracticeDay, PracticeRun
from practice.models.plans import PracticePlan, Reminder
from practice.models.sessions import PracticePause, PracticeSession, PracticeStep
from practice.models.shares import (
    PracticeShare,
    PracticeShareOpening,
    SequenceShare,
    SequenceShareOpening,
)
from practice.models.talks import ShadowedPhrase, Talk

__all__ = [
    "LONGEST_SESSION",
    "DeletedPractice",
    "Kind",
    "Level",
    "PracticeDay",
    "PracticeFeed",
    "PracticePause",
    "PracticePlan",
    "PracticeRun",
    "PracticeSession",
    "PracticeShare",
    "PracticeShareOpening",
    "PracticeStep",
    "Question",
    "Reminder",
    "Sequence",
    "SequenceShare",
    "SequenceShareOpening",
    "ShadowedPhrase",
    "Step",
    "Talk",
]
