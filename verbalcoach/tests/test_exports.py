"""The copy of one's data: complete, bounded in memory, safe against lost workers."""

import csv
import io
import json
import tracemalloc
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import DataExport, DeviceToken, LearningProfile, SecurityEvent, User
from accounts.services import exports as orders
from accounts.services import pictures
from accounts.tests.test_pictures import image_file, picture
from conftest import PASSWORD
from speech_sessions.models import OwnBand, SpeechReport, SpeechSession
from speech_sessions.tests.conftest import wav
from speech_sessions.tests.reported import TALK, reported_session
from verbalcoach import exports, personal_data


@pytest.fixture(autouse=True)
def work_dir(settings, tmp_path):
    settings.WORK_DIR = tmp_path / "work"
    return settings.WORK_DIR


def opened(export: DataExport) -> zipfile.ZipFile:
    export.refresh_from_db()
    assert export.state == DataExport.State.DONE, export.error
    with export.file.open("rb") as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    assert archive.testzip() is None
    return archive


def rows(archive: zipfile.ZipFile, name: str) -> list[dict]:
    return json.loads(archive.read(f"{name}.json"))


def made(user: User) -> DataExport:
    export = orders.request_export(user)
    assert exports.make_export(export.pk)
    return export


def test_copy_holds_sessions_reports_recordings_profile_and_events(alice):
    session = reported_session(alice, title="Weekly update")
    LearningProfile.objects.create(user=alice, target_language="es", target_language_code="es")
    OwnBand.objects.create(user=alice, measure="fillers", low=1, high=3)
    pictures.set_picture(alice, picture(image_file()))
    archive = opened(made(alice))
    [person] = rows(archive, "accounts/user")
    assert (person["email"], person["name"]) == ("alice@example.org", "Alice Archer")
    [kept] = rows(archive, "speech_sessions/speech_session")
    assert (kept["title"], kept["transcription"]) == ("Weekly update", session.transcription)
    [report] = rows(archive, "speech_sessions/speech_report")
    assert report["document"] == session.report.document
    assert rows(archive, "speech_sessions/own_band")[0]["high"] == 3
    assert rows(archive, "accounts/learning_profile")[0]["target_language"] == "es"
    kinds = {event["kind"] for event in rows(archive, "accounts/security_event")}
    assert "export_asked" in kinds
    recording = f"speech_sessions/speech_session/{session.pk}-audio_file.wav"
    assert archive.read(recording) == wav()
    assert archive.read(f"accounts/user/{alice.pk}-picture.webp").startswith(b"RIFF")
    table = archive.read("speech_sessions/speech_session.csv").decode("utf-8-sig")
    [line] = csv.DictReader(io.StringIO(table))
    assert line["title"] == "Weekly update"
    assert "alice@example.org" in archive.read("README.txt").decode()


def test_copy_holds_nothing_of_another_person(alice, charlie):
    reported_session(charlie, title="Charlie's talk")
    archive = opened(made(alice))
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Charlie" not in everything
    assert b"charlie@example.org" not in everything


def test_copy_holds_nothing_that_opens_the_account(alice, alices_phone, alices_browser):
    device = TOTPDevice.objects.create(user=alice, name="Authenticator", confirmed=True)
    archive = opened(made(alice))
    everything = b"".join(archive.read(name) for name in archive.namelist())
    alice.refresh_from_db()
    token = DeviceToken.objects.get(user=alice)
    session_key = alices_browser.session.session_key
    for secret in (alice.password, device.key, session_key, token.digest, token.token_key):
        assert secret.encode() not in everything
    assert PASSWORD.encode() not in everything


def test_cell_that_a_spreadsheet_would_run_becomes_text(alice):
    SpeechSession.objects.create(user=alice, title="=HYPERLINK(1)", duration=-0)
    table = opened(made(alice)).read("speech_sessions/speech_session.csv").decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in table


def test_every_model_of_a_person_is_in_the_copy_or_named_as_left_out():
    owned = {table.label for table in personal_data.tables()}
    in_copy = {table.label for table in personal_data.exported()}
    assert "accounts.User" in in_copy
    assert {"speech_sessions.SpeechSession", "speech_sessions.TranscribedBlock"} <= in_copy
    for model in apps.get_models():
        leads_to_user = any(
            getattr(field, "related_model", None) is User for field in model._meta.concrete_fields
        )
        if leads_to_user:
            assert model._meta.label in owned, model
    for label in owned - in_copy:
        assert personal_data.NOT_EXPORTED[label]
    for label in personal_data.NOT_EXPORTED:
        assert apps.get_model(label)


def test_no_column_of_the_copy_looks_like_a_secret():
    for table in personal_data.exported():
        for field in table.columns():
            parts = set(field.name.split("_"))
            assert not parts & {"password", "secret", "digest", "salt", "private", "hash"}, (
                f"{table.label}.{field.name}: name it in SECRETS, or rename this rule"
            )


def test_memory_does_not_grow_with_recordings_and_reports(alice):
    session = reported_session(alice)
    stored = SpeechSession.audio_file.field.storage
    big = stored.save("speech_sessions/big.wav", ContentFile(b"\0" * 48 * 1024 * 1024))
    SpeechSession.objects.filter(pk=session.pk).update(audio_file=big)
    report = session.report
    for _ in range(100):
        other = SpeechSession.objects.create(user=alice, title="again", transcription=TALK)
        run = other.runs.create(state="done")
        SpeechReport.objects.create(
            session=other,
            run=run,
            version=report.version,
            duration=1,
            words=1,
            filler_count=0,
            pacing="",
            transcript=TALK,
            document={**report.document, "padding": "x" * 200_000},
        )
    export = orders.request_export(alice)
    tracemalloc.start()
    try:
        assert exports.make_export(export.pk)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    export.refresh_from_db()
    assert export.size > 40 * 1024 * 1024
    assert peak < 24 * 1024 * 1024


def test_two_workers_make_one_copy(alice):
    export = orders.request_export(alice)
    first = exports.claim(export.pk)
    assert first is not None
    assert exports.claim(export.pk) is None
    assert not exports.make_export(export.pk)


def test_copy_of_a_killed_worker_is_made_by_another(alice, work_dir):
    export = orders.request_export(alice)
    lost = exports.claim(export.pk)
    work_dir.mkdir(parents=True)
    (work_dir / f"export-{export.pk}-{lost.attempt}.zip").write_bytes(b"half")
    assert list(exports.abandoned()) == []
    DataExport.objects.filter(pk=export.pk).update(lease_until=timezone.now())
    assert list(exports.abandoned()) == [export]
    assert exports.make_export(export.pk)
    assert list(work_dir.iterdir()) == []
    with pytest.raises(exports.LeaseLost):
        exports._write_as(lost, progress=50)


def test_copy_that_kills_its_workers_is_given_up(alice):
    export = orders.request_export(alice)
    past = timezone.now() - timedelta(minutes=1)
    DataExport.objects.filter(pk=export.pk).update(
        state="running", attempt=exports.MAX_ATTEMPTS, lease_until=past
    )
    assert not exports.make_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.error) == ("failed", "worker_lost")


def test_copy_that_fails_says_so_and_can_be_asked_for_again(alice, settings, work_dir):
    export = orders.request_export(alice)
    work_dir.mkdir(parents=True)
    blocked = work_dir / f"export-{export.pk}-1.zip"
    blocked.mkdir()  # nothing can be written there
    with pytest.raises(OSError, match="directory"):
        exports.make_export(export.pk)
    blocked.rmdir()
    export.refresh_from_db()
    assert (export.state, export.error) == ("failed", "internal")
    again = made(alice)
    assert opened(again)
    assert list(DataExport.objects.filter(user=alice)) == [again]


def test_second_copy_waits_until_the_first_is_made(alice):
    orders.request_export(alice)
    with pytest.raises(orders.ExportUnderWay):
        orders.request_export(alice)


def test_new_copy_takes_the_place_of_the_old_one(
    alice, media_of_its_own, django_capture_on_commit_callbacks
):
    first = made(alice)
    first.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        second = orders.request_export(alice)
    assert exports.make_export(second.pk)
    second.refresh_from_db()
    files = [file.name for file in (media_of_its_own / "exports").iterdir()]
    assert files == [second.file.name.split("/")[1]]


def test_copy_is_deleted_after_its_time(alice, media_of_its_own):
    export = made(alice)
    assert exports.delete_expired() == 0
    DataExport.objects.filter(pk=export.pk).update(expires_at=timezone.now())
    assert orders.newest_export(alice) is None
    assert exports.delete_expired() == 1
    assert not DataExport.objects.exists()
    assert list((media_of_its_own / "exports").iterdir()) == []


def test_copy_of_a_deleted_person_leaves_no_file(alice, media_of_its_own, work_dir, monkeypatch):
    reported_session(alice)
    export = orders.request_export(alice)
    write = exports._write

    def erased_meanwhile(*args):
        write(*args)
        DataExport.objects.all().delete()

    monkeypatch.setattr(exports, "_write", erased_meanwhile)
    assert not exports.make_export(export.pk)
    assert list(work_dir.iterdir()) == []
    assert not (media_of_its_own / "exports").exists()


def test_progress_rises_while_the_copy_is_made(alice, monkeypatch):
    reported_session(alice)
    seen = []
    real = exports._write_as

    def noted(export, **values):
        seen.append(values.get("progress"))
        real(export, **values)

    clock = iter(range(10_000))
    monkeypatch.setattr(exports, "_write_as", noted)
    monkeypatch.setattr(exports.time, "monotonic", lambda: next(clock))
    made(alice)
    assert seen == sorted(seen)
    assert seen[-1] == 100
    assert len(set(seen)) > 5


def test_making_and_fetching_stand_in_the_audit_log(alice):
    made(alice)
    kinds = set(SecurityEvent.objects.filter(user=alice).values_list("kind", flat=True))
    assert {"export_asked", "export_ready"} <= kinds


def test_link_opens_its_own_copy_for_a_while(alice, charlie, settings):
    export = made(alice)
    link = orders.link_of(DataExport.objects.get(pk=export.pk))
    assert orders.export_of_link(alice, link) == export
    assert orders.export_of_link(charlie, link) is None
    assert orders.export_of_link(alice, link[:-1]) is None
    assert orders.export_of_link(alice, "") is None
    settings.EXPORT_LINK_SECONDS = -1
    assert orders.export_of_link(alice, link) is None
