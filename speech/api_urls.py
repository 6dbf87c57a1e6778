"""The addresses under /speech/, with and without /api/v1."""

from django.urls import path

from speech.api import (
    SynthesizeStreamView,
    SynthesizeView,
    TranscribeView,
    VoicesView,
)

urlpatterns = [
    path("transcribe/", TranscribeView.as_view(), name="speech-transcribe"),
    path("synthesize/", SynthesizeView.as_view(), name="speech-synthesize"),
    path("synthesize/stream/", SynthesizeStreamView.as_view(), name="speech-synthesize-stream"),
    path("voices/", VoicesView.as_view(), name="speech-voices"),
]
