"""A server on loopback that speaks Deepgram's streaming protocol, and breaks off when told to."""

import contextlib
import json
from collections.abc import AsyncIterator
from urllib.parse import parse_qsl, urlsplit

from websockets.asyncio.server import ServerConnection, serve


def results(text: str, *, final: bool) -> str:
    """As the service tells what it understood."""
    best = {"transcript": text, "confidence": 0.98, "words": []}
    return json.dumps(
        {
            "type": "Results",
            "channel_index": [0, 1],
            "duration": 1.2,
            "start": 0.0,
            "is_final": final,
            "speech_final": final,
            "channel": {"alternatives": [best]},
        }
    )


class DeepgramLive:
    """What was heard of each line, and what is said after each piece of sound."""

    def __init__(self) -> None:
        self.address = ""
        self.asked: list[dict[str, str]] = []
        self.keys: list[str | None] = []
        self.heard = b""
        # Told one by one, each after a piece of sound; a number is a code to close with.
        self.says: list[str | int] = []

    async def answer(self, line: ServerConnection) -> None:
        """One line."""
        assert line.request is not None
        self.asked.append(dict(parse_qsl(urlsplit(line.request.path).query)))
        self.keys.append(line.request.headers.get("Authorization"))
        await line.send(json.dumps({"type": "Metadata", "request_id": "2479c8c8"}))
        async for message in line:
            assert isinstance(message, bytes)
            self.heard += message
            said = self.says.pop(0) if self.says else ""
            if isinstance(said, int):
                await line.close(said)
            elif said:
                await line.send(said)


@contextlib.asynccontextmanager
async def listening() -> AsyncIterator[DeepgramLive]:
    """The server, as long as it is needed."""
    service = DeepgramLive()
    async with serve(service.answer, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        service.address = f"http://127.0.0.1:{port}"
        yield service
