"""The API of vocabulary."""

from flashcards.api.words import VocabularyViewSet

__all__ = ["VocabularyViewSet"]
