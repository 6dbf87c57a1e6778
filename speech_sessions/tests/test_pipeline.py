"""From a recording to its report, with the real engine."""

import io
import os
import time
import wave
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage, Storage
from django.utils import timezone

from analysis import windows
from analysis.errors import AnalysisError
from analysis.report import Report
from speech_sessions import selectors, services
from speech_sessions.models import AnalysisRun, SpeechReport, SpeechSession, TranscribedBlock
from speech_sessions.pipeline import claims, run_next_stage, stages, working_files
from speech_sessions.tests.conftest import files_in, run_to_the_end, upload, wav

# Real commits: a lease is renewed from a thread, and events are told after the commit.
pytestmark = pytest.mark.django_db(transaction=True)
State = AnalysisRun.State
TEXT = "Um, so I think, um, that we should, you know, begin. Uh, it is time. " * 5


@pytest.fixture(scope="module")
def noise() -> bytes:
    """Two seconds of noise that nobody would call speech."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(b"".join((200 * (n % 7)).to_bytes(2, "little") for n in range(32_000)))
    return file.getvalue()


@pytest.fixture
def short_blocks(monkeypatch):
    monkeypatch.setattr(windows, "BLOCK_SECONDS", 10.0)


def test_recording_ends_in_a_report_and_a_summary_and_leaves_no_working_file(
    alice, speech, work_folder, monkeypatch
):
    told = []
    monkeypatch.setattr(
        "speech_sessions.events.publish",
        lambda run: told.append((run.seq, run.state, run.stage, run.progress)),
    )
    session = services.submit_recording(alice, upload(speech, "talk.flac"))
    run = run_to_the_end(session.current_run)
    assert (run.state, run.progress, run.error) == (State.DONE, 100, "")
    session = selectors.session_of(alice, session.pk)
    report = session.report
    assert session.status == SpeechSession.Status.ANALYZED
    assert session.duration == round(report.duration)
    assert session.transcription == report.transcript
    assert "long pause" in session.transcription
    assert session.filler_count == report.filler_count >= 2
    assert session.pacing_analysis == report.pacing
    assert 0.5 < session.confidence_score < 1
    assert len(session.outline) == 28
    document = selectors.report_document(session)
    assert Report.from_json(document).to_json() == document
    assert document["engine"]["model"]
    words = [word["confidence"] for word in document["transcript"]["words"]]
    assert session.confidence_score == pytest.approx(sum(words) / len(words), abs=0.001)
    player = selectors.player_of(session)
    assert len(player["peaks"]) == 1000
    assert max(player["peaks"]) <= 1
    assert player["duration"] == pytest.approx(25.7, abs=0.1)
    assert document["series"]["local_pace"]
    assert files_in(work_folder) == []
    assert [seq for seq, *_ in told] == sorted({seq for seq, *_ in told})
    assert [percent for *_, percent in told] == sorted(percent for *_, percent in told)
    assert told[-1][1] == State.DONE


def test_finished_run_is_never_run_again(alice):
    session = services.create_record(alice, duration=60, transcription=TEXT)
    run = run_to_the_end(session.current_run)
    assert run_next_stage(run.pk) is None
    assert SpeechReport.objects.count() == 1


def test_transcript_alone_is_measured_as_text(alice):
    session = services.create_record(alice, duration=60, transcription=TEXT)
    run = run_to_the_end(session.current_run)
    session.refresh_from_db()
    assert run.state == State.DONE
    assert (session.duration, session.transcription) == (60, TEXT)
    assert session.filler_count >= 15
    assert session.report.speech_rate == pytest.approx(session.report.words, rel=0.01)
    assert session.report.phonation_ratio is None
    assert session.confidence_score is None


def test_values_set_by_hand_and_the_archive_survive_an_analysis(alice):
    session = services.create_record(
        alice, duration=60, transcription=TEXT, hand_set={"filler_count": 2}
    )
    services.update_session(session, {"status": "archived"})
    run_to_the_end(session.current_run)
    session.refresh_from_db()
    assert session.filler_count == 2
    assert session.report.filler_count >= 15
    assert session.pacing_analysis == session.report.pacing
    assert session.status == SpeechSession.Status.ARCHIVED


def test_second_analysis_shows_the_newest_report_and_keeps_the_first(alice):
    session = services.create_record(alice, duration=60, transcription=TEXT)
    run_to_the_end(session.current_run)
    run_to_the_end(services.request_analysis(session))
    session.refresh_from_db()
    assert session.reports.count() == 2
    assert session.report == session.reports.first()


def test_long_recording_is_written_down_block_by_block_and_goes_on_at_the_next(
    alice, speech, short_blocks, monkeypatch
):
    session = services.submit_recording(alice, upload(speech, "talk.flac"))
    run = run_next_stage(session.current_run.pk)
    blocks = AnalysisRun.objects.get(pk=run.pk).recording["blocks"]
    assert len(blocks) >= 3
    transcribe, calls = stages.engine.transcribe, []

    def breaking(samples, block, *rest, **named):
        calls.append(block.start)
        if len(calls) == 2:
            raise AnalysisError("engine_unavailable", detail="gone")
        return transcribe(samples, block, *rest, **named)

    monkeypatch.setattr(stages.engine, "transcribe", breaking)
    assert run_next_stage(run.pk) is None
    run.refresh_from_db()
    assert (run.state, run.error) == (State.QUEUED, "engine_unavailable")
    assert run.not_before > timezone.now()
    first = TranscribedBlock.objects.get(run=run)
    AnalysisRun.objects.filter(pk=run.pk).update(not_before=timezone.now())
    run_to_the_end(run)
    assert run.state == State.DONE
    assert calls == [blocks[0][0], blocks[1][0], *(block[0] for block in blocks[1:])]
    kept = list(TranscribedBlock.objects.filter(run=run))
    assert kept[0].pk == first.pk
    assert [(block.start, block.end) for block in kept] == [tuple(block) for block in blocks]
    words = session.reports.get().document["transcript"]["words"]
    starts = [word["start"] for word in words]
    assert starts == sorted(starts)
    assert starts[-1] > blocks[-1][0]


def test_rest_of_a_long_recording_goes_to_a_new_task_on_whichever_machine(
    alice, speech, short_blocks, settings, tmp_path, monkeypatch
):
    monkeypatch.setattr(stages, "TASK_SECONDS", 0.001)
    session = services.submit_recording(alice, upload(speech, "talk.flac"))
    run = run_next_stage(session.current_run.pk)
    count = len(AnalysisRun.objects.get(pk=run.pk).recording["blocks"])
    for number in range(1, count + 1):
        settings.WORK_DIR = tmp_path / f"machine {number}"
        assert run_next_stage(run.pk)
        assert TranscribedBlock.objects.filter(run=run).count() == number
    assert run_to_the_end(run).state == State.DONE


class StorageElsewhere(FileSystemStorage):
    """A storage that has no paths, as object stores have none."""

    def path(self, name):
        return Storage.path(self, name)

    def open(self, name, mode="rb"):
        with FileSystemStorage(location=self.location).open(name, mode) as stored:
            return io.BytesIO(stored.read())


def test_recording_is_read_through_the_storage_where_that_has_no_paths(
    alice, speech, settings, monkeypatch, work_folder
):
    session = services.submit_recording(alice, upload(speech, "talk.flac"))
    field = SpeechSession.audio_file.field
    monkeypatch.setattr(field, "storage", StorageElsewhere(location=settings.MEDIA_ROOT))
    run = run_next_stage(session.current_run.pk)
    assert run.stage == AnalysisRun.Stage.TRANSCRIBE
    assert [path.suffix for path in files_in(work_folder)] == [".pcm"]


def cut(speech: bytes) -> bytes:
    return speech[: len(speech) // 3]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (wav(3), "silent.wav", "silent"),
        (b"RIFF\x24\x00\x00\x00WAVEjunk" + b"\x01" * 4000, "broken.wav", "unreadable_file"),
        (b"\x00\x00\x00\x20ftypM4A " + b"\x00" * 4000, "broken.m4a", "truncated"),
        (b"OggS" + b"\x07" * 4000, "broken.ogg", "unreadable_file"),
        (b"fLaC" + bytes(range(256)) * 16, "broken.flac", "unreadable_file"),
    ],
)
def test_bad_recording_fails_at_once_with_its_code_and_is_kept(alice, content, name, code):
    session = services.submit_recording(alice, upload(content, name))
    run = run_to_the_end(session.current_run)
    assert (run.state, run.error, run.attempt) == (State.FAILED, code, 1)
    session.refresh_from_db()
    with session.audio_file.open() as kept:
        assert kept.read() == content
    assert session.status == SpeechSession.Status.PENDING
    error = selectors.analysis_state(session)["error"]
    assert error["code"] == code
    assert "Traceback" not in error["message"]


def test_sound_without_speech_fails_and_still_shows_its_waveform(alice, noise):
    session = services.submit_recording(alice, upload(noise))
    run = run_to_the_end(session.current_run)
    assert (run.state, run.error) == (State.FAILED, "no_speech")
    session.refresh_from_db()
    assert session.duration == 2
    assert any(session.outline)
    assert any(selectors.player_of(session)["peaks"])


def test_recording_that_is_too_long_fails_and_is_kept(alice, settings):
    settings.MAX_RECORDING_SECONDS = 60
    session = services.submit_recording(alice, upload(wav(61)))
    run = run_to_the_end(session.current_run)
    assert (run.state, run.error) == (State.FAILED, "too_long")
    session.refresh_from_db()
    assert session.audio_file.size == len(wav(61))
    assert "1 minutes" in selectors.analysis_state(session)["error"]["message"]


def test_recording_that_is_gone_from_storage_fails_with_words_about_that(alice):
    session = services.submit_recording(alice, upload(wav()))
    session.audio_file.storage.delete(session.audio_file.name)
    assert run_to_the_end(session.current_run).error == "recording_missing"


def test_recording_that_was_cut_off_is_analysed_as_far_as_it_goes(alice, speech):
    session = services.submit_recording(alice, upload(cut(speech), "talk.flac"))
    run = run_to_the_end(session.current_run)
    assert run.state == State.DONE
    session.refresh_from_db()
    assert session.duration < 20
    assert any(notice["id"] == "truncated" for notice in session.report.document["notices"])


def test_engine_that_stays_away_is_tried_five_times_with_growing_pauses(alice, settings):
    settings.ANALYSIS_STT_PROVIDERS = ["openai"]
    settings.OPENAI_API_KEY = settings.OPENAI_BASE_URL = ""
    session = services.create_record(alice, duration=60, transcription=TEXT)
    run, pauses = session.current_run, []
    for attempt in range(1, 6):
        now = timezone.now()
        AnalysisRun.objects.filter(pk=run.pk).update(not_before=now)
        assert run_next_stage(run.pk) is None
        run.refresh_from_db()
        assert run.attempt == attempt
        pauses.append(round((run.not_before - now).total_seconds()))
    assert (run.state, run.error) == (State.FAILED, "engine_unavailable")
    assert pauses[:4] == [5, 20, 80, 320]
    assert "several tries" in selectors.analysis_state(session)["error"]["message"]


def test_error_nobody_thought_of_is_tried_again_and_ends_without_a_stack_trace(
    alice, monkeypatch, caplog
):
    def broken(*_, **__):
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr(stages.engine, "measure_text", broken)
    session = services.create_record(alice, duration=60, transcription=TEXT)
    run = session.current_run
    for _ in range(claims.MAX_ATTEMPTS):
        AnalysisRun.objects.filter(pk=run.pk).update(not_before=timezone.now())
        run_next_stage(run.pk)
    session = selectors.session_of(alice, session.pk)
    state = selectors.analysis_state(session)
    assert state["state"] == "failed"
    assert "secret" not in state["error"]["message"]
    run.refresh_from_db()
    assert "ZeroDivisionError" in run.error_detail
    assert "ZeroDivisionError" in caplog.text


def test_worker_that_lost_its_run_in_the_middle_leaves_it_to_the_other(alice, monkeypatch):
    session = services.create_record(alice, duration=60, transcription=TEXT)
    measure_text = stages.engine.measure_text

    def slow(*arguments):
        AnalysisRun.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        monkeypatch.setattr(stages.engine, "measure_text", measure_text)
        run_to_the_end(AnalysisRun.objects.get())
        return measure_text(*arguments)

    monkeypatch.setattr(stages.engine, "measure_text", slow)
    assert run_next_stage(session.current_run.pk) is None
    assert AnalysisRun.objects.get().state == State.DONE
    assert SpeechReport.objects.count() == 1


def test_session_deleted_while_it_is_analysed_leaves_nothing(alice, settings, monkeypatch):
    session = services.create_record(alice, duration=60, transcription=TEXT)
    measure_text = stages.engine.measure_text

    def meanwhile(*arguments):
        services.delete_session(session)
        return measure_text(*arguments)

    monkeypatch.setattr(stages.engine, "measure_text", meanwhile)
    assert run_next_stage(session.current_run.pk) is None
    assert not AnalysisRun.objects.exists()
    assert not SpeechReport.objects.exists()


def test_lease_is_renewed_while_a_worker_computes(alice, monkeypatch):
    monkeypatch.setattr(claims, "RENEW_SECONDS", 0.05)
    session = services.create_record(alice, duration=60, transcription=TEXT)
    run = claims.claim(session.current_run.pk)
    before = run.lease_until
    with claims.Heartbeat(run):
        for _ in range(40):
            time.sleep(0.05)
            run.refresh_from_db()
            if run.lease_until > before:
                break
    assert run.lease_until > before


def test_what_lost_workers_left_behind_is_swept_after_a_day(work_folder):
    old, new = work_folder / "run-1-x.pcm", work_folder / "run-2-x.pcm"
    old.write_bytes(b"")
    new.write_bytes(b"")
    os.utime(old, (time.time() - 90_000,) * 2)
    working_files.sweep()
    assert files_in(work_folder) == [new]
