"""The same calls under /api/v1/sessions/, where clients of earlier versions ask."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from practice.api import PracticeSessionViewSet, SyncApi
from practice.api.shares import SessionSharesApi


class EarlierPracticeSessionViewSet(PracticeSessionViewSet):
    """The same, left out of the description: one address a call is enough."""

    schema = None


router = SimpleRouter()
router.register("sessions", EarlierPracticeSessionViewSet, basename="earlier-practice-session")

sync = SyncApi.as_view(schema=None)

shares = SessionSharesApi.as_view(schema=None)

urlpatterns = [
    path("sessions/<int:pk>/share/", shares, name="earlier-practice-session-shares"),
    path("sync/", sync, name="earlier-practice-sync"),
    *router.urls,
]
