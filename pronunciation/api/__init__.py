"""The API of pronunciation."""

from pronunciation.api.attempts import AssessApi, AttemptViewSet

__all__ = ["AssessApi", "AttemptViewSet"]
