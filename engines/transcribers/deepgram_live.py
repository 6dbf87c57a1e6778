"""Deepgram while somebody speaks: sound in, what was understood so far out, over its WebSocket.

https://developers.deepgram.com/reference/speech-to-text/listen-streaming
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from engines.transcribers import SAMPLE_RATE, TranscriberOptions
from engines.transcribers.deepgram import BASE_URL, DEFAULT_MODEL
from engines.transcribers.in_turn import bounds_of

logger = logging.getLogger(__name__)

OPEN_SECONDS = 3.0
LONGEST_SECONDS = 310.0
# What may wait to be sent: ten seconds of sound. A line that is slower is given up.
MOST_WAITING = 10 * SAMPLE_RATE * 2
LONGEST_MESSAGE = 256 * 1024

OnText = Callable[[str], Awaitable[None]]


class LiveHearing:
    """What is heard of one turn while it is spoken: mono 16-bit little-endian sound at 16 kHz.

    It may break off at any moment: `is_open` is false then, and whoever holds the sound has it
    heard otherwise. Errors are never raised. `on_text` is given all that was understood so far.
    """

    def __init__(
        self, options: TranscriberOptions, *, language: str | None, on_text: OnText
    ) -> None:
        self._options = options
        self._language = language
        self._on_text = on_text
        self._frames: asyncio.Queue[bytes] = asyncio.Queue()
        self._waiting = 0
        self._sure: list[str] = []
        # A service that failed again and again is not waited for.
        self.is_open = not bounds_of(options).breaker.rests_for()
        self._work = asyncio.create_task(self._run()) if self.is_open else None

    def hear(self, frames: bytes) -> None:
        """Send sound on, as soon as there is a line."""
        if not self.is_open:
            return
        self._waiting += len(frames)
        if self._waiting > MOST_WAITING:
            self._give_up("the line is too slow")
            return
        self._frames.put_nowait(frames)

    async def finished(self) -> None:
        """Wait until nothing more comes."""
        if self._work is not None:
            await asyncio.wait({self._work})

    async def close(self) -> None:
        """Leave nothing behind; what was not told yet is not told any more."""
        self.is_open = False
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)

    def _give_up(self, why: str) -> None:
        self.is_open = False
        logger.warning("nobody hears live any more: %s", why)
        if self._work is not None:
            self._work.cancel()

    async def _run(self) -> None:
        breaker = bounds_of(self._options).breaker
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                async with connect(
                    self._address(),
                    additional_headers={"Authorization": f"Token {self._options.api_key}"},
                    open_timeout=OPEN_SECONDS,
                    close_timeout=1,
                    max_size=LONGEST_MESSAGE,
                ) as line:
                    breaker.succeeded()
                    await self._talk(line)
        except (OSError, TimeoutError, WebSocketException) as error:
            breaker.failed()
            logger.warning("live hearing broke off: %s", str(error) or type(error).__name__)
        finally:
            self.is_open = False

    async def _talk(self, line: ClientConnection) -> None:
        sending = asyncio.create_task(self._send(line))
        try:
            async for message in line:
                text = self._understood(message)
                if text:
                    await self._on_text(text)
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)

    async def _send(self, line: ClientConnection) -> None:
        while True:
            frames = await self._frames.get()
            await line.send(frames)
            self._waiting -= len(frames)

    def _understood(self, message: str | bytes) -> str:
        """All that was understood so far, where `message` changed it."""
        try:
            told: Any = json.loads(message)
            if told["type"] != "Results":
                return ""
            text = str(told["channel"]["alternatives"][0]["transcript"]).strip()
            is_sure = bool(told["is_final"])
        except (ValueError, KeyError, IndexError, TypeError):
            return ""
        if is_sure and text:
            self._sure.append(text)
        parts = self._sure if is_sure else [*self._sure, text]
        return " ".join(part for part in parts if part) if text else ""

    def _address(self) -> str:
        base = (self._options.base_url or BASE_URL).rstrip("/").replace("http", "ws", 1)
        wanted = {
            "model": self._options.model or DEFAULT_MODEL,
            "language": self._language or "multi",
            "encoding": "linear16",
            "sample_rate": str(SAMPLE_RATE),
            "channels": "1",
            "interim_results": "true",
            "smart_format": "true",
            "filler_words": "true",
            # What is sent must not be kept there to make models better.
            "mip_opt_out": "true",
        }
        return f"{base}/v1/listen?{urlencode(wanted)}"
