"""Every WebSocket address."""

from speech_sessions.routing import websocket_urlpatterns

urlpatterns = [*websocket_urlpatterns]
