"""Deepgram's streaming protocol, against a WebSocket server on loopback."""

import asyncio
import json

import pytest

from engines.breaker import FAILURES
from engines.tests.deepgram_live_server import listening, results
from engines.transcribers import TranscriberOptions
from engines.transcribers.deepgram_live import MOST_WAITING, LiveHearing

SOUND = b"\1\0" * 4000
pytestmark = pytest.mark.asyncio


class Captions(asyncio.Queue):
    """What was told, in order."""

    async def told(self, text: str) -> None:
        await self.put(text)

    async def after(self, hearing: LiveHearing) -> str:
        """The next caption, once more sound came."""
        hearing.hear(SOUND)
        return await asyncio.wait_for(self.get(), 10)


def to(address, captions, **options) -> LiveHearing:
    chosen = TranscriberOptions("deepgram", api_key="a key", base_url=address, **options)
    return LiveHearing(chosen, language="es", on_text=captions.told)


async def test_captions_grow_and_what_is_sure_stays():
    captions = Captions()
    async with listening() as service:
        service.says = [
            results("quiero", final=False),
            results("Quiero una sopa.", final=True),
            results("y", final=False),
        ]
        hearing = to(service.address, captions)
        told = [await captions.after(hearing) for _ in range(3)]
        await hearing.close()

    assert told == ["quiero", "Quiero una sopa.", "Quiero una sopa. y"]
    assert service.heard == SOUND * 3
    assert not hearing.is_open
    assert service.keys == ["Token a key"]
    asked = service.asked[0]
    assert (asked["language"], asked["encoding"], asked["sample_rate"]) == (
        "es",
        "linear16",
        "16000",
    )
    assert (asked["interim_results"], asked["mip_opt_out"]) == ("true", "true")


async def test_what_makes_no_sense_is_passed_over():
    captions = Captions()
    async with listening() as service:
        service.says = [
            "no json",
            json.dumps(["Results"]),
            json.dumps({"type": "Results", "channel": {}}),
            results("", final=True),
            results("Hola", final=True),
        ]
        hearing = to(service.address, captions)
        for _ in range(4):
            hearing.hear(SOUND)
        assert await captions.after(hearing) == "Hola"
        await hearing.close()


async def test_a_line_that_breaks_off_says_so_and_takes_no_more_sound():
    async with listening() as service:
        service.says = [1011]
        hearing = to(service.address, Captions())
        hearing.hear(SOUND)
        await hearing.finished()
        hearing.hear(SOUND)
    assert service.heard == SOUND


async def test_a_service_that_is_not_there_is_left_alone_after_some_tries():
    for _ in range(FAILURES):
        hearing = to("http://127.0.0.1:9", Captions(), model="not there")
        assert hearing.is_open
        await hearing.finished()
    assert not to("http://127.0.0.1:9", Captions(), model="not there").is_open


async def test_a_line_that_takes_no_sound_is_given_up_before_it_fills_the_memory():
    async with listening() as service:
        hearing = to(service.address, Captions())
        hearing.hear(bytes(MOST_WAITING + 2))
        assert not hearing.is_open
        await hearing.close()
    assert service.heard == b""
