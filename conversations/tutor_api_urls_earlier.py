"""The same talks under /conversations/sessions/, for clients that know no prefix."""

from rest_framework.routers import SimpleRouter

from conversations.api import TutorSessionViewSet


class EarlierTutorSessionViewSet(TutorSessionViewSet):
    """The same, left out of the description: one address a call is enough."""

    schema = None


router = SimpleRouter()
router.register("", EarlierTutorSessionViewSet, basename="earlier-tutor-session")

urlpatterns = router.urls
