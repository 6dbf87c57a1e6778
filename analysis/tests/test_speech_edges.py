"""Edges of speech on levels and on recordings whose silences are known to the hundredth."""

import numpy as np
import pytest

from analysis import speech_edges
from analysis.speech_edges import levels, sharpened
from analysis.timeline import Span, gaps
from analysis.vad import SAMPLE_RATE, detect_speech

RNG = np.random.default_rng(11)
NOISE, VOICE = -65.0, -20.0


def flat(seconds, decibels):
    return np.full(round(100 * seconds), decibels)


def talk(*parts):
    """Levels of stretches of (seconds, dB), between two of a second of noise."""
    return np.concatenate([flat(*part) for part in ((1.0, NOISE), *parts, (1.0, NOISE))])


def moved(speech, level):
    return [tuple(span) for span in sharpened(speech, level, len(level) / 100)]


def test_edges_move_outwards_to_where_the_sound_is():
    level = talk((2.0, VOICE))
    assert moved([Span(1.08, 2.9)], level) == [(1.0, 3.0)]


def test_edges_move_inwards_over_noise():
    level = talk((2.0, VOICE))
    assert moved([Span(0.7, 3.4)], level) == [(1.0, 3.0)]


def test_final_fricative_far_below_the_voice_still_belongs_to_it():
    level = talk((2.0, VOICE), (0.12, VOICE - 27))
    assert moved([Span(1.0, 3.0)], level) == [(1.0, 3.12)]


def test_edge_moves_no_further_outwards_than_a_breath_is_short():
    level = talk((2.0, VOICE), (0.9, VOICE - 22))
    assert moved([Span(1.0, 3.0)], level) == [(1.0, 3.15)]


def test_closure_of_a_stop_is_no_silence_and_a_short_pause_is_one():
    level = talk((1.0, VOICE), (0.12, NOISE), (1.0, VOICE), (0.3, NOISE), (1.0, VOICE))
    assert moved([Span(1.0, 4.42)], level) == [(1.0, 3.12), (3.42, 4.42)]


def test_click_in_a_pause_is_no_speech():
    level = talk((1.0, VOICE), (0.4, NOISE), (0.02, VOICE), (0.4, NOISE), (1.0, VOICE))
    assert moved([Span(1.0, 2.1), Span(2.6, 3.82)], level) == [(1.0, 2.0), (2.82, 3.82)]


def test_nothing_is_moved_where_noise_is_as_loud_as_the_voice():
    level = talk((2.0, NOISE + 8))
    assert moved([Span(1.1, 2.7)], level) == [(1.1, 2.7)]


def test_speech_to_the_end_of_a_recording_keeps_what_is_behind_its_last_step():
    level = np.concatenate([flat(1.0, NOISE), flat(1.0, VOICE)])
    assert sharpened([Span(1.05, 2.004)], level, 2.004) == (Span(1.0, 2.004),)


def test_no_speech_and_no_sound_have_no_edges():
    assert sharpened((), talk((1.0, VOICE)), 3.0) == ()
    assert sharpened([Span(0.0, 0.005)], np.zeros(0), 0.005) == (Span(0.0, 0.005),)


def test_levels_are_those_of_the_sound_however_it_is_read(monkeypatch):
    samples = np.concatenate([np.zeros(1600), RNG.normal(0, 3276.8, 16_037)]).astype(np.int16)
    whole = levels(samples)
    assert len(whole) == 110
    assert whole[:10] == pytest.approx(-100)
    assert whole[10:].mean() == pytest.approx(-20, abs=0.2)
    monkeypatch.setattr(speech_edges, "CHUNK", 7 * speech_edges.HOP)
    assert levels(samples) == pytest.approx(whole)


@pytest.mark.parametrize("below", [None, 45.0, 30.0])
def test_pauses_put_into_speech_are_found_to_a_hundredth(speech, below):
    # Two phrases without a pause, cut where they stand out of their own noise.
    phrases = speech[5_280:33_760], speech[86_560:120_480]
    parts, silences, at = [np.zeros(8_000)], [], 8_000
    for number, length in enumerate((0.3, 0.5, 0.8, 1.2, 2.0, 3.0)):
        phrase = phrases[number % 2]
        silences.append(Span((at + len(phrase)) / SAMPLE_RATE, 0.0))
        at += len(phrase) + round(length * SAMPLE_RATE)
        silences[-1] = Span(silences[-1].start, at / SAMPLE_RATE)
        parts += [phrase, np.zeros(round(length * SAMPLE_RATE))]
    samples = np.concatenate([*parts, phrases[0], np.zeros(8_000)])
    if below is not None:
        loud = np.sqrt(np.mean(np.square(samples[samples != 0], dtype=np.float64)))
        samples = samples + RNG.normal(0, loud * 10 ** (-below / 20), len(samples))
    found = [gap for gap in gaps(detect_speech(samples.astype(np.int16))) if gap.length >= 0.25]
    assert len(found) == len(silences)
    errors = np.array(found) - np.array(silences)
    assert np.abs(errors).max() <= 0.04
    assert np.median(np.abs(errors)) <= 0.011
