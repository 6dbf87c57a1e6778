"""The pages of practice."""

from django.urls import path

from practice import views
from practice.views import history, offline, plans, reminders, sequences, shadowing, shares, talks

app_name = "practice"

urlpatterns = [
    path("", views.home, name="home"),
    path("start/", views.start, name="start"),
    path("offline/", offline.offline, name="offline"),
    path("goal/", plans.goal, name="goal"),
    path("history/", history.history, name="history"),
    path("statistics/", history.statistics, name="statistics"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/<int:pk>/", reminders.edit, name="edit_reminder"),
    path("reminders/<int:pk>/delete/", reminders.delete, name="delete_reminder"),
    path("reminders/practice.ics", reminders.download, name="calendar_file"),
    path("reminders/new-address/", reminders.renew_calendar, name="renew_calendar"),
    path("reminders/no-more/<token>/", reminders.no_more, name="no_more_reminders"),
    path("calendar/<str:key>.ics", reminders.calendar, name="calendar"),
    path("shadowing/", shadowing.shadowing, name="shadowing"),
    path("talks/", talks.listing, name="talks"),
    path("talks/new/", talks.new, name="new_talk"),
    path("talks/<int:pk>/", talks.edit, name="edit_talk"),
    path("talks/<int:pk>/delete/", talks.delete, name="delete_talk"),
    path("sequences/", sequences.listing, name="sequences"),
    path("sequences/new/", sequences.create, name="new_sequence"),
    path("sequences/<int:pk>/", sequences.edit, name="edit_sequence"),
    path("sequences/<int:pk>/delete/", sequences.delete, name="delete_sequence"),
    path("sequences/<int:pk>/duplicate/", sequences.duplicate, name="duplicate_sequence"),
    path("sequences/<int:pk>/share/", shares.sequence_shares, name="sequence_shares"),
    path("shares/", shares.overview, name="shares"),
    path("shared/<str:share>/", shares.shared_session, name="shared"),
    path("shared/<str:share>/recording/", shares.shared_recording, name="shared_recording"),
    path("shared-sequences/<str:share>/", shares.shared_sequence, name="shared_sequence"),
    path(
        "shared-sequences/<str:share>/duplicate/",
        shares.copy_shared_sequence,
        name="copy_shared_sequence",
    ),
    path("<int:pk>/share/", shares.session_shares, name="session_shares"),
    path("<int:pk>/", views.session, name="session"),
    path("<int:pk>/question/", views.another_question, name="question"),
    path("<int:pk>/notes/", views.notes, name="notes"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/phrases/", shadowing.PhrasesView.as_view(), name="phrases"),
    path("<int:pk>/recording/", views.RecordingView.as_view(), name="recording"),
]
