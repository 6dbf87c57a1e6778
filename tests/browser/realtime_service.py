"""A realtime service on loopback: its two calls over HTTP, and the far end of its WebRTC call.

The far end is a page of the tests' browser, so the connection, its sound and its data channel are
real ones. https://platform.openai.com/docs/guides/realtime-webrtc
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

from playwright.async_api import Page

SECRET = "ek_68af296e8e408191a1120ab6383263c2"
_CORS = (
    "Access-Control-Allow-Origin: *\r\n"
    "Access-Control-Allow-Methods: POST, OPTIONS\r\n"
    "Access-Control-Allow-Headers: authorization, content-type\r\n"
)
# Takes an offer, speaks with the browser's own microphone, and answers once it knows its addresses.
_ANSWER = """async (offer) => {
  const peer = new RTCPeerConnection();
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  for (const track of microphone.getTracks()) peer.addTrack(track, microphone);
  const call = { peer, heard: 0 };
  peer.ontrack = ({ track }) => { call.heard += track.kind === "audio" ? 1 : 0; };
  peer.ondatachannel = ({ channel }) => { call.channel = channel; };
  await peer.setRemoteDescription({ type: "offer", sdp: offer });
  await peer.setLocalDescription(await peer.createAnswer());
  await new Promise((resolve) => {
    const look = () => peer.iceGatheringState === "complete" && resolve();
    peer.onicegatheringstatechange = look;
    look();
  });
  window.call = call;
  return peer.localDescription.sdp;
}"""
_TELL = """async (events) => {
  const { channel } = window.call;
  if (channel.readyState !== "open") {
    await new Promise((resolve) => { channel.onopen = resolve; });
  }
  for (const event of events) channel.send(JSON.stringify(event));
}"""


class RealtimeService:
    """What it was asked, and what it says; `refuse` is the status of the next calls, 0 for none."""

    def __init__(self, far_end: Page) -> None:
        self.far_end = far_end
        self.instructions: list[str] = []
        self.refuse = 0

    async def tell(self, *events: dict[str, Any]) -> None:
        """Send events to whoever called."""
        await self.far_end.evaluate(_TELL, list(events))

    async def hang_up(self) -> None:
        """Break the call off."""
        await self.far_end.evaluate("() => window.call.peer.close()")

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        request, *lines = head.split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines if line)
        }
        body = (await reader.readexactly(int(headers.get("content-length", 0)))).decode()
        status, kind, told = await self._answered(request, headers, body)
        content = told.encode()
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n"
            f"Connection: close\r\n{_CORS}\r\n".encode()
            + content
        )
        await writer.drain()
        writer.close()

    async def _answered(
        self, request: str, headers: dict[str, str], body: str
    ) -> tuple[str, str, str]:
        method, path, _ = request.split(" ")
        if method == "OPTIONS":
            return "204 No Content", "text/plain", ""
        if path.endswith("/client_secrets"):
            self.instructions.append(json.loads(body)["session"]["instructions"])
            secret = {"value": SECRET, "expires_at": 1795276860, "session": {"type": "realtime"}}
            return "200 OK", "application/json", json.dumps(secret)
        assert path.endswith("/realtime/calls")
        assert headers["content-type"] == "application/sdp"
        assert headers["authorization"] == f"Bearer {SECRET}"
        if self.refuse:
            return f"{self.refuse} No", "application/json", "{}"
        return "201 Created", "application/sdp", await self.far_end.evaluate(_ANSWER, body)


@contextlib.asynccontextmanager
async def serving(far_end: Page, port: int) -> AsyncIterator[RealtimeService]:
    """The service on `port` of loopback; its far end is a page of the product's."""
    service = RealtimeService(far_end)
    server = await asyncio.start_server(service.answer, "127.0.0.1", port)
    async with server:
        yield service
