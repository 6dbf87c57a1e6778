"""The pages of conversations."""

from django.urls import path

from conversations.views import direct, live, own_situations, stored

app_name = "conversations"

urlpatterns = [
    path("", stored.history, name="history"),
    path("live/", live.choose, name="choose"),
    path("live/begin/", live.begin, name="begin"),
    path("live/own/", own_situations.new, name="own_new"),
    path("live/own/<int:pk>/", own_situations.edit, name="own_edit"),
    path("live/<int:pk>/", live.talk, name="talk"),
    path("live/<int:pk>/direct/", direct.direct, name="direct"),
    path("live/<int:pk>/say/", live.say, name="say"),
    path("live/<int:pk>/end/", live.end, name="end"),
    path("live/<int:pk>/keep-words/", live.keep_words, name="keep_words"),
    path("progress/", stored.progress, name="progress"),
    path("<int:pk>/", stored.conversation, name="conversation"),
    path("<int:pk>/delete/", stored.delete, name="delete"),
]
