"""The same calls under /api/v1/sessions/, where clients of earlier versions ask."""

from rest_framework.routers import SimpleRouter

from practice.api import PracticeSessionViewSet


class EarlierPracticeSessionViewSet(PracticeSessionViewSet):
    """The same, left out of the description: one address a call is enough."""

    schema = None


router = SimpleRouter()
router.register("sessions", EarlierPracticeSessionViewSet, basename="earlier-practice-session")

urlpatterns = router.urls
