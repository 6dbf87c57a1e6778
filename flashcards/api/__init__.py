"""The API of vocabulary."""

from flashcards.api.look_up import LookUpApi
from flashcards.api.words import VocabularyViewSet

__all__ = ["LookUpApi", "VocabularyViewSet"]
