"""The WebSocket on which one watches the analysis of a session."""

import logging
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from redis.exceptions import RedisError

from accounts import websockets
from speech_sessions import events, selectors
from speech_sessions.models import SpeechSession

logger = logging.getLogger(__name__)

NOT_THERE = 4404
NO_EVENTS = 4503


class AnalysisConsumer(AsyncJsonWebsocketConsumer):
    """Sends a snapshot, then every event after it; takes nothing.

    Closes before any data with 4401 (not signed in), 4403 (second factor missing) or 4404 (no such
    session, or somebody else's), later too when one signs out or the session is deleted. Where no
    events can be had it closes with 4503, or refuses the handshake: then ask over HTTP.
    """

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Run the connection; a channel layer that is down ends it quietly."""
        try:
            await super().__call__(scope, receive, send)
        except (RedisError, OSError) as error:
            logger.warning("no events can be had: %s", error)
            await send({"type": "websocket.close", "code": NO_EVENTS})

    async def connect(self) -> None:
        """Accept, since only an accepted connection can be closed with a code of ours."""
        self.group = events.group_name(self.scope["url_route"]["kwargs"]["session_id"])
        self.seq = 0
        self.joined = False
        await self.accept()
        found = await self._look()
        if isinstance(found, int):
            await self.close(found)
            return
        # Listening comes first, so that nothing happens unheard before the snapshot is taken.
        await self.channel_layer.group_add(self.group, self.channel_name)
        self.joined = True
        await self._send_snapshot()

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        if self.joined:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any
    ) -> None:
        """Whatever a client sends is left unread."""

    async def analysis_event(self, event: events.LayerEvent) -> None:
        """Pass an event on, unless the snapshot held it already."""
        message = event["message"]
        if message["seq"] <= self.seq:
            return
        found = await self._look()
        if isinstance(found, int):
            await self.close(found)
            return
        self.seq = message["seq"]
        await self.send_json(message)

    async def _send_snapshot(self) -> None:
        found = await self._look()
        if isinstance(found, int):
            await self.close(found)
            return
        self.seq = found["seq"]
        await self.send_json(found)

    @database_sync_to_async
    def _look(self) -> events.AnalysisMessage | int:
        """The session as it is now, or the code to close with where it may not be seen."""
        refusal = websockets.refusal(self.scope)
        if refusal is not None:
            return refusal
        user = self.scope["user"]
        try:
            session = selectors.session_of(user, self.scope["url_route"]["kwargs"]["session_id"])
        except SpeechSession.DoesNotExist:
            return NOT_THERE
        return events.snapshot(session)
