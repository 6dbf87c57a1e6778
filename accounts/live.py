"""What is told over WebSockets: a snapshot, then every event after it, to those who may hear it."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from accounts import websockets

logger = logging.getLogger(__name__)

NOT_THERE = 4404
NO_EVENTS = 4503

Message = Mapping[str, Any]


def tell(group: str, message: Message) -> None:
    """Send `message` to everybody who listens in `group`; call after the commit.

    Nobody is told when the channel layer is down: pages then ask over HTTP.
    """
    layer = get_channel_layer()
    try:
        async_to_sync(layer.group_send)(group, {"type": "live.event", "message": message})
    except (RedisError, OSError) as error:
        logger.warning("nobody was told in %s: %s", group, error)


class LiveConsumer(AsyncJsonWebsocketConsumer, ABC):
    """Sends a snapshot, then every event of its group that is newer; takes nothing.

    A message has a `seq` that rises. Closes before any data with 4401 (not signed in), 4403 (second
    factor missing) or what `snapshot` says, later too when one signs out. Where no events can be
    had it closes with 4503, or refuses the handshake: then ask over HTTP.
    """

    # Whether each message makes all older ones of the group worthless.
    in_order = True

    @abstractmethod
    def group_of(self) -> str:
        """The group to listen in. Called once it is known who asks."""

    @abstractmethod
    def snapshot(self) -> Message | int:
        """Everything up to now, or the code to close with. May ask the database."""

    def is_news(self, message: Message) -> bool:
        """Whether the snapshot, or a message before, did not tell it already."""
        return bool(message["seq"] > self.seq)

    def refusal(self) -> int | None:
        """The code to close with before an event is passed on. May ask the database."""
        return websockets.refusal(self.scope)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Run the connection; a channel layer that is down ends it quietly."""
        try:
            await super().__call__(scope, receive, send)
        except (RedisError, OSError) as error:
            logger.warning("no events can be had: %s", error)
            await send({"type": "websocket.close", "code": NO_EVENTS})

    async def connect(self) -> None:
        """Accept, since only an accepted connection can be closed with a code of ours."""
        self.seq = 0
        self.group = ""
        await self.accept()
        refused = await database_sync_to_async(self.refusal)()
        if refused is not None:
            await self.close(refused)
            return
        # Listening comes first, so that nothing happens unheard before the snapshot is taken.
        self.group = self.group_of()
        await self.channel_layer.group_add(self.group, self.channel_name)
        found = await database_sync_to_async(self.snapshot)()
        if isinstance(found, int):
            await self.close(found)
            return
        self.seq = found["seq"]
        await self.send_json(found)

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any
    ) -> None:
        """Whatever a client sends is left unread."""

    async def live_event(self, event: dict[str, Any]) -> None:
        """Pass an event on, unless the snapshot held it already."""
        message = event["message"]
        if not self.is_news(message):
            return
        refused = await database_sync_to_async(self.refusal)()
        if refused is not None:
            await self.close(refused)
            return
        if self.in_order:
            self.seq = message["seq"]
        await self.send_json(message)
