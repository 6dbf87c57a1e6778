"""Addresses below users/ that concern one's own account: profiles, picture, one's data."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from accounts.api.pictures import PictureView
from accounts.api.profiles import LearningProfileViewSet

router = SimpleRouter()
router.register("profiles", LearningProfileViewSet, basename="learning-profile")

urlpatterns = [
    *router.urls,
    path("<int:pk>/picture/", PictureView.as_view(), name="api-user-picture"),
]
