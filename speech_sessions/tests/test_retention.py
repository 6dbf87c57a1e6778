"""Recordings kept for a time only: exactly those are deleted, and what was measured stays."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from speech_sessions import pipeline, services
from speech_sessions.models import AnalysisRun, PlannedAnalysis, SpeechReport, SpeechSession
from speech_sessions.pipeline import retention, working_files
from speech_sessions.tests.conftest import files_in, upload, wav
from speech_sessions.tests.reported import TALK, reported_session


@pytest.fixture
def forgetful(alice) -> User:
    """Somebody whose recordings go as soon as they are analysed."""
    alice.keep_audio = User.KeepAudio.UNTIL_ANALYZED
    alice.save()
    return alice


@pytest.fixture
def fortnight(alice) -> User:
    """Somebody whose recordings go after a fortnight."""
    alice.keep_audio = User.KeepAudio.DAYS
    alice.keep_audio_days = 14
    alice.save()
    return alice


def aged(session: SpeechSession, days: float) -> SpeechSession:
    moment = timezone.now() - timedelta(days=days)
    SpeechSession.objects.filter(pk=session.pk).update(audio_stored_at=moment)
    return session


def test_recording_goes_after_its_analysis_and_the_report_stays(forgetful, media_of_its_own):
    session = reported_session(forgetful, title="Weekly update")
    words, report = session.transcription, session.report_id
    assert len(files_in(media_of_its_own)) == 1
    assert retention.delete_due() == 1
    session.refresh_from_db()
    assert files_in(media_of_its_own) == []
    assert not session.audio_file
    assert session.audio_deleted_at is not None
    assert (session.transcription, session.report_id) == (words, report)
    assert SpeechReport.objects.get(pk=report).document["transcript"]["words"]
    assert retention.delete_due() == 0


def test_recordings_of_others_stay(forgetful, charlie, media_of_its_own):
    reported_session(charlie)
    mine = reported_session(forgetful)
    assert retention.delete_due() == 1
    mine.refresh_from_db()
    assert not mine.audio_file
    assert len(files_in(media_of_its_own)) == 1
    assert SpeechSession.objects.get(user=charlie).audio_file


def test_recording_goes_after_its_days_counted_from_when_it_was_stored(fortnight):
    old = aged(reported_session(fortnight), 14.1)
    young = aged(reported_session(fortnight), 13.9)
    assert retention.delete_due() == 1
    old.refresh_from_db()
    young.refresh_from_db()
    assert (bool(old.audio_file), bool(young.audio_file)) == (False, True)


def test_each_person_has_their_own_days(fortnight, charlie):
    charlie.keep_audio, charlie.keep_audio_days = User.KeepAudio.DAYS, 30
    charlie.save()
    mine = aged(reported_session(fortnight), 20)
    theirs = aged(reported_session(charlie), 20)
    assert retention.delete_due() == 1
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (bool(mine.audio_file), bool(theirs.audio_file)) == (False, True)


def test_recording_that_replaced_an_old_one_counts_from_its_own_day(fortnight):
    session = aged(reported_session(fortnight), 20)
    session = services.update_session(session, {}, upload(wav(2)))
    AnalysisRun.objects.filter(session=session).update(state="failed")
    assert retention.delete_due() == 0


def test_recording_stays_while_it_is_analysed(forgetful, alice):
    session = reported_session(forgetful)
    run = services.request_analysis(session)
    for state in (AnalysisRun.State.QUEUED, AnalysisRun.State.RUNNING):
        AnalysisRun.objects.filter(pk=run.pk).update(state=state)
        assert retention.delete_due() == 0
    AnalysisRun.objects.filter(pk=run.pk).update(state=AnalysisRun.State.DONE)
    assert retention.delete_due() == 1


def test_recording_stays_while_it_waits_to_be_measured_again(forgetful):
    session = reported_session(forgetful)
    PlannedAnalysis.objects.create(session=session)
    assert retention.delete_due() == 0


def test_recording_without_a_report_is_not_deleted_as_analysed(forgetful):
    session = services.submit_recording(forgetful, upload(wav()))
    AnalysisRun.objects.filter(session=session).update(state="failed", error="silent")
    assert retention.delete_due() == 0


def test_analysis_begun_meanwhile_keeps_the_recording(forgetful, monkeypatch):
    session = reported_session(forgetful)
    free = retention._free
    asked = iter([True])

    def begun_after_the_question(condition):
        found = free(condition)
        if next(asked, False):
            pks = list(found.values_list("pk", flat=True))
            services.request_analysis(session)
            return SpeechSession.objects.filter(pk__in=pks)
        return found

    monkeypatch.setattr(retention, "_free", begun_after_the_question)
    assert retention.delete_due() == 0
    session.refresh_from_db()
    assert session.audio_file.storage.exists(session.audio_file.name)


def test_deletion_that_broke_off_is_done_by_the_next_turn(forgetful, monkeypatch):
    session = reported_session(forgetful)
    session.audio_file.storage.delete(session.audio_file.name)  # and then the power failed
    assert retention.delete_due() == 1
    session.refresh_from_db()
    assert session.audio_deleted_at


def test_report_says_that_its_recording_was_deleted_as_chosen(forgetful):
    session = reported_session(forgetful)
    browser = Client()
    browser.force_login(forgetful)
    before = browser.get(session.get_absolute_url()).content.decode()
    assert "as you chose" not in before
    assert "<session-player" in before
    retention.delete_due()
    page = browser.get(session.get_absolute_url()).content.decode()
    assert "as you chose. Its report stays." in page
    assert "<session-player" not in page
    assert "Analyse again" not in page
    assert "quarter" in page  # the words are still there
    assert browser.get(f"{session.get_absolute_url()}audio/").status_code == 404


def test_session_without_its_recording_is_not_measured_by_its_bare_words(forgetful):
    session = reported_session(forgetful)
    retention.delete_due()
    session.refresh_from_db()
    with pytest.raises(services.NothingToAnalyse, match="as you chose"):
        services.request_analysis(session)
    runs = session.runs.count()
    services.update_session(session, {"transcription": "Corrected words.", "kind": "interview"})
    assert session.runs.count() == runs
    SpeechReport.objects.update(version="1.0")
    assert services.plan_reanalysis() == 0
    PlannedAnalysis.objects.create(session=session)
    assert pipeline.start_planned() == []


def test_new_recording_takes_the_place_of_a_deleted_one(forgetful):
    session = reported_session(forgetful)
    retention.delete_due()
    session.refresh_from_db()
    services.update_session(session, {}, upload(wav(2)))
    session.refresh_from_db()
    assert session.audio_deleted_at is None
    assert session.audio_file
    assert session.current_run.state == "queued"


def test_written_session_is_none_of_it(forgetful):
    session = services.create_record(forgetful, duration=60, transcription=TALK)
    AnalysisRun.objects.filter(session=session).update(state="done")
    assert retention.delete_due() == 0
    session.refresh_from_db()
    assert session.audio_deleted_at is None


def test_working_files_go_with_their_session(
    alices_session, work_folder, django_capture_on_commit_callbacks
):
    path = working_files.path_of(alices_session.current_run)
    path.write_bytes(b"samples")
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_session(alices_session)
    assert files_in(work_folder) == []


def test_worker_whose_session_is_deleted_leaves_no_samples(
    alice, speech, work_folder, monkeypatch, django_capture_on_commit_callbacks
):
    session = services.submit_recording(alice, upload(speech, "talk.flac"))
    decode = working_files.Path.replace

    def deleted_meanwhile(path, target):
        decode(path, target)
        SpeechSession.objects.all().delete()
        return target

    monkeypatch.setattr(working_files.Path, "replace", deleted_meanwhile)
    assert pipeline.run_next_stage(session.current_run.pk) is None
    assert files_in(work_folder) == []
