"""The addresses of the pages under /speech-sessions/."""

from django.urls import path

from speech_sessions.views import analytics, audio, bands, creating, detail, editing, listing

app_name = "speech_sessions"

urlpatterns = [
    path("", listing.session_list, name="list"),
    path("new/", creating.create, name="create"),
    path("analytics/", analytics.session_analytics, name="analytics"),
    path("bands/", bands.own_bands, name="bands"),
    path("bulk/", listing.bulk, name="bulk"),
    path("<int:pk>/", detail.session_detail, name="detail"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/delete/", editing.delete, name="delete"),
    path("<int:pk>/audio/", audio.audio, name="audio"),
    path("<int:pk>/status/", detail.status, name="status"),
    path("<int:pk>/analyze/", detail.analyze, name="analyze"),
]
