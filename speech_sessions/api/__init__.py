"""Speech sessions over HTTP: what docs/api.md promises, told to services and selectors."""

from speech_sessions.api.sessions import SpeechSessionViewSet

__all__ = ["SpeechSessionViewSet"]
