"""`/ws/conversations/{id}/` through the whole ASGI application."""

import os
import time

import pytest
from channels.db import database_sync_to_async

from conversations import services, spool, tasks, tutoring
from conversations.models import TutorMessage
from conversations.tests.conftest import started
from engines.tests.deepgram_live_server import listening, results
from engines.transcribers import TranscriberOptions
from speech_sessions.tests.test_watching import Socket, closed_with

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]
SECOND = b"\1\0" * 16_000


@pytest.fixture(autouse=True)
def quick(settings, tmp_path):
    settings.TUTOR_WAIT_SECONDS = 0
    settings.WORK_DIR = tmp_path / "work"


@pytest.fixture
def talk(alice):
    return started(alice)


def line_to(application, browser, talk, query="") -> Socket:
    return Socket(application, f"/ws/conversations/{talk.pk}/{query}", browser, "http://localhost")


async def open_line(application, browser, talk, query="") -> tuple[Socket, dict]:
    socket = line_to(application, browser, talk, query)
    assert await socket.connect()
    return socket, await socket.message()


async def say(socket, **message) -> None:
    import json

    await socket.send_input({"type": "websocket.receive", "text": json.dumps(message)})


async def send_frames(socket, frames) -> None:
    await socket.send_input({"type": "websocket.receive", "bytes": frames})


async def until(socket, kind) -> dict:
    while (message := await socket.message())["type"] != kind:
        assert message["type"] != "error", message
    return message


async def worked(position=1) -> None:
    """A worker takes the turn at `position`."""

    def take() -> None:
        tutoring.take_turn(TutorMessage.objects.get(position=position).pk)

    await database_sync_to_async(take)()


async def test_snapshot_comes_first_and_text_is_answered(application, alices_browser, talk):
    socket, snapshot = await open_line(application, alices_browser, talk)
    assert (snapshot["type"], snapshot["id"], snapshot["state"]) == ("snapshot", talk.pk, "open")
    assert [each["side"] for each in snapshot["messages"]] == ["tutor"]
    await say(socket, type="text", text="I want two bread, please.", client_id="a1")
    stored = await until(socket, "message")
    assert (stored["message"]["state"], stored["message"]["client_id"]) == ("waiting", "a1")
    await worked()
    assert (await until(socket, "message"))["message"]["state"] == "answered"
    reply = await until(socket, "reply.text")
    assert reply["seq"] > stored["seq"] > snapshot["seq"]
    assert reply["message"]["text"]
    await socket.hang_up()

    again, missed = await open_line(application, alices_browser, talk, f"?last_seq={stored['seq']}")
    assert [each["position"] for each in missed["messages"]] == [1, 2]
    await again.hang_up()


async def test_sound_survives_a_broken_line(application, alices_browser, talk):
    socket, _ = await open_line(application, alices_browser, talk)
    await say(socket, type="audio.start", format="pcm16", client_id="s1")
    assert (await until(socket, "audio.kept"))["samples"] == 0
    await send_frames(socket, SECOND)
    await say(socket, type="audio.start", format="pcm16", client_id="s1")
    assert (await until(socket, "audio.kept"))["samples"] == 16_000
    await socket.hang_up()

    other, snapshot = await open_line(application, alices_browser, talk)
    assert snapshot["audio"] == [{"client_id": "s1", "samples": 16_000}]
    await say(other, type="audio.start", format="pcm16", client_id="s1")
    assert (await until(other, "audio.kept"))["samples"] == 16_000
    await send_frames(other, SECOND)
    await say(other, type="audio.end", client_id="s1")
    stored = await until(other, "message")
    assert stored["message"]["audio_url"]
    size = await database_sync_to_async(lambda: TutorMessage.objects.get(position=1).audio.size)()
    assert size == 44 + 2 * len(SECOND)
    assert spool.of_session(talk.pk) == []
    await other.hang_up()


async def test_sound_of_somebody_who_never_came_back_becomes_a_turn(
    application, alices_browser, talk
):
    socket, _ = await open_line(application, alices_browser, talk)
    await say(socket, type="audio.start", format="pcm16", client_id="s1")
    await send_frames(socket, SECOND)
    await say(socket, type="audio.start", format="pcm16", client_id="s1")
    for _number in range(2):
        await until(socket, "audio.kept")
    await socket.hang_up()
    assert await database_sync_to_async(services.take_in_left_turns)() == 0
    long_ago = time.time() - 2 * spool.LEFT_AFTER
    os.utime(spool.Spool(talk.pk, "s1").path, (long_ago, long_ago))
    assert await database_sync_to_async(services.take_in_left_turns)() == 1
    kept = await database_sync_to_async(TutorMessage.objects.get)(client_id="s1")
    assert kept.state == "waiting"


async def test_cancelled_sound_is_forgotten(application, alices_browser, talk):
    socket, _ = await open_line(application, alices_browser, talk)
    await say(socket, type="audio.start", format="pcm16", client_id="s1")
    await send_frames(socket, SECOND)
    await say(socket, type="audio.cancel", client_id="s1")
    assert (await until(socket, "audio.kept"))["samples"] == 0
    assert (await until(socket, "audio.kept"))["samples"] is None
    assert spool.of_session(talk.pk) == []
    await send_frames(socket, SECOND)
    assert (await socket.message())["code"] == "no_turn"
    await socket.hang_up()


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "dance"}, "unknown_type"),
        ({"type": "text", "text": " "}, "invalid"),
        ({"type": "audio.start", "client_id": "../../x"}, "invalid"),
        ({"type": "audio.start"}, "invalid"),
    ],
)
async def test_message_that_makes_no_sense_is_answered_by_an_error(
    application, alices_browser, talk, message, code
):
    socket, _ = await open_line(application, alices_browser, talk)
    await say(socket, **message)
    error = await socket.message()
    assert (error["type"], error["code"]) == ("error", code)
    await socket.hang_up()


async def test_talk_that_ended_says_so(application, alices_browser, talk):
    socket, _ = await open_line(application, alices_browser, talk)
    await database_sync_to_async(services.end)(talk)
    assert (await until(socket, "ended"))["conversation"] is None
    await say(socket, type="text", text="Hello?", client_id="a1")
    assert (await socket.message())["code"] == "session_ended"
    await socket.hang_up()


async def test_talk_of_somebody_else_is_not_there(application, charlies_browser, talk):
    assert await closed_with(line_to(application, charlies_browser, talk)) == 4404


@pytest.fixture
def recogniser(settings):
    """Sets up who hears: Deepgram at an address."""

    def listen_at(address):
        settings.SPEECH_TRANSCRIBERS = [
            TranscriberOptions("deepgram", api_key="a key", base_url=address)
        ]

    return listen_at


async def test_captions_come_live_from_who_can_tell_them_and_no_worker_is_asked(
    application, alices_browser, talk, recogniser, monkeypatch
):
    asked = []
    monkeypatch.setattr(tasks, "send_hearing", asked.append)
    async with listening() as service:
        service.says = [results("a tomato", final=False)]
        recogniser(service.address)
        socket, _ = await open_line(application, alices_browser, talk)
        await say(socket, type="audio.start", format="pcm16", client_id="s1")
        await send_frames(socket, SECOND)
        told = await until(socket, "transcript.partial")
        assert (told["text"], told["client_id"]) == ("a tomato", "s1")
        await say(socket, type="audio.end", client_id="s1")
        stored = await until(socket, "message")
        assert stored["message"]["audio_url"]
        await socket.hang_up()
    assert asked == []
    assert service.heard == SECOND
    assert service.asked[0]["language"] == "en"


async def test_a_live_line_that_breaks_off_loses_nothing_and_captions_go_on(
    application, alices_browser, talk, recogniser, monkeypatch
):
    asked = []
    monkeypatch.setattr(tasks, "send_hearing", asked.append)
    async with listening() as service:
        service.says = [results("a", final=False), 1011]
        recogniser(service.address)
        socket, _ = await open_line(application, alices_browser, talk)
        await say(socket, type="audio.start", format="pcm16", client_id="s1")
        await send_frames(socket, SECOND)
        await until(socket, "transcript.partial")
        for _piece in range(400):
            await send_frames(socket, SECOND[:3200])
            await say(socket, type="dance")
            while (await socket.message())["type"] != "error":
                pass
            if asked:
                break
        await say(socket, type="audio.end", client_id="s1")
        stored = await until(socket, "message")
        await socket.hang_up()
    assert asked == [talk.pk]
    size = await database_sync_to_async(
        lambda: TutorMessage.objects.get(pk=stored["message"]["id"]).audio.size
    )()
    assert size == 44 + len(SECOND) + 3200 * (_piece + 1)
