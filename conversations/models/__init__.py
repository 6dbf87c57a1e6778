"""Talks with a spoken partner, and what was learned from them."""

from conversations.models.reviews import HeardTurn, TalkReview
from conversations.models.scenarios import CustomScenario
from conversations.models.stored import MOST_MINUTES, DeletedConversation, VoiceConversation
from conversations.models.tutor import TutorMessage, TutorSession, turn_audio_path

__all__ = [
    "MOST_MINUTES",
    "CustomScenario",
    "DeletedConversation",
    "HeardTurn",
    "TalkReview",
    "TutorMessage",
    "TutorSession",
    "VoiceConversation",
    "turn_audio_path",
]
