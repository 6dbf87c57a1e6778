"""Every WebSocket address."""

from conversations.routing import websocket_urlpatterns as conversations
from practice.routing import websocket_urlpatterns as practice
from speech_sessions.routing import websocket_urlpatterns as speech_sessions

urlpatterns = [*speech_sessions, *practice, *conversations]
