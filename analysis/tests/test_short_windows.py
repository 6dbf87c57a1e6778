"""Recognition of short stretches of speech, which tempts a recogniser to say them twice."""

from pathlib import Path

import pytest

from analysis import audio, engine
from analysis.options import AnalysisOptions
from analysis.timeline import Span
from engines.transcribers import make


@pytest.mark.parametrize("stretch", [Span(1.028, 9.568), Span(17.552, 25.468)])
def test_short_stretch_is_written_down_once(shared_recordings: Path, tmp_path, stretch):
    options = AnalysisOptions(language="en")
    source = shared_recordings / "wideband" / "audio" / "cold_corpus.flac"
    recording = audio.decode(source, tmp_path / "samples", options.limits)

    heard = engine.transcribe(recording.samples(), stretch, options, make(options.transcriber))

    starts = [word.start for word in heard.words]
    assert starts == sorted(starts)
    words = [word.text.lower().strip(".,") for word in heard.words]
    assert words.count("corpus") + words.count("thanks") in {1, 2}
    assert words.count("sick") <= 1
    assert words.count("alright") <= 1
