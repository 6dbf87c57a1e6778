"""WebSocket addresses of speech sessions."""

from django.urls import path

from speech_sessions.consumers import AnalysisConsumer

websocket_urlpatterns = [
    path("ws/speech-sessions/<int:session_id>/", AnalysisConsumer.as_asgi()),
]
