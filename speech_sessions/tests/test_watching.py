"""The WebSocket, through the whole ASGI application, on a real channel layer."""

import json
from datetime import timedelta

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import Erasure
from speech_sessions import events, services
from speech_sessions.models import AnalysisRun, SpeechSession
from speech_sessions.tests.conftest import upload, wav

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]


@pytest.fixture
def session(alice) -> SpeechSession:
    return services.submit_recording(alice, upload(wav()))


class Socket(ApplicationCommunicator):
    """A browser's end of a WebSocket."""

    def __init__(self, application, path: str, browser: Client | None, origin: str) -> None:
        headers = [(b"host", b"localhost"), (b"origin", origin.encode())]
        if browser is not None:
            cookies = "; ".join(f"{name}={value.value}" for name, value in browser.cookies.items())
            headers.append((b"cookie", cookies.encode()))
        path, _, query = path.partition("?")
        scope = {"type": "websocket", "path": path, "query_string": query.encode()}
        super().__init__(application, {**scope, "headers": headers, "subprotocols": []})

    async def connect(self) -> bool:
        """Whether the handshake was accepted."""
        await self.send_input({"type": "websocket.connect"})
        return (await self.receive_output(5))["type"] == "websocket.accept"

    async def message(self) -> dict:
        """The next message; fails if the socket is closed instead."""
        output = await self.receive_output(5)
        assert output["type"] == "websocket.send", output
        return json.loads(output["text"])

    async def close_code(self) -> int:
        """The code it is closed with; fails if anything is sent instead."""
        output = await self.receive_output(5)
        assert output["type"] == "websocket.close", output
        return output["code"]

    async def hang_up(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(5)


def watching(
    application, session_id: int, browser: Client | None, origin: str = "http://localhost"
) -> Socket:
    return Socket(application, f"/ws/speech-sessions/{session_id}/", browser, origin)


async def closed_with(socket: Socket) -> int:
    """The code a socket is closed with before any data."""
    await socket.connect()
    return await socket.close_code()


@database_sync_to_async
def tell(session: SpeechSession, **values) -> None:
    run = session.current_run
    for name, value in values.items():
        setattr(run, name, value)
    run.save()
    events.publish(run)


async def test_watcher_gets_a_snapshot_and_then_every_event(application, alices_browser, session):
    socket = watching(application, session.pk, alices_browser)
    assert await socket.connect()
    first = await socket.message()
    assert first == {
        "type": "snapshot",
        "id": session.pk,
        "seq": 1,
        "state": "queued",
        "stage": "decode",
        "progress": 0,
        "error": None,
    }
    await tell(session, state=AnalysisRun.State.RUNNING, progress=40, seq=2)
    second = await socket.message()
    assert (second["type"], second["progress"], second["seq"]) == ("progress", 40, 2)
    await tell(session, progress=39, seq=2)
    await tell(session, state=AnalysisRun.State.FAILED, error="no_speech", seq=3)
    third = await socket.message()
    assert (third["type"], third["seq"]) == ("failed", 3)
    assert third["error"]["code"] == "no_speech"
    assert "microphone" in third["error"]["message"]
    await socket.hang_up()


async def test_stranger_is_told_that_the_session_is_not_there(
    application, charlies_browser, session
):
    assert await closed_with(watching(application, session.pk, charlies_browser)) == 4404
    assert await closed_with(watching(application, 987_654, charlies_browser)) == 4404


async def test_visitor_is_closed_out(application, session):
    assert await closed_with(watching(application, session.pk, None)) == 4401


async def test_watcher_who_owes_a_second_factor_is_closed_out(
    application, alices_browser, session, alice
):
    await TOTPDevice.objects.acreate(user=alice, name="phone", confirmed=True)
    assert await closed_with(watching(application, session.pk, alices_browser)) == 4403


async def test_watcher_whose_account_waits_to_be_erased_is_closed_out(
    application, alices_browser, session, alice
):
    await Erasure.objects.acreate(user=alice, due_at=timezone.now() + timedelta(days=7))
    assert await closed_with(watching(application, session.pk, alices_browser)) == 4401


async def test_watcher_who_signs_out_hears_no_more(application, alices_browser, session):
    socket = watching(application, session.pk, alices_browser)
    await socket.connect()
    await socket.message()
    await database_sync_to_async(alices_browser.logout)()
    await tell(session, progress=40, seq=2)
    assert await socket.close_code() == 4401


async def test_watcher_of_a_deleted_session_is_closed_out(application, alices_browser, session):
    socket = watching(application, session.pk, alices_browser)
    await socket.connect()
    await socket.message()
    run = session.current_run
    await database_sync_to_async(services.delete_session)(session)
    run.seq = 7
    await database_sync_to_async(events.publish)(run)
    assert await socket.close_code() == 4404


async def test_page_of_another_site_may_not_watch(application, alices_browser, session):
    socket = watching(application, session.pk, alices_browser, origin="https://evil.example")
    assert not await socket.connect()


async def test_watcher_is_refused_without_an_error_while_events_cannot_be_had(
    application, alices_browser, session, settings
):
    settings.CHANNEL_LAYERS = {
        "default": {
            **settings.CHANNEL_LAYERS["default"],
            "CONFIG": {"hosts": ["unix:///nowhere/valkey.sock"]},
        }
    }
    socket = watching(application, session.pk, alices_browser)
    await socket.send_input({"type": "websocket.connect"})
    assert await socket.close_code() == 4503
