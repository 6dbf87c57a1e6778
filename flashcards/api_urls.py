"""The addresses under /api/v1/vocabulary/."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from flashcards.api import LookUpApi, VocabularyViewSet

router = SimpleRouter()
router.register("", VocabularyViewSet, basename="vocabulary")

urlpatterns = [
    path("look-up/", LookUpApi.as_view(), name="vocabulary-look-up"),
    path("", include(router.urls)),
]
