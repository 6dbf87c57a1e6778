import io
import zipfile

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import IntegrityError

from speech_sessions import services
from speech_sessions.models import AnalysisRun, SpeechSession
from speech_sessions.tests.conftest import files_in, upload, wav

pytestmark = pytest.mark.django_db


def a_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("talk.wav", wav())
    return file.getvalue()


def test_submission_stores_the_bytes_under_a_random_name_and_queues_a_run(alice, settings):
    session = services.submit_recording(
        alice, upload(wav(), "../../Quarterly numbers.wav"), title="Numbers", tags=["work"]
    )
    session.refresh_from_db()
    with session.audio_file.open() as stored:
        assert stored.read() == wav()
    assert session.audio_file.name.startswith("speech_sessions/20")
    assert session.audio_file.name.endswith(".wav")
    assert "Quarterly" not in session.audio_file.name
    assert session.audio_name == "Quarterly numbers.wav"
    assert session.audio_type == "audio/wav"
    assert session.status == SpeechSession.Status.PENDING
    run = session.current_run
    assert (run.state, run.stage) == (AnalysisRun.State.QUEUED, AnalysisRun.Stage.DECODE)
    assert files_in(settings.MEDIA_ROOT) == [settings.MEDIA_ROOT / session.audio_file.name]


@pytest.mark.parametrize(
    ("content", "code", "status"),
    [
        (b"", "empty_file", 400),
        (b"Just a letter, no sound at all.", "not_audio", 415),
        (b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/secret\n", "not_audio", 415),
        (b"#EXTM3U\nfile:///etc/passwd\n", "not_audio", 415),
        (a_zip(), "not_audio", 415),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "not_audio", 415),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "not_audio", 415),
    ],
    ids=["empty", "text", "playlist", "local playlist", "zip", "picture", "concat"],
)
def test_submission_of_something_else_is_refused_and_leaves_nothing(
    alice, settings, content, code, status
):
    with pytest.raises(services.RecordingRefused) as refused:
        services.submit_recording(alice, upload(content, "talk.mp3"))
    assert (refused.value.code, refused.value.status) == (code, status)
    assert refused.value.message
    assert files_in(settings.MEDIA_ROOT) == []
    assert not SpeechSession.objects.exists()


def test_submission_of_a_file_that_is_too_large_is_refused(alice, settings):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    with pytest.raises(services.RecordingRefused) as refused:
        services.submit_recording(alice, upload(wav(40)))
    assert (refused.value.code, refused.value.status) == ("too_large", 413)
    assert "1 MB" in refused.value.message
    assert files_in(settings.MEDIA_ROOT) == []


def test_submission_leaves_no_file_when_the_row_cannot_be_stored(alice, settings):
    with pytest.raises(IntegrityError):
        services.submit_recording(alice, upload(wav()), kind=None)
    assert files_in(settings.MEDIA_ROOT) == []


def test_submission_leaves_nothing_when_the_disk_is_full(alice, settings, monkeypatch):
    def half_written(self, name, content):
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True)
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", half_written)
    with pytest.raises(OSError, match="No space"):
        services.submit_recording(alice, upload(wav()))
    assert files_in(settings.MEDIA_ROOT) == []
    assert not SpeechSession.objects.exists()


def test_values_given_with_a_recording_count_as_set_by_hand(alice):
    session = services.submit_recording(
        alice, upload(wav()), duration=300, hand_set={"filler_count": 4}
    )
    session.refresh_from_db()
    assert (session.duration, session.filler_count) == (300, 4)
    assert session.hand_set == ["filler_count"]


def test_record_with_a_transcript_is_queued_to_be_measured_as_text(alice):
    session = services.create_record(alice, duration=300, transcription="Um, hello there.")
    assert session.current_run.stage == AnalysisRun.Stage.MEASURE
    assert session.current_run.state == AnalysisRun.State.QUEUED


def test_record_of_a_duration_alone_has_nothing_to_analyse(alice):
    session = services.create_record(alice, duration=300, hand_set={"filler_count": None})
    assert session.current_run is None
    assert session.hand_set == []
    with pytest.raises(services.NothingToAnalyse):
        services.request_analysis(session)


def test_analysis_is_not_asked_for_twice_at_once(alices_session):
    with pytest.raises(services.AlreadyRunning):
        services.request_analysis(alices_session)
