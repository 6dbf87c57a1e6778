"""A creating request that is sent twice creates once."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from conftest import api_client_of
from contract.models import IdempotencyKey
from speech_sessions import services
from speech_sessions.models import SpeechSession

PATH = "/api/v1/speech-sessions/"
RECORD = {"duration": 60, "title": "Once"}


def post(client, body=None, key="abc", **more):
    return client.post(PATH, body or RECORD, headers={"Idempotency-Key": key}, **more)


def test_retry_gets_the_first_answer(alices_phone):
    first, again = post(alices_phone), post(alices_phone)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Location"] == first["Location"]
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert SpeechSession.objects.count() == 1


def test_order_of_the_fields_does_not_matter(alices_phone):
    post(alices_phone, {"duration": 60, "title": "Once"})
    assert post(alices_phone, {"title": "Once", "duration": 60})["Idempotent-Replayed"] == "true"


def test_same_key_for_another_body_is_422(alices_phone):
    post(alices_phone)
    response = post(alices_phone, {"duration": 61})
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "idempotency_key_reused"
    assert SpeechSession.objects.count() == 1


def test_same_key_at_another_address_is_422(alices_phone):
    first = post(alices_phone, {"duration": 60, "transcription": "Hello there"})
    response = alices_phone.post(
        f"{PATH}{first.json()['id']}/analyze/", headers={"Idempotency-Key": "abc"}
    )
    assert response.status_code == 422


def test_upload_is_compared_by_the_content_of_its_file(alices_phone):
    from speech_sessions.tests.conftest import wav

    def upload(content):
        file = SimpleUploadedFile("talk.wav", content)
        return post(alices_phone, {"audio_file": file, "title": "Once"}, format="multipart")

    first = upload(wav(1))
    assert first.status_code == 201
    assert upload(wav(1)).json() == first.json()
    assert upload(wav(2)).status_code == 422
    session = SpeechSession.objects.get()
    assert session.audio_file.size == len(wav(1))


def test_keys_of_two_people_do_not_meet(alices_phone, charlies_phone):
    first, second = post(alices_phone), post(charlies_phone)
    assert first.json()["id"] != second.json()["id"]
    assert first.json()["user"] != second.json()["user"]


def test_without_a_key_every_request_creates(alices_phone):
    for _ in range(2):
        assert alices_phone.post(PATH, RECORD).status_code == 201
    assert SpeechSession.objects.count() == 2
    assert not IdempotencyKey.objects.exists()


def test_refused_request_may_be_corrected_under_its_key(alices_phone):
    assert post(alices_phone, {"duration": "long"}).status_code == 400
    assert post(alices_phone, {"duration": 60}).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "ä", "a\tb", "\x7f"])
def test_key_that_is_none_is_400(alices_phone, key):
    response = post(alices_phone, key=key)
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "Idempotency-Key"


def test_key_is_free_again_after_a_day(alices_phone):
    post(alices_phone)
    IdempotencyKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "Idempotent-Replayed" not in post(alices_phone)
    assert SpeechSession.objects.count() == 2


def test_expired_keys_of_everybody_are_tidied_away(alices_phone, charlies_phone):
    post(charlies_phone, key="old")
    IdempotencyKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    post(alices_phone, key="new")
    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["new"]


def test_second_request_waits_while_the_first_runs(alice, alices_phone, monkeypatch):
    during = []
    create_record = services.create_record

    def create_and_send_again(*args, **fields):
        during.append(post(api_client_of(alice)))
        return create_record(*args, **fields)

    monkeypatch.setattr(services, "create_record", create_and_send_again)
    assert post(alices_phone).status_code == 201
    assert during[0].status_code == 409
    assert during[0]["Retry-After"] == "1"
    assert during[0].json()["errors"][0]["code"] == "still_running"
    assert SpeechSession.objects.count() == 1


def test_crash_leaves_the_key_free(alices_phone, monkeypatch):
    def crash(*args, **fields):
        raise RuntimeError

    alices_phone.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(services, "create_record", crash)
        assert post(alices_phone).status_code == 500
    assert post(alices_phone).status_code == 201


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite in memory has one writer at a time"
)
@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_create_once(alice):
    answers = []
    clients = [api_client_of(alice) for _ in range(4)]
    barrier = threading.Barrier(len(clients))

    def send(client):
        barrier.wait()
        answers.append(post(client).status_code)
        connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert SpeechSession.objects.count() == 1
    assert set(answers) <= {201, 409}
    assert 201 in answers
