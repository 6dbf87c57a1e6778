"""The addresses under /api/v1/speech-sessions/."""

from rest_framework.routers import SimpleRouter

from speech_sessions.api import SpeechSessionViewSet

router = SimpleRouter()
router.register("", SpeechSessionViewSet, basename="speech-session")

urlpatterns = router.urls
