"""A number that is not shown says why, even where the recording is long enough for the others."""

import json
from pathlib import Path

from analysis import engine
from analysis.options import AnalysisOptions
from analysis.timeline import Span
from engines.transcribers import Transcript, Word

HEARD = Path(__file__).parent / "data" / "spontaneous.json"


def test_hidden_value_says_what_there_is_too_little_of():
    heard = json.loads(HEARD.read_text(encoding="utf-8"))
    report = engine.measure(
        Transcript.from_json(heard["transcript"]),
        [Span(*span) for span in heard["speech"]],
        heard["duration"],
        AnalysisOptions(language="en"),
    )
    assert report.value("speech_rate") is not None
    for name, reason in (("diversity", "a hundred words"), ("pace_variability", "half a minute")):
        measure = report.measure(name)
        assert measure.value is None
        assert measure.reliability.level == "low"
        assert reason in measure.reliability.reason


def test_talk_without_a_pause_says_so_where_its_pauses_would_stand():
    words = tuple(Word("word", at * 0.5, at * 0.5 + 0.45, 0.9) for at in range(60))
    heard = Transcript("word " * 60, "en", 0.9, words, "words")
    report = engine.measure(heard, [Span(0.0, 30.0)], 30.0, AnalysisOptions(language="en"))
    assert report.value("pauses") == 0
    for name in ("mean_pause", "mid_clause_share"):
        assert report.value(name) is None
        assert report.measure(name).reliability.reason == "There is no pause to measure."
