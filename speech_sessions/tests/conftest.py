"""Real recordings, and sessions made of them."""

import io
import wave
from pathlib import Path

import pytest
from django.conf import settings as project_settings
from django.core.files.uploadedfile import SimpleUploadedFile

from conftest import SHARED
from speech_sessions import pipeline, services
from speech_sessions.models import AnalysisRun
from verbalcoach import samples


def wav(seconds: float = 1.0, *, value: int = 0) -> bytes:
    """A wav file of samples that are all `value`: silence, unless told otherwise."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(value.to_bytes(2, "little", signed=True) * int(seconds * 16_000))
    return file.getvalue()


def upload(content: bytes, name: str = "talk.wav") -> SimpleUploadedFile:
    """A file as a form brings it."""
    return SimpleUploadedFile(name, content)


def files_in(folder: Path) -> list[Path]:
    """Every file below `folder`."""
    return [path for path in folder.rglob("*") if path.is_file()]


def run_to_the_end(run: AnalysisRun) -> AnalysisRun:
    """Work on `run` as workers would, stage by stage."""
    following: AnalysisRun | None = run
    while following is not None:
        following = pipeline.run_next_stage(run.pk)
    run.refresh_from_db()
    return run


@pytest.fixture(autouse=True)
def work_folder(settings, tmp_path) -> Path:
    settings.WORK_DIR = tmp_path / "work"
    settings.WORK_DIR.mkdir()
    return settings.WORK_DIR


@pytest.fixture(scope="session")
def speech() -> bytes:
    """Half a minute of somebody's spontaneous speech, with fillers in it."""
    shared = SHARED / "data" / "wideband" / "audio" / "cold_corpus.flac"
    if shared.is_file():
        return shared.read_bytes()
    try:
        found = samples.recordings(project_settings.VAR_DIR / "samples")
    except samples.NoRecordings as error:
        pytest.skip(str(error))
    for recording, content in found:
        if recording.name == "cold_corpus.wav":
            return content
    pytest.skip("the recording whose words these tests know is not to be had")


@pytest.fixture
def alices_session(alice):
    """A session of alice with a second of silence, queued."""
    return services.submit_recording(alice, upload(wav()), title="Weekly update")
