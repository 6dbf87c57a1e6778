"""WebSocket addresses of talks."""

from django.urls import path

from conversations.consumers import ConversationConsumer

websocket_urlpatterns = [path("ws/conversations/<int:session_id>/", ConversationConsumer.as_asgi())]
