"""The API of conversations."""

from conversations.api.scenarios import CustomScenarioViewSet, PersonasApi, ScenariosApi
from conversations.api.stored import VoiceConversationViewSet
from conversations.api.translation import TranslateApi
from conversations.api.tutor import TutorSessionViewSet

__all__ = [
    "CustomScenarioViewSet",
    "PersonasApi",
    "ScenariosApi",
    "TranslateApi",
    "TutorSessionViewSet",
    "VoiceConversationViewSet",
]
