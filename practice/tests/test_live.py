"""`/ws/practice/` through the whole ASGI application: each device hears what the others do."""

from datetime import timedelta

import pytest
from channels.db import database_sync_to_async
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import Erasure
from practice import services
from practice.models import PracticeSession
from speech_sessions.tests.conftest import upload, wav
from speech_sessions.tests.test_watching import Socket, closed_with

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]


def listening(application, browser, query="", origin="http://localhost") -> Socket:
    return Socket(application, f"/ws/practice/{query}", browser, origin)


async def snapshot_of(socket: Socket) -> dict:
    assert await socket.connect()
    return await socket.message()


async def test_device_that_connects_learns_the_open_session_with_steps_and_breaks(
    application, alices_browser, alice, sequence
):
    session = await database_sync_to_async(services.start)(alice, sequence)
    await database_sync_to_async(services.mark_step)(
        alice, session.pk, 1, completed=True, seconds=20
    )
    await database_sync_to_async(services.pause)(alice, session.pk, 31)
    socket = listening(application, alices_browser)
    found = await snapshot_of(socket)
    assert (found["type"], found["id"], found["seq"], found["changed"]) == (
        "snapshot",
        session.pk,
        3,
        [],
    )
    assert found["session"]["steps"] == [{"number": 1, "completed": True, "seconds": 20}]
    assert found["session"]["pauses"] == [
        {"started_at": found["session"]["paused_at"], "ended_at": None}
    ]
    assert found["session"]["duration_seconds"] == 31
    assert found["now"].endswith("Z")
    await socket.hang_up()


async def test_every_change_of_one_device_is_told_to_the_others(application, alices_browser, alice):
    phone, desk = (listening(application, alices_browser) for _number in range(2))
    for socket in (phone, desk):
        assert (await snapshot_of(socket))["session"] is None

    def practise() -> PracticeSession:
        session = services.start(alice)
        services.pause(alice, session.pk, 5)
        services.resume(alice, session.pk)
        services.mark_step(alice, session.pk, 1, completed=True, seconds=9)
        services.keep_recording(session, upload(wav()))
        services.complete(alice, session.pk, services.Completion(12, "completed"))
        services.resume(alice, session.pk)  # changes nothing any more, and is not told
        services.delete_session(alice, session.pk)
        return session

    session_id = (await database_sync_to_async(practise)()).pk
    for socket in (phone, desk):
        told = [await socket.message() for _number in range(7)]
        assert [(each["type"], each["seq"]) for each in told] == [
            ("started", 1),
            ("paused", 2),
            ("resumed", 3),
            ("step", 4),
            ("recorded", 5),
            ("ended", 6),
            ("deleted", 7),
        ]
        assert {each["id"] for each in told} <= {session_id, None}
        assert told[5]["session"]["completion_status"] == "completed"
        assert told[6]["session"] is None
        await socket.hang_up()


async def test_device_that_comes_back_learns_what_changed_meanwhile(
    application, alices_browser, alice
):
    first = await database_sync_to_async(services.start)(alice)
    second = await database_sync_to_async(services.start)(alice)
    await database_sync_to_async(services.complete)(
        alice, first.pk, services.Completion(9, "partial")
    )
    socket = listening(application, alices_browser, "?last_seq=2")
    found = await snapshot_of(socket)
    assert found["id"] == second.pk
    assert [each["session_id"] for each in found["changed"]] == [first.pk]
    assert found["changed"][0]["completed_at"] is not None
    await socket.hang_up()
    socket = listening(application, alices_browser, "?last_seq=much")
    assert (await snapshot_of(socket))["changed"] == []
    await socket.hang_up()


async def test_other_peoples_practice_is_not_told(application, charlies_browser, alice, charlie):
    socket = listening(application, charlies_browser)
    assert (await snapshot_of(socket))["session"] is None
    await database_sync_to_async(services.start)(alice)
    own = await database_sync_to_async(services.start)(charlie)
    assert (await socket.message())["id"] == own.pk
    await socket.hang_up()


async def test_who_may_not_listen_is_closed_out(application, alices_browser, alice):
    assert await closed_with(listening(application, None)) == 4401
    evil = listening(application, alices_browser, origin="https://evil.example")
    assert not await evil.connect()
    await Erasure.objects.acreate(user=alice, due_at=timezone.now() + timedelta(days=7))
    assert await closed_with(listening(application, alices_browser)) == 4401
    await Erasure.objects.all().adelete()
    await TOTPDevice.objects.acreate(user=alice, name="phone", confirmed=True)
    assert await closed_with(listening(application, alices_browser)) == 4403


async def test_program_listens_with_a_ticket(application, alices_phone, alice):
    answer = await database_sync_to_async(alices_phone.post)("/api/v1/auth/ws-ticket/")
    query = f"?ticket={answer.json()['ticket']}"
    socket = listening(application, None, query, origin="https://app.example")
    assert (await snapshot_of(socket))["type"] == "snapshot"
    await socket.hang_up()


async def test_device_that_signs_out_hears_no_more(application, alices_browser, alice):
    socket = listening(application, alices_browser)
    await snapshot_of(socket)
    await database_sync_to_async(alices_browser.logout)()
    await database_sync_to_async(services.start)(alice)
    assert await socket.close_code() == 4401


async def test_local_layer_tells_too(application, alices_browser, alice, settings):
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    socket = listening(application, alices_browser)
    await snapshot_of(socket)
    await database_sync_to_async(services.start)(alice)
    assert (await socket.message())["type"] == "started"
    await socket.hang_up()


async def test_practice_goes_on_while_nobody_can_be_told(alice, settings):
    settings.CHANNEL_LAYERS = {
        "default": {
            **settings.CHANNEL_LAYERS["default"],
            "CONFIG": {"hosts": ["unix:///nowhere/valkey.sock"]},
        }
    }
    session = await database_sync_to_async(services.start)(alice)
    kept = PracticeSession.objects.filter(pk=session.pk, seq=1)
    assert await database_sync_to_async(kept.exists)()
