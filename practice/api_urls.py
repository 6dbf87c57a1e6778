"""The addresses under /api/v1/practice/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from practice.api import PracticeSessionViewSet, QuestionViewSet, SequenceViewSet, SyncApi
from practice.api.plans import CalendarApi, GoalApi, ReminderViewSet
from practice.api.shares import SequenceSharesApi, SessionSharesApi, SharedSequenceApi
from practice.api.talks import TalkViewSet

router = SimpleRouter()
router.register("sessions", PracticeSessionViewSet, basename="practice-session")
router.register("sequences", SequenceViewSet, basename="practice-sequence")
router.register("questions", QuestionViewSet, basename="practice-question")
router.register("reminders", ReminderViewSet, basename="practice-reminder")
router.register("talks", TalkViewSet, basename="practice-talk")

shares = [
    path("sequences/<int:pk>/share/", SequenceSharesApi.as_view(), name="practice-sequence-shares"),
    path(
        "shared-sequences/<str:share>/",
        SharedSequenceApi.as_view(),
        name="practice-shared-sequence",
    ),
    path("sessions/<int:pk>/share/", SessionSharesApi.as_view(), name="practice-session-shares"),
]
plans = [
    path("goal/", GoalApi.as_view(), name="practice-goal"),
    path("reminders/calendar/", CalendarApi.as_view(), name="practice-reminders-calendar"),
]
urlpatterns = [
    *shares,
    *plans,
    path("sync/", SyncApi.as_view(), name="practice-sync"),
    *router.urls,
]
