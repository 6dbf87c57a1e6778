"""The addresses under /api/v1/conversations/."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from conversations.api import (
    CustomScenarioViewSet,
    PersonasApi,
    RealtimeTokenApi,
    ScenariosApi,
    TranslateApi,
    TutorSessionViewSet,
)

router = SimpleRouter()
router.register("sessions", TutorSessionViewSet, basename="tutor-session")
router.register("custom-scenarios", CustomScenarioViewSet, basename="custom-scenario")

urlpatterns = [
    path("scenarios/", ScenariosApi.as_view(), name="scenarios"),
    path("personas/", PersonasApi.as_view(), name="personas"),
    path("realtime-token/", RealtimeTokenApi.as_view(), name="realtime-token"),
    path("translate/", TranslateApi.as_view(), name="translate"),
    path("", include(router.urls)),
]
