"""WebSocket addresses of practice."""

from django.urls import path

from practice.consumers import PracticeConsumer

websocket_urlpatterns = [path("ws/practice/", PracticeConsumer.as_asgi())]
