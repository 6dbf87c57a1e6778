"""Pitch and loudness against voices whose movement is known."""

import itertools
import json
from dataclasses import replace

import numpy as np
import pytest

from analysis import engine, voice
from analysis.options import AnalysisOptions
from analysis.sound import Sound
from analysis.tests.voices import SAMPLE_RATE, glide, sine_glide, spoken
from analysis.timeline import Span
from analysis.vad import detect_speech
from engines.transcribers import Transcript, Word

WHOLE = (Span(0.0, 20.0),)


def heard(samples, speech=WHOLE, words=()):
    sound = engine.listen(samples, Span(0.0, len(samples) / SAMPLE_RATE), speech)
    return voice.hear(sound, speech, words)


@pytest.mark.parametrize("spread", [1.0, 2.0, 3.5])
def test_pitch_variation_is_the_known_one_within_a_third_of_a_semitone(spread):
    semitones = sine_glide(20.0, spread)
    known = voice.spread(semitones)
    assert heard(spoken(glide(130.0, semitones))).pitch_variation == pytest.approx(known, abs=0.3)


@pytest.mark.parametrize("middle", [95.0, 210.0])
def test_monotone_voice_has_no_variation_and_is_one_flat_stretch(middle):
    found = heard(spoken(glide(middle, np.zeros(20 * SAMPLE_RATE))))
    assert found.pitch_variation < 0.3
    assert len(found.flat) == 1
    assert found.flat[0].length == pytest.approx(20.0, abs=1.2)
    assert [event.type for event in voice.events(found)] == ["flat_pitch"]


def test_lively_voice_has_no_flat_stretch():
    assert heard(spoken(glide(130.0, sine_glide(20.0, 3.0)))).flat == ()


def test_silence_between_changes_neither_pitch_nor_loudness():
    samples = spoken(glide(130.0, sine_glide(20.0, 2.0)))
    parted = np.concatenate(
        [samples[: 10 * SAMPLE_RATE], np.zeros(5 * SAMPLE_RATE, np.int16), samples[160_000:]]
    )
    whole, with_silence = heard(samples), heard(parted, (Span(0.0, 10.0), Span(15.0, 25.0)))
    assert with_silence.pitch_variation == pytest.approx(whole.pitch_variation, abs=0.1)
    assert with_silence.loudness_variation == pytest.approx(whole.loudness_variation, abs=0.3)
    assert not [point for point in with_silence.pitch if 10.2 < point[0] < 14.8]


def test_loudness_variation_follows_the_level_that_is_given():
    steady = spoken(glide(130.0, sine_glide(20.0, 2.0)))
    steps = np.repeat([1.0, 0.25] * 10, SAMPLE_RATE)
    louder = heard((steady * steps).astype(np.int16)).loudness_variation
    # Half the time 12 dB down: a deviation of 6 dB on top of the syllables' own.
    own = heard(steady).loudness_variation
    assert louder == pytest.approx(np.hypot(own, 6.02), abs=0.5)


def test_ends_of_sentences_that_rise_and_that_trail_off_are_told_apart():
    second = SAMPLE_RATE
    level = np.zeros(12 * second)
    gains = np.ones(12 * second)
    words = []
    for number in range(6):
        start, end = 2 * number, 2 * number + 1.6
        if number % 2:
            level[int((end - 0.15) * second) : int(end * second)] = 5.0
        else:
            gains[int((end - 0.45) * second) : int(end * second)] = 0.15
        gains[int(end * second) : int((start + 2) * second)] = 0.0
        words += [Word("we", start, start + 0.6), Word("left.", start + 0.6, end)]
    samples = (spoken(glide(130.0, level), syllables=False) * gains).astype(np.int16)
    speech = tuple(Span(2.0 * number, 2.0 * number + 1.6) for number in range(6))
    found = heard(samples, speech, words)
    assert len(found.ends) == 6
    assert [round(end.end) for end in found.rising] == [4, 8, 12]
    assert [round(end.end) for end in found.trailing] == [2, 6, 10]
    assert voice.values(found)["final_rises"][0] == pytest.approx(0.5)


def test_few_ends_of_sentences_make_no_share():
    found = voice.Voice(ends=(Span(1, 2),) * 4, rising=(Span(1, 2),))
    assert voice.values(found)["final_rises"][0] is None


def test_blocks_merge_into_what_the_whole_is(speech):
    samples = np.tile(speech, 3)
    spans = detect_speech(samples)
    whole = engine.listen(samples, Span(0.0, 33.0), spans)
    edges = [0.0, 9.77, 20.003, 33.0]
    parts = [
        engine.listen(samples, Span(start, end), spans) for start, end in itertools.pairwise(edges)
    ]
    stored = [json.loads(json.dumps(part.to_json())) for part in parts]
    merged = engine.merge_sounds([Sound.from_json(part) for part in stored])
    assert merged.pitch.tolist() == whole.pitch.tolist()
    assert merged.loudness.tolist() == whole.loudness.tolist()
    assert merged.clipped == whole.clipped
    assert merged.above == pytest.approx(whole.above)


def test_silence_left_out_between_blocks_is_unheard_and_not_silent(speech):
    spans = detect_speech(speech)
    parts = [engine.listen(speech, Span(*at), spans) for at in ((0.0, 3.0), (8.0, 11.0))]
    merged = engine.merge_sounds(parts)
    gap = merged.frames_in([Span(4.0, 7.0)])
    assert np.isnan(merged.decibels[gap]).all()
    assert not np.isnan(merged.decibels[~gap & merged.frames_in([Span(0, 2.9)])]).any()
    assert engine.merge_sounds([]) is None


def test_report_without_sound_says_nothing_of_the_voice():
    words = tuple(Word(f"word{at}.", at / 2, at / 2 + 0.4, 0.9) for at in range(80))
    transcript = Transcript("word. " * 80, "en", 0.9, words, "words", "en")
    report = engine.measure(transcript, [Span(0, 40)], 40.0, AnalysisOptions(language="en"))
    assert report.value("pitch_variation") is None
    assert report.measure("pitch_variation").reliability.level == "low"
    assert "pitch" not in report.series


def test_ends_are_not_judged_where_melody_belongs_to_the_words(speech):
    samples = np.tile(speech, 4)
    spans = detect_speech(samples)
    words = tuple(
        Word("end." if at % 5 == 4 else "word", at / 2, at / 2 + 0.4, 0.9) for at in range(80)
    )
    english = Transcript("word word word word end. " * 16, "en", 0.9, words, "words", "en")
    sound = engine.listen(samples, Span(0.0, 44.0), spans)
    reports = [
        engine.measure(heard, spans, 44.0, AnalysisOptions(language=heard.language), sound=sound)
        for heard in (english, replace(english, language="vi", heard_language="vi"))
    ]
    assert [report.value("final_rises") is None for report in reports] == [False, True]
    assert all(report.value("pitch_variation") > 1 for report in reports)


def test_contours_of_two_hours_stay_small():
    frames = 225_000
    sound = Sound(
        first=0,
        pitch=np.full(frames, 1200, np.int16),
        loudness=np.full(frames, -200, np.int16),
        clipped=0,
        inside=1.0,
        above=1.0,
    )
    found = voice.hear(sound, (Span(0.0, 7200.0),), ())
    assert len(found.pitch) + len(found.loudness) <= 2000
