"""The pages of practice."""

from django.urls import path

from practice import views
from practice.views import offline, talks

app_name = "practice"

urlpatterns = [
    path("", views.home, name="home"),
    path("start/", views.start, name="start"),
    path("offline/", offline.offline, name="offline"),
    path("talks/", talks.listing, name="talks"),
    path("talks/new/", talks.new, name="new_talk"),
    path("talks/<int:pk>/", talks.edit, name="edit_talk"),
    path("talks/<int:pk>/delete/", talks.delete, name="delete_talk"),
    path("<int:pk>/", views.session, name="session"),
    path("<int:pk>/recording/", views.RecordingView.as_view(), name="recording"),
]
