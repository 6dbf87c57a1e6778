"""Telling workers, on a real broker and on one that is down."""

import base64
import contextlib
import json
from datetime import timedelta

import pytest
import redis
from django.conf import settings as project_settings
from django.utils import timezone
from kombu import pools

from speech_sessions import services, tasks
from speech_sessions.models import AnalysisRun
from speech_sessions.tests.conftest import upload, wav
from verbalcoach import celery_app

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker(valkey):
    """The broker's own view of its queues."""
    client = redis.Redis.from_url(valkey)
    client.flushdb()
    yield client
    client.flushdb()
    client.close()


@contextlib.contextmanager
def broker_down():
    """Celery looks for its broker where there is none."""
    before = celery_app.conf.broker_url
    reset_pools()
    celery_app.conf.broker_url = "redis+socket:///nowhere/valkey.sock"
    yield
    celery_app.conf.broker_url = before
    reset_pools()


def reset_pools() -> None:
    pools.reset()
    celery_app._pool = None
    celery_app.amqp._producer_pool = None


def queued(broker: redis.Redis, queue: str) -> list[int]:
    """The runs that the messages of a queue are about, oldest first."""
    bodies = [json.loads(message)["body"] for message in reversed(broker.lrange(queue, 0, -1))]
    return [json.loads(base64.b64decode(body))[0][0] for body in bodies]


def test_submitted_recording_is_sent_to_the_queue_of_its_stage(alice, broker):
    recording = services.submit_recording(alice, upload(wav())).current_run
    text = services.create_record(alice, duration=5, transcription="Um, hello.").current_run
    assert queued(broker, "transcription") == [recording.pk]
    assert queued(broker, "feedback") == [text.pk]
    recording.refresh_from_db()
    assert recording.sent_at


def test_submission_works_while_the_broker_is_down_and_beat_sends_it_afterwards(alice, broker):
    with broker_down():
        run = services.submit_recording(alice, upload(wav())).current_run
        tasks.resume_analyses()
    run.refresh_from_db()
    assert (run.state, run.sent_at) == (AnalysisRun.State.QUEUED, None)
    tasks.resume_analyses()
    assert queued(broker, "transcription") == [run.pk]


def test_beat_sends_what_was_never_sent_and_what_a_lost_worker_left_once(alice, broker):
    lost = services.submit_recording(alice, upload(wav())).current_run
    never = services.submit_recording(alice, upload(wav())).current_run
    sent = services.submit_recording(alice, upload(wav())).current_run
    broker.flushdb()
    long_ago = timezone.now() - timedelta(seconds=100)
    AnalysisRun.objects.filter(pk=lost.pk).update(
        state=AnalysisRun.State.RUNNING, lease_until=long_ago, sent_at=long_ago
    )
    AnalysisRun.objects.filter(pk=never.pk).update(sent_at=None)
    tasks.resume_analyses()
    tasks.resume_analyses()
    assert queued(broker, "transcription") == [lost.pk, never.pk]
    assert sent.pk not in queued(broker, "transcription")


def test_finished_stage_sends_the_next_to_its_own_queue(alice, broker):
    run = services.create_record(alice, duration=60, transcription="Um, hello. " * 30).current_run
    broker.flushdb()
    tasks.run_stage(run.pk)
    assert queued(broker, "feedback") == [run.pk]
    tasks.run_stage(run.pk)
    run.refresh_from_db()
    assert run.state == AnalysisRun.State.DONE
    assert queued(broker, "feedback") == [run.pk]


def test_no_task_may_outlast_the_broker_patience():
    visible = project_settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    for task in (tasks.run_stage, tasks.resume_analyses):
        assert task.soft_time_limit < task.time_limit < visible


def test_every_stage_has_a_queue():
    assert set(tasks.QUEUES) == set(AnalysisRun.Stage)
