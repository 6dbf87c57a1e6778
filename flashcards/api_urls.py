"""The addresses under /api/v1/vocabulary/."""

from rest_framework.routers import SimpleRouter

from flashcards.api import VocabularyViewSet

router = SimpleRouter()
router.register("", VocabularyViewSet, basename="vocabulary")

urlpatterns = router.urls
