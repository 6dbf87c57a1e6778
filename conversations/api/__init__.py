"""The API of conversations."""

from conversations.api.realtime import RealtimeTokenApi
from conversations.api.scenarios import CustomScenarioViewSet, PersonasApi, ScenariosApi
from conversations.api.stored import VoiceConversationViewSet
from conversations.api.translation import TranslateApi
from conversations.api.tutor import TutorSessionViewSet

__all__ = [
    "CustomScenarioViewSet",
    "PersonasApi",
    "RealtimeTokenApi",
    "ScenariosApi",
    "TranslateApi",
    "TutorSessionViewSet",
    "VoiceConversationViewSet",
]
