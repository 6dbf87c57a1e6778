"""The same calls under /speech-sessions/api/sessions/, where clients of earlier versions ask."""

from rest_framework.routers import SimpleRouter

from speech_sessions.api import SpeechSessionViewSet


class EarlierSpeechSessionViewSet(SpeechSessionViewSet):
    """The same, left out of the description: one address a call is enough."""

    schema = None


router = SimpleRouter()
router.register("", EarlierSpeechSessionViewSet, basename="earlier-speech-session")

urlpatterns = router.urls
