"""The whole analysis on a real voice, and what it says when there is nothing to analyse."""

import itertools
import json
from dataclasses import replace

import numpy as np
import pytest

from analysis import engine
from analysis.errors import AnalysisError
from analysis.languages import bare_word
from analysis.options import AnalysisOptions
from analysis.report import Report
from analysis.tests.conftest import encode
from analysis.timeline import Span
from engines.transcribers import TranscriberOptions, Transcript, Word, make

ENGLISH = AnalysisOptions(language="en")


def wav(samples, path):
    return encode(samples, path, "wav", "pcm_s16le")


@pytest.fixture(scope="session")
def short(jfk):
    """Kennedy once: 11 s, in a language that nobody declared."""
    return engine.measure_file(jfk, AnalysisOptions())


def test_analysis_hears_what_was_said(report):
    said = " ".join(bare_word(word.text) for word in report.words)
    assert said.count("ask not what your country can do for you") == 4
    assert report.value("words") == pytest.approx(88, abs=2)
    assert report.value("filled_pause_count") == 0
    assert report.language == "en"
    assert report.timing == "words"
    assert report.confidence > 0.8


def test_analysis_measures_a_known_recording(report):
    assert report.value("duration") == pytest.approx(44, abs=0.1)
    assert report.value("speech_rate") == pytest.approx(60 * 88 / 43.5, rel=0.03)
    assert report.value("long_pauses") >= 4
    assert 0.5 < report.value("phonation_ratio") < 0.9
    assert report.value("phonation_ratio") + report.value("pause_share") == pytest.approx(1)
    assert report.measure("speech_rate").band.label == "good"
    assert report.measure("pauses").reliability.level == "high"
    assert report.measure("articulation_rate").reliability.level == "estimated"
    assert report.engine["leaves_machine"] is False
    assert report.series["local_pace"]


def test_every_measure_has_unit_reason_and_evidence_inside_the_recording(report):
    for measure in report.measures:
        assert measure.unit
        assert measure.reliability.reason
        assert all(0 <= span.start <= span.end <= 44.1 for span in measure.evidence)


def test_word_times_lie_in_speech_and_in_order(report, speech):
    starts = [word.start for word in report.words]
    assert starts == sorted(starts)
    # "ask" begins after the long pause, at 3.3 s by hand.
    ask = next(word for word in report.words if word.text.lower().startswith("ask"))
    assert ask.start == pytest.approx(3.35, abs=0.2)


def test_report_survives_json(report):
    data = json.loads(json.dumps(report.to_json()))
    assert Report.from_json(data) == replace(
        report, series={name: list(points) for name, points in report.series.items()}
    )
    assert {"version", "duration_seconds", "transcript", "measures", "events", "feedback"} <= set(
        data
    )


def test_pacing_paragraph_reads_as_sentences(report):
    paragraph = engine.pacing_paragraph(report)
    assert paragraph.startswith("The pace was 1")
    assert "inside the usual range" in paragraph
    assert paragraph.endswith("No fillers were found.")


def test_rates_are_hidden_when_the_recording_is_short(short):
    assert short.value("words") == 22
    assert short.value("speech_rate") is None
    assert short.feedback.focus is None
    assert [notice.id for notice in short.notices] == ["too_little"]


def test_language_is_found_out_when_it_is_not_declared(short):
    assert short.language == "en"


def test_analysis_says_when_another_language_was_declared(jfk):
    report = engine.measure_file(jfk, AnalysisOptions(language="de"))
    assert "wrong_language" in [notice.id for notice in report.notices]
    assert report.measure("words").reliability.level == "low"


@pytest.mark.parametrize(
    ("sound", "code"),
    [("silence", "silent"), ("noise", "no_speech"), ("tone", "no_speech")],
)
def test_analysis_refuses_what_holds_no_speech(tmp_path, sound, code):
    seconds = np.arange(4 * 16_000) / 16_000
    sounds = {
        "silence": np.zeros(64_000),
        "noise": np.random.default_rng(3).normal(0, 2000, 64_000),
        "tone": 9000 * np.sin(2 * np.pi * 220 * seconds),
    }
    with pytest.raises(AnalysisError) as raised:
        engine.measure_file(wav(sounds[sound].astype(np.int16), tmp_path / "a.wav"), ENGLISH)
    assert raised.value.code == code
    assert raised.value.permanent


def test_a_third_of_a_second_of_speech_is_analysed_without_rates(speech, tmp_path):
    path = wav(speech[int(3.3 * 16_000) : int(3.7 * 16_000)], tmp_path / "a.wav")
    report = engine.measure_file(path, ENGLISH)
    assert report.value("speech_rate") is None
    assert len(report.words) <= 3


def test_blocks_heard_one_by_one_merge_into_the_whole(speech):
    samples = np.tile(speech, 2)
    spans = engine.detect_speech(samples)
    cut = next(a.end for a, b in itertools.pairwise(spans) if a.end > 10 and b.start > 11)
    blocks = [Span(0, cut + 0.1), Span(cut + 0.1, 22.0)]
    heard = [
        engine.transcribe(samples, block, ENGLISH, make(ENGLISH.transcriber)) for block in blocks
    ]
    stored = [Transcript.from_json(json.loads(json.dumps(part.to_json()))) for part in heard]
    merged = engine.merge(stored)
    assert len(merged.words) == pytest.approx(44, abs=1)
    assert all(word.start >= cut - 0.3 for word in stored[1].words)


def test_text_is_measured_without_a_recording():
    text = "So, um, we went, you know, to the shop. " * 10
    report = engine.measure_text(text, 40.0, AnalysisOptions(language="en"))
    assert report.value("filled_pause_count") == 10
    assert report.value("filler_count") == 20
    assert report.value("speech_rate") == pytest.approx(60 * 80 / 40)
    assert report.value("pauses") is None
    assert report.events[0].start is None
    assert report.text.split()[report.events[1].first_word] == "um,"


def test_text_without_a_duration_has_counts_but_no_rates():
    report = engine.measure_text("Um, I, I think so. " * 20, None, AnalysisOptions(language="en"))
    assert report.value("filled_pause_count") == 20
    assert report.value("filled_pauses") is None


def test_an_engine_that_is_not_there_is_an_analysis_error(jfk, tmp_path):
    options = AnalysisOptions(
        language="en", transcriber=TranscriberOptions(model=str(tmp_path / "no-model"))
    )
    with pytest.raises(AnalysisError) as raised:
        engine.measure_file(jfk, options)
    assert raised.value.code == "engine_unavailable"


def test_spontaneous_speech_keeps_its_fillers(shared):
    report = engine.measure_file(shared / "wideband" / "audio" / "cold_corpus.flac", ENGLISH)
    assert report.value("filled_pause_count") == 5
    assert report.feedback.measure == "filled_pauses"
    start, end = report.feedback.clip
    assert any(start <= event.start <= end for event in report.events if event.text == "uh")


def test_words_are_not_counted_where_no_spaces_part_them():
    speech = [Span(0, 20), Span(21, 40)]
    words = tuple(Word("あ", at / 2, at / 2 + 0.4, 0.9) for at in range(80))
    heard = Transcript("あ" * 80, "ja", 0.9, words, "words", "ja")
    report = engine.measure(heard, speech, 40.0, AnalysisOptions(language="ja"))
    assert report.value("speech_rate") is None
    assert report.value("pauses") == pytest.approx(1.5)
    assert report.measure("words").reliability.level == "low"
    assert engine.pacing_paragraph(report).startswith("One pause lasted a second")
    assert engine.feedback(report).focus is None
