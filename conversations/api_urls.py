"""The addresses under /api/v1/voice-conversations/."""

from rest_framework.routers import SimpleRouter

from conversations.api import VoiceConversationViewSet

router = SimpleRouter()
router.register("", VoiceConversationViewSet, basename="voice-conversation")

urlpatterns = router.urls
