"""Practice over HTTP: what docs/api.md promises, told to services and selectors."""

from practice.api.content import QuestionViewSet, SequenceViewSet
from practice.api.sessions import PracticeSessionViewSet
from practice.api.sync import SyncApi

__all__ = ["PracticeSessionViewSet", "QuestionViewSet", "SequenceViewSet", "SyncApi"]
