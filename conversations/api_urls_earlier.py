"""The same calls under /accounts/voice-conversations/, where clients of earlier versions ask."""

from rest_framework.routers import SimpleRouter

from conversations.api import VoiceConversationViewSet


class EarlierVoiceConversationViewSet(VoiceConversationViewSet):
    """The same, left out of the description: one address a call is enough."""

    schema = None


router = SimpleRouter()
router.register("", EarlierVoiceConversationViewSet, basename="earlier-voice-conversation")

urlpatterns = router.urls
