"""The pages of practice."""

from django.urls import path

from practice import views

app_name = "practice"

urlpatterns = [
    path("", views.home, name="home"),
    path("start/", views.start, name="start"),
    path("<int:pk>/", views.session, name="session"),
    path("<int:pk>/recording/", views.RecordingView.as_view(), name="recording"),
]
