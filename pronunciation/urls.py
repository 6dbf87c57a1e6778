"""The pages of pronunciation."""

from django.urls import path

from pronunciation.views import sentences

app_name = "pronunciation"

urlpatterns = [
    path("", sentences.home, name="home"),
    path("take/", sentences.take, name="take"),
    path("<int:pk>/", sentences.attempt, name="attempt"),
    path("<int:pk>/delete/", sentences.delete, name="delete"),
    path("<int:pk>/model/", sentences.model, name="model"),
]
