"""The addresses under /api/v1/pronunciation/."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from pronunciation.api import AssessApi, AttemptViewSet

router = SimpleRouter()
router.register("attempts", AttemptViewSet, basename="pronunciation-attempt")

urlpatterns = [
    path("assess/", AssessApi.as_view(), name="pronunciation-assess"),
    path("", include(router.urls)),
]
