"""The API of conversations."""

from conversations.api.stored import VoiceConversationViewSet

__all__ = ["VoiceConversationViewSet"]
