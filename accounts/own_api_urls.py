"""Addresses below users/ that concern one's own account: profiles, picture, one's data."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from accounts.api.own_data import ExportFileView, ExportView, OwnAccountView
from accounts.api.pictures import PictureView
from accounts.api.profiles import LearningProfileViewSet

router = SimpleRouter()
router.register("profiles", LearningProfileViewSet, basename="learning-profile")

urlpatterns = [
    *router.urls,
    path("me/", OwnAccountView.as_view(), name="api-own-account"),
    path("me/export/", ExportView.as_view(), name="api-export"),
    path("me/export/<str:link>/", ExportFileView.as_view(), name="api-export-file"),
    path("<int:pk>/picture/", PictureView.as_view(), name="api-user-picture"),
]
