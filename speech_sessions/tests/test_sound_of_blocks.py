"""Pitch and loudness are kept with each block, and missed only where a block is older than they."""

import av
import numpy as np
import pytest

from analysis import windows
from analysis.tests.conftest import JFK, encode
from speech_sessions import services
from speech_sessions.models import AnalysisRun, TranscribedBlock
from speech_sessions.pipeline import run_next_stage
from speech_sessions.tests.conftest import run_to_the_end, upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard(alice, tmp_path, monkeypatch):
    """A run of a clear voice whose blocks of twenty seconds are heard and not yet measured."""
    monkeypatch.setattr(windows, "BLOCK_SECONDS", 20.0)
    with av.open(str(JFK)) as container:
        samples = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    path = encode(np.tile(samples, 3), tmp_path / "talk.wav", "wav", "pcm_s16le")
    run = services.submit_recording(alice, upload(path.read_bytes(), "talk.wav")).current_run
    while run.stage != AnalysisRun.Stage.MEASURE:
        run_next_stage(run.pk)
        run.refresh_from_db()
    return run


def test_voice_is_measured_from_the_sounds_of_all_blocks(heard):
    assert [bool(block.sound) for block in heard.blocks.all()] == [True] * heard.blocks.count()
    assert heard.blocks.count() > 1
    report = run_to_the_end(heard).report
    assert report.pitch_variation > 1
    assert 0 < len(report.document["series"]["pitch"]) <= 1000
    assert report.document["series"]["loudness"]


def test_block_older_than_its_sound_leaves_the_voice_out_and_the_rest_whole(heard):
    TranscribedBlock.objects.filter(run=heard, number=0).update(sound=None)
    report = run_to_the_end(heard).report
    assert report.pitch_variation is None
    assert "pitch" not in report.document["series"]
    assert report.speech_rate > 100
