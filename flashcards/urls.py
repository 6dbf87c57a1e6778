"""The pages of vocabulary."""

from django.urls import path

from flashcards.views import reports, reviewing, words

app_name = "flashcards"

urlpatterns = [
    path("", words.listing, name="list"),
    path("new/", words.new, name="new"),
    path("review/", reviewing.review, name="review"),
    path("review/undo/", reviewing.undo, name="undo"),
    path("statistics/", reports.statistics, name="statistics"),
    path("settings/", reports.limits, name="limits"),
    path("import/", reports.files, name="files"),
    path("export.csv", reports.export_csv, name="export_csv"),
    path("export.txt", reports.export_anki, name="export_anki"),
    path("<int:pk>/", words.edit, name="edit"),
    path("<int:pk>/delete/", words.delete, name="delete"),
    path("<int:pk>/audio/", words.audio, name="audio"),
]
