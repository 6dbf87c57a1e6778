"""The pages of conversations."""

from django.urls import path

from conversations.views import stored

app_name = "conversations"

urlpatterns = [
    path("", stored.history, name="history"),
    path("progress/", stored.progress, name="progress"),
    path("<int:pk>/", stored.conversation, name="conversation"),
    path("<int:pk>/delete/", stored.delete, name="delete"),
]
