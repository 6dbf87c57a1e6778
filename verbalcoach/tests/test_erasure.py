"""The erasure of an account: nothing is left in rows, files, sessions, queues or cache."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from axes.models import AccessAttempt
from celery import current_app
from django.apps import apps
from django.conf import settings as project_settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.db.models import PROTECT, RESTRICT
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import services
from accounts.models import (
    DataExport,
    DeviceToken,
    Erasure,
    LearningProfile,
    RefreshFamily,
    SecurityEvent,
    User,
)
from accounts.services import exports as orders
from accounts.services import pictures
from accounts.services.erasure import ask_erasure
from accounts.tests.test_pictures import image_file, picture
from conftest import PASSWORD, api_client_of
from contract.models import IdempotencyKey
from conversations import services as conversations
from speech_sessions import pipeline
from speech_sessions import services as speech
from speech_sessions.models import OwnBand, PlannedAnalysis, SpeechSession
from speech_sessions.pipeline import stages
from speech_sessions.tests.conftest import files_in, upload, wav
from speech_sessions.tests.reported import reported_session
from verbalcoach import erasure, exports, personal_data

# What can be found nowhere by chance.
NUMBER = 918_273_645
EMAIL = "erasmia.vanish@example.org"
NAME = "Erasmia Vanish"
NEEDLES = (str(NUMBER), "erasmia", "vanish", "hush-hush")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def work_dir(settings, tmp_path) -> Path:
    settings.WORK_DIR = tmp_path / "work"
    settings.WORK_DIR.mkdir()
    return settings.WORK_DIR


@pytest.fixture
def erasmia(db) -> User:
    return User.objects.create_user(EMAIL, PASSWORD, pk=NUMBER, name=NAME)


def live_a_little(user: User, staff: User) -> None:
    """Leave a trace wherever the product lets one."""
    browser = Client()
    browser.force_login(user)
    assert browser.get("/accounts/security/").status_code == 200
    assert api_client_of(user).get("/api/v1/speech-sessions/").status_code == 200
    reported_session(user, title="hush-hush one")
    waiting = speech.submit_recording(user, upload(wav()), title="hush-hush two")
    PlannedAnalysis.objects.create(session=reported_session(user, title="hush-hush three"))
    speech.delete_session(speech.create_record(user, duration=60))
    talk = conversations.start(
        user, conversations.Start(target_language="en", scenario="ordering-food", topic="hush-hush")
    )
    conversations.take_audio(talk, wav(), "hush-hush")
    conversations.begin_turn(talk, "hush-hush")
    OwnBand.objects.create(user=user, measure="fillers", low=1, high=3)
    LearningProfile.objects.create(user=user, target_language="es", target_language_code="es")
    pictures.set_picture(user, picture(image_file()))
    exports.make_export(orders.request_export(user).pk)
    DataExport.objects.create(user=user)
    TOTPDevice.objects.create(user=user, name="hush-hush", confirmed=True)
    services.renew_backup_codes(user)
    RefreshFamily.objects.create(user=user, expires_at=timezone.now() + timedelta(days=1))
    IdempotencyKey.objects.create(
        user=user, key="hush-hush", fingerprint="f", expires_at=timezone.now()
    )
    AccessAttempt.objects.create(username=EMAIL, ip_address="::1", failures_since_start=1)
    LogEntry.objects.create(
        user=staff,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=EMAIL,
        action_flag=CHANGE,
    )
    LogEntry.objects.create(
        user=staff,
        content_type=ContentType.objects.get_for_model(SpeechSession),
        object_id=str(waiting.pk),
        object_repr="hush-hush two",
        action_flag=CHANGE,
    )
    SecurityEvent.objects.create(user=staff, kind="signed_in", actor=user)


def everything_in_the_database() -> str:
    """Every column of every row of every table of the database, known to a model or not."""
    text = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text += [f"{table}: {row!r}" for row in cursor.fetchall()]
    # Sessions say who they are of behind an encoding.
    text += [f"session: {session.get_decoded()!r}" for session in Session.objects.all()]
    return "\n".join(text).lower()


def everything_in_redis() -> str:
    client = redis.Redis(unix_socket_path=str(project_settings.LOCAL_REDIS_SOCKET))
    text = []
    for number in range(3):
        client.execute_command("SELECT", number)
        for key in client.keys("*"):
            kind = client.type(key)
            if kind == b"list":
                value = client.lrange(key, 0, -1)
            elif kind == b"hash":
                value = client.hgetall(key)
            elif kind == b"zset":
                value = client.zrange(key, 0, -1)
            elif kind == b"set":
                value = client.smembers(key)
            else:
                value = client.get(key)
            text.append(f"{number} {key!r}: {value!r}")
    client.execute_command("SELECT", 0)
    client.close()
    return "\n".join(text).lower()


def queued() -> list[dict]:
    """The headers of every message that waits in the queues."""
    client = redis.Redis(unix_socket_path=str(project_settings.LOCAL_REDIS_SOCKET))
    found = [
        json.loads(raw)["headers"]
        for queue in erasure.QUEUES
        for raw in client.lrange(queue, 0, -1)
    ]
    client.close()
    return found


def empty_queues() -> None:
    client = redis.Redis(unix_socket_path=str(project_settings.LOCAL_REDIS_SOCKET))
    client.flushall()
    client.close()


def test_nothing_is_left_of_an_erased_person(erasmia, bob, valkey, media_of_its_own, work_dir):
    empty_queues()
    live_a_little(erasmia, bob)
    theirs = reported_session(bob, title="Bob's talk")
    run = SpeechSession.objects.get(title="hush-hush two").current_run
    (work_dir / f"run-{run.pk}-0123.pcm").write_bytes(b"samples")
    (work_dir / "export-999-1.zip").write_bytes(b"somebody else's")
    before = everything_in_the_database()
    assert all(needle in before for needle in NEEDLES)
    assert "speech_sessions.tasks.run_stage" in {each["task"] for each in queued()}
    assert len(files_in(media_of_its_own)) == 7
    assert str(NUMBER) in everything_in_redis()
    Erasure.objects.create(user=erasmia, due_at=timezone.now())

    assert erasure.erase_due() == 1

    left = everything_in_the_database()
    assert LogEntry.objects.filter(user=bob, object_repr="erased").count() == 2
    for needle in NEEDLES:
        assert needle not in left, [line for line in left.splitlines() if needle in line]
    for table in personal_data.tables():
        for path in table.paths:
            assert not table.model._default_manager.filter(**{path: NUMBER}).exists(), table.label
    assert [path.name for path in files_in(work_dir)] == ["export-999-1.zip"]
    kept = [str(path.relative_to(media_of_its_own)) for path in files_in(media_of_its_own)]
    assert kept == [theirs.audio_file.name]
    assert {each["task"] for each in queued()} <= {"speech_sessions.tasks.run_stage"}
    runs = {each["argsrepr"] for each in queued()}
    assert runs == {f"({theirs.current_run_id},)"}
    in_redis = everything_in_redis()
    assert not any(needle in in_redis for needle in NEEDLES)


def test_message_that_a_worker_holds_is_taken_back_too(erasmia, valkey):
    empty_queues()
    session = speech.submit_recording(erasmia, upload(wav()))
    with current_app.connection_for_write() as held:
        queue = held.SimpleQueue("transcription")
        queue.get(timeout=5)  # and not acknowledged
        assert "unacked" in everything_in_redis()
        erasure.erase(erasmia)
        queue.close()
    assert str(session.pk) not in str(queued())
    assert queued() == []


def test_erasure_without_a_broker_erases_all_the_same(erasmia, bob, media_of_its_own):
    live_a_little(erasmia, bob)
    erasure.erase(User.objects.get(pk=NUMBER))
    left = everything_in_the_database()
    assert not any(needle in left for needle in NEEDLES)
    assert files_in(media_of_its_own) == []


def test_account_is_erased_on_its_day_and_not_before(erasmia):
    order = ask_erasure(erasmia)
    assert erasure.erase_due() == 0
    Erasure.objects.filter(pk=order.pk).update(due_at=timezone.now())
    assert erasure.erase_due() == 1
    assert not User.objects.filter(pk=NUMBER).exists()
    assert erasure.erase_due() == 0


def test_two_workers_erase_one_person(erasmia):
    twice = User.objects.get(pk=NUMBER)
    erasure.erase(erasmia)
    erasure.erase(twice)
    assert not User.objects.filter(pk=NUMBER).exists()


def test_person_deleted_in_the_admin_leaves_nothing(erasmia, bob, media_of_its_own, settings):
    live_a_little(erasmia, bob)
    chief = User.objects.create_superuser("chief@example.org", PASSWORD)
    browser = Client()
    browser.force_login(chief)
    settings.DEBUG = True  # else staff are asked for a second factor first
    answer = browser.post(f"/admin/accounts/user/{NUMBER}/delete/", {"post": "yes"})
    assert answer.status_code == 302
    assert answer.url == "/admin/accounts/user/"
    Session.objects.all().delete()  # there stands the sentence that says who was deleted
    left = everything_in_the_database()
    assert not any(needle in left for needle in NEEDLES)
    assert files_in(media_of_its_own) == []


def test_others_keep_everything(erasmia, alice, alices_phone):
    mine = reported_session(alice, title="Weekly update")
    reported_session(erasmia)
    erasure.erase(erasmia)
    mine.refresh_from_db()
    assert mine.audio_file.storage.exists(mine.audio_file.name)
    assert alices_phone.get("/api/v1/speech-sessions/").json()["count"] == 1
    assert DeviceToken.objects.filter(user=alice).exists()


def test_erasure_that_broke_off_goes_on_with_the_next_turn(erasmia, alice, monkeypatch):
    reported_session(erasmia)
    for user in (erasmia, alice):
        Erasure.objects.create(user=user, due_at=timezone.now())

    def broken(storage, name):
        raise OSError("the disk is away")

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "delete", broken)
        assert erasure.erase_due() == 1  # alice has no files
    left = User.objects.get(pk=NUMBER)
    assert not left.is_active
    assert erasure.erase_due() == 1
    assert not User.objects.filter(pk=NUMBER).exists()


def test_erasure_in_the_middle_of_an_analysis_leaves_no_samples(
    erasmia, media_of_its_own, work_dir, monkeypatch
):
    session = speech.submit_recording(erasmia, upload(wav(3, value=900)))
    detect = stages.engine.detect_speech

    def erased_meanwhile(*args, **kwargs):
        assert files_in(work_dir)
        erasure.erase(User.objects.get(pk=NUMBER))
        return detect(*args, **kwargs)

    monkeypatch.setattr(stages.engine, "detect_speech", erased_meanwhile)
    assert pipeline.run_next_stage(session.current_run.pk) is None
    assert not User.objects.filter(pk=NUMBER).exists()
    assert not SpeechSession.objects.exists()
    assert files_in(work_dir) == []
    assert files_in(media_of_its_own) == []


def test_erasure_in_the_middle_of_a_copy_leaves_no_file(
    erasmia, media_of_its_own, work_dir, monkeypatch
):
    export = orders.request_export(erasmia)
    store = exports._store

    def erased_meanwhile(*args):
        erasure.erase(User.objects.get(pk=NUMBER))
        store(*args)

    monkeypatch.setattr(exports, "_store", erased_meanwhile)
    assert not exports.make_export(export.pk)
    assert files_in(work_dir) == []
    assert files_in(media_of_its_own) == []


def test_every_task_on_a_persons_rows_is_known_to_the_sweep():
    current_app.loader.import_default_modules()
    parameters = {
        name
        for task, found in current_app.tasks.items()
        if not task.startswith("celery.")
        for name in found.run.__annotations__
        if name != "return"
    }
    assert parameters <= set(erasure.ROWS_BY_PARAMETER)


def test_cache_forgets_what_was_counted(erasmia, valkey):
    cache.set(f"throttle_user_{NUMBER}", [1.0])
    cache.set("throttle_user_1", [1.0])
    erasure.erase(erasmia)
    assert cache.get(f"throttle_user_{NUMBER}") is None
    assert cache.get("throttle_user_1") == [1.0]


def test_no_model_keeps_a_person_from_being_deleted():
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is User:
                assert field.remote_field.on_delete not in {PROTECT, RESTRICT}, model
