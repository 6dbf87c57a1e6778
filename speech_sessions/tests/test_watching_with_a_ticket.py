"""The WebSocket of a program: opened with a single-use ticket instead of a cookie."""

import json

import pytest
import time_machine
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.core.cache import cache
from django_otp.plugins.otp_totp.models import TOTPDevice
from rest_framework.test import APIClient

from accounts import services as accounts
from accounts.models import User
from conftest import PASSWORD
from speech_sessions import events
from speech_sessions.models import AnalysisRun, SpeechSession

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]
TICKET = "/api/v1/auth/ws-ticket/"


@pytest.fixture
def session(alice) -> SpeechSession:
    session = SpeechSession.objects.create(user=alice, title="Talk", duration=60)
    session.current_run = AnalysisRun.objects.create(session=session)
    session.save()
    return session


@pytest.fixture
def app(alice) -> APIClient:
    """A program of Alice's with an access token."""
    fields = {"email": alice.email, "password": PASSWORD}
    pair = APIClient().post("/api/v1/auth/login/", fields).json()
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair['access']}")
    return client


def ticket_of(client) -> str:
    answer = client.post(TICKET)
    assert answer.status_code == 201
    assert answer.json()["expires_in"] == 30
    return answer.json()["ticket"]


class Socket(ApplicationCommunicator):
    """A program's end of a WebSocket: no cookie, no Origin."""

    def __init__(self, application, session_id: int, ticket: str, **headers: str) -> None:
        scope = {
            "type": "websocket",
            "path": f"/ws/speech-sessions/{session_id}/",
            "query_string": f"ticket={ticket}".encode(),
            "headers": [(b"host", b"localhost")]
            + [(name.encode(), value.encode()) for name, value in headers.items()],
            "subprotocols": [],
        }
        super().__init__(application, scope)

    async def first(self) -> dict | int:
        """The first message, or the code it is closed with."""
        await self.send_input({"type": "websocket.connect"})
        assert (await self.receive_output(5))["type"] == "websocket.accept"
        return await self.next()

    async def next(self) -> dict | int:
        output = await self.receive_output(5)
        return output["code"] if output["type"] == "websocket.close" else json.loads(output["text"])


@database_sync_to_async
def tell(session: SpeechSession, seq: int) -> None:
    run = session.current_run
    run.state, run.seq = AnalysisRun.State.RUNNING, seq
    run.save()
    events.publish(run)


async def test_ticket_opens_one_connection_without_an_origin(application, session, app):
    ticket = await database_sync_to_async(ticket_of)(app)

    first = await Socket(application, session.pk, ticket).first()
    again = await Socket(application, session.pk, ticket).first()

    assert first["type"] == "snapshot"
    assert again == 4401


async def test_ticket_of_a_device_token_and_of_a_browser_open_too(
    application, session, alices_phone, alices_browser
):
    for client in (alices_phone, alices_browser):
        ticket = await database_sync_to_async(ticket_of)(client)
        assert (await Socket(application, session.pk, ticket).first())["type"] == "snapshot"


async def test_ticket_lasts_thirty_seconds(application, session, app):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        fields = {"email": "alice@example.org", "password": PASSWORD}
        pair = await database_sync_to_async(APIClient().post)("/api/v1/auth/login/", fields)
        app.credentials(HTTP_AUTHORIZATION=f"Bearer {pair.json()['access']}")
        ticket = await database_sync_to_async(ticket_of)(app)
        clock.shift(31)
        assert await Socket(application, session.pk, ticket).first() == 4401


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "%00", "é"])
async def test_forged_ticket_is_closed_out_whatever_the_cookie(
    application, session, alices_browser, ticket
):
    cookie = f"sessionid={alices_browser.cookies['sessionid'].value}"

    assert await Socket(application, session.pk, ticket, cookie=cookie).first() == 4401


async def test_ticket_of_another_person_opens_nothing_of_hers(application, session, charlies_phone):
    ticket = await database_sync_to_async(ticket_of)(charlies_phone)

    assert await Socket(application, session.pk, ticket).first() == 4404


async def test_ticket_without_the_cache_is_closed_out(application, session, app, settings):
    ticket = await database_sync_to_async(ticket_of)(app)
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "unix:///nobody/home.sock?db=0"}
    }

    assert await Socket(application, session.pk, ticket).first() == 4401


async def test_second_factor_holds_for_a_ticket(application, session, app, alice):
    ticket = await database_sync_to_async(ticket_of)(app)
    await TOTPDevice.objects.acreate(user=alice, name="phone", confirmed=True)

    assert await Socket(application, session.pk, ticket).first() == 4403
    assert (await database_sync_to_async(app.post)(TICKET)).status_code == 403


@pytest.mark.parametrize("end", ["everything", "family", "suspension"])
async def test_connection_ends_with_the_credential_that_asked_for_it(
    application, session, app, alice, end
):
    ticket = await database_sync_to_async(ticket_of)(app)
    socket = Socket(application, session.pk, ticket)
    assert (await socket.first())["type"] == "snapshot"
    await tell(session, 2)
    assert (await socket.next())["type"] == "progress"

    if end == "everything":
        await database_sync_to_async(accounts.end_everything)(alice)
    elif end == "family":
        await database_sync_to_async(accounts.end_families)(alice)
    else:
        await User.objects.filter(pk=alice.pk).aupdate(is_active=False)
    await tell(session, 3)

    assert await socket.next() == 4401
    cache.clear()
